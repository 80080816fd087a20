package plenary.web.page;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with {@code ${name}} in it. Values are text and escaped, unless they are markup. */
public final class Template {
  private static final Pattern HOLE = Pattern.compile("\\$\\{([\\w.]+)}");

  private final String source;

  public Template(String source) {
    this.source = source;
  }

  /**
   * Fills it in.
   *
   * @param values a {@link String}, or {@link Markup} that is safe as it is
   * @throws IllegalArgumentException when a name has no value
   */
  public String fill(Map<String, Object> values) {
    Matcher holes = HOLE.matcher(source);
    StringBuilder out = new StringBuilder(source.length() + 8_192);
    while (holes.find()) {
      String value =
          switch (values.get(holes.group(1))) {
            case Markup markup -> markup.html();
            case String text -> escape(text);
            case null, default -> throw new IllegalArgumentException("no " + holes.group(1));
          };
      holes.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return holes.appendTail(out).toString();
  }

  /** Text as text, also inside a quoted attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** JSON that cannot end the script element it stands in. */
  public static Markup json(String json) {
    return new Markup(
        json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"));
  }

  /** HTML that was made here. */
  public record Markup(String html) {}
}
