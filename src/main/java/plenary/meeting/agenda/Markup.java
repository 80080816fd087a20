package plenary.meeting.agenda;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HTML to plain text in one pass: tags go, blocks become lines, entities are decoded once. What is
 * not HTML stays ({@code a < b}, {@code vector<T>}, Markdown). Markup that an author had escaped in
 * order to show it is kept readable with ‹ and ›, so that no stored text is HTML, however often it
 * is decoded by mistake.
 */
final class Markup {
  private static final Set<String> BLOCKS =
      words(
          "address article aside blockquote br center dd details dialog div dl dt fieldset"
              + " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol"
              + " p pre section summary table tbody tfoot thead tr ul");
  private static final Set<String> HIDDEN = words("script style head title template noscript");
  private static final Set<String> INLINE =
      words(
          "a abbr acronym applet area audio b base basefont bdi bdo big body button canvas caption"
              + " cite code col colgroup command data datalist del dfn dir em embed font frame"
              + " frameset html i iframe img image input ins kbd keygen label link map mark marquee"
              + " math menu menuitem meta meter noframes object optgroup option output param"
              + " picture plaintext progress q rp rt ruby s samp select slot small source span"
              + " strike strong sub sup svg td textarea th time track tt u var video wbr xmp");

  /** ISO 8859-1, from 160 on (HTML 4.01, section 24.2.1). */
  private static final String LATIN1 =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave"
          + " Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig"
          + " ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute"
          + " ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final Map<String, String> ENTITIES = entities();
  private static final int ENTITY_CHARS_MAX = 10;

  private final String html;
  private final StringBuilder out;

  /** Elements without an end tag from here on: looked for once, so that the pass stays linear. */
  private final Set<String> unclosed = new HashSet<>();

  private Markup(String html) {
    this.html = html;
    this.out = new StringBuilder(html.length());
  }

  /** The text without its markup; takes time linear in its length. */
  static String toText(String html) {
    return html.indexOf('<') < 0 && html.indexOf('&') < 0 ? html : new Markup(html).text();
  }

