package plenary.network.mastodon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * The text of a post's HTML, as a person would read it: paragraphs and breaks are line breaks, and
 * a link shows where it leads, whatever it claims. Nothing of the markup is left.
 *
 * @param links where its links lead, mentions and hashtags apart
 */
record Markup(String text, List<String> links) {
  /** Longer HTML is cut: a post of a usual server has at most a few thousand characters. */
  static final int HTML_MAX = 200_000;

  private static final int LINKS_MAX = 100;

  Markup {
    links = List.copyOf(links);
  }

  static Markup of(String html) {
    String bounded = html.length() > HTML_MAX ? html.substring(0, HTML_MAX) : html;
    Reading reading = new Reading();
    Jsoup.parseBodyFragment(bounded).body().traverse(reading);
    return new Markup(reading.out.toString().strip(), reading.links);
  }

  private static final class Reading implements NodeVisitor {
    private final StringBuilder out = new StringBuilder();
    private final List<String> links = new ArrayList<>();
    private int linkFrom = -1;
    private int pre;

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        append(text.getWholeText());
      } else if (node instanceof Element element) {
        open(element);
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (!(node instanceof Element element)) {
        return;
      }
      switch (element.normalName()) {
        case "p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6" -> lines(2);
        case "div", "li", "tr" -> lines(1);
        case "a" -> endLink(element);
        default -> {}
      }
      if (element.normalName().equals("pre")) {
        pre--;
      }
    }

    private void open(Element element) {
      switch (element.normalName()) {
        case "br" -> {
          trim();
          out.append('\n');
        }
        case "p", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6" -> lines(2);
        case "div", "tr" -> lines(1);
        case "li" -> {
          lines(1);
          out.append("- ");
        }
        case "pre" -> {
          lines(2);
          pre++;
        }
        case "img" -> append(element.attr("alt"));
        case "a" -> linkFrom = out.length();
        default -> {}
      }
    }

    /** A link whose text says something else than its target shows both. */
    private void endLink(Element link) {
      int from = linkFrom;
      linkFrom = -1;
      String target = link.attr("href").strip();
      boolean own = link.hasClass("mention") || link.hasClass("hashtag");
      if (from < 0 || own || !isWeb(target)) {
        return;
      }
      String shown = out.substring(Math.min(from, out.length())).strip();
      if (links.size() < LINKS_MAX && !links.contains(target)) {
        links.add(target);
      }
      if (bare(shown).equals(bare(target))) {
        out.setLength(Math.min(from, out.length()));
        out.append(target);
      } else {
        out.append(shown.isEmpty() ? "" : " ").append('(').append(target).append(')');
      }
    }

    private void append(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
        if (space && pre == 0) {
          if (!out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1))) {
            out.append(' ');
          }
        } else if (c == '\n' || !isHarmful(c)) {
          out.append(c);
        }
      }
    }

    private void trim() {
      int end = out.length();
      while (end > 0 && out.charAt(end - 1) == ' ') {
        end--;
      }
      out.setLength(end);
    }

    private void lines(int wanted) {
      trim();
      int end = out.length();
      int there = 0;
      while (there < end && out.charAt(end - 1 - there) == '\n') {
        there++;
      }
      if (there < end) {
        out.repeat('\n', Math.max(0, wanted - there));
      }
    }
  }

  /** Controls, and what turns the reading direction. */
  private static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || c == '\ufeff'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static boolean isWeb(String target) {
    String lower = target.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://");
  }

  private static String bare(String address) {
    String bare = address.replaceFirst("^(?i)https?://", "");
    return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