  private String text() {
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      int next = c == '<' ? tag(at) : c == '&' ? entity(at) : -1;
      if (next < 0) {
        out.append(c);
        next = at + 1;
      }
      at = next;
    }
    return defuse(out);
  }

  /** Passes a tag or comment that begins here; -1 when it is none. */
  private int tag(int at) {
    if (html.startsWith("<!--", at)) {
      int end = html.indexOf("-->", at + 4);
      return end < 0 ? html.length() : end + 3;
    }
    String name = tagName(html, at);
    if (name == null) {
      return -1;
    }
    int end = tagEnd(html, at);
    boolean closing = html.charAt(at + 1) == '/';
    if (name.equals("li")) {
      out.append(closing ? "" : "\n• ");
    } else if (name.equals("td") || name.equals("th")) {
      out.append(' ');
    } else if (BLOCKS.contains(name)) {
      out.append(name.equals("p") || name.startsWith("h") ? "\n\n" : "\n");
    } else if (HIDDEN.contains(name) && !closing && !unclosed.contains(name)) {
      int close = indexOfIgnoringCase(html, "</" + name, end);
      if (close >= 0) {
        return tagEnd(html, close);
      }
      unclosed.add(name);
    }
    return end;
  }

  /** The element's name in lower case when an HTML tag begins here. */
  private static @Nullable String tagName(CharSequence html, int at) {
    int from = at + 1;
    if (from < html.length() && (html.charAt(from) == '!' || html.charAt(from) == '?')) {
      return from + 1 < html.length() && isLetter(html.charAt(from + 1)) ? "!" : null;
    }
    if (from < html.length() && html.charAt(from) == '/') {
      from++;
    }
    int to = from;
    while (to < html.length() && to - from < 16 && isNameChar(html.charAt(to))) {
      to++;
    }
    if (to == from || !isLetter(html.charAt(from))) {
      return null;
    }
    String name = html.subSequence(from, to).toString().toLowerCase(Locale.ROOT);
    boolean bounded = to == html.length() || " \t\r\n/>\f\\\"'".indexOf(html.charAt(to)) >= 0;
    boolean known = BLOCKS.contains(name) || HIDDEN.contains(name) || INLINE.contains(name);
    return bounded && (known || hasAttributes(html, to)) ? name : null;
  }

  /** An unknown element counts as HTML when it carries an attribute. */
  private static boolean hasAttributes(CharSequence html, int from) {
    for (int i = from; i < html.length() && i < from + 200; i++) {
      char c = html.charAt(i);
      if (c == '=') {
        return true;
      }
      if (c == '>' || c == '<') {
        return false;
      }
    }
    return false;
  }

  /** After the closing bracket, which a quoted attribute may contain; else after the next one. */
  private static int tagEnd(String html, int at) {
    char quote = 0;
    for (int i = at; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    int plain = html.indexOf('>', at);
    return plain < 0 ? html.length() : plain + 1;
  }

  private int entity(int at) {
    int end = at + 1;
    while (end < html.length() && end - at <= ENTITY_CHARS_MAX && html.charAt(end) != ';') {
      end++;
    }
    if (end == at + 1 || end >= html.length() || html.charAt(end) != ';') {
      return -1;
    }
    String name = html.substring(at + 1, end);
    String known = name.charAt(0) == '#' ? numeric(name) : ENTITIES.get(name);
    if (known == null) {
      return -1;
    }
    out.append(known);
    return end + 1;
  }

  private static @Nullable String numeric(String name) {
    boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
    try {
      int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      boolean valid = Character.isValidCodePoint(code) && code > 0 && !isSurrogate(code);
      return valid ? Character.toString(code) : "\ufffd";
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Brackets of what would be a tag now become angle quotation marks. */
  private static String defuse(StringBuilder text) {
    for (int at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
      if (tagName(text, at) != null || startsComment(text, at)) {
        text.setCharAt(at, '‹');
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '>' && text.charAt(end) != '<') {
          end++;
        }
        if (end < text.length() && text.charAt(end) == '>') {
          text.setCharAt(end, '›');
        }
      }
    }
    return text.toString();
  }

  private static boolean startsComment(StringBuilder text, int at) {
    return at + 1 < text.length() && (text.charAt(at + 1) == '!' || text.charAt(at + 1) == '?');
  }

  private static int indexOfIgnoringCase(String text, String part, int from) {
    for (int i = text.indexOf('<', from); i >= 0; i = text.indexOf('<', i + 1)) {
      if (text.regionMatches(true, i, part, 0, part.length())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSurrogate(int code) {
    return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNameChar(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':';
  }

  private static Set<String> words(String list) {
    return new HashSet<>(Arrays.asList(list.split(" ")));
  }

  private static Map<String, String> entities() {
    Map<String, String> map = new HashMap<>();
    String[] latin1 = LATIN1.split(" ");
    for (int i = 0; i < latin1.length; i++) {
      map.put(latin1[i], Character.toString(160 + i));
    }
    String[] others =
        ("amp & lt < gt > quot \" apos ' ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ”"
                + " bdquo „ hellip … bull • euro € trade ™ larr ← rarr → uarr ↑ darr ↓ harr ↔ minus"
                + " − le ≤ ge ≥ ne ≠ asymp ≈ infin ∞ alpha α beta β gamma γ delta δ epsilon ε"
                + " lambda λ mu μ pi π sigma σ omega ω Delta Δ Omega Ω Sigma Σ OElig Œ oelig œ"
                + " Scaron Š scaron š lsaquo ‹ rsaquo › dagger † permil ‰ prime ′ Prime ″")
            .split(" ");
    for (int i = 0; i < others.length; i += 2) {
      map.put(others[i], others[i + 1]);
    }
    map.put("ensp", " ");
    map.put("emsp", " ");
    map.put("thinsp", " ");
    map.put("zwnj", "\u200c");
    map.put("zwj", "\u200d");
    return Map.copyOf(map);
  }
}
