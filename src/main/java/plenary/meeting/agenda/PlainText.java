package plenary.meeting.agenda;

import org.jspecify.annotations.Nullable;

/** Text as it may be stored: no HTML, no control characters, no stray white space. */
final class PlainText {
  private static final int QUOTE_CHARS_MAX = 60;
  private static final int REASON_CHARS_MAX = 200;

  private PlainText() {}

  /** One line, or null when nothing is left that can be seen. */
  static @Nullable String line(@Nullable String raw) {
    if (raw == null) {
      return null;
    }
    String text = visible(Markup.toText(raw));
    StringBuilder line = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        gap = true;
      } else {
        if (gap && !line.isEmpty()) {
          line.append(' ');
        }
        gap = false;
        line.append(c);
      }
    }
    return hasInk(line) ? line.toString() : null;
  }

  /** Paragraphs, or null when nothing is left that can be seen. */
  static @Nullable String block(@Nullable String raw) {
    if (raw == null) {
      return null;
    }
    String[] lines = visible(Markup.toText(raw)).split("\n", -1);
    int indent = indent(lines);
    StringBuilder block = new StringBuilder(raw.length());
    int newlines = 0;
    for (int i = 0; i < lines.length; i++) {
      String line = i > 0 && !lines[i].isBlank() ? lines[i].substring(indent) : lines[i];
      String kept = block.isEmpty() ? line.strip() : line.stripTrailing();
      newlines++;
      if (!kept.isEmpty()) {
        block.append("\n".repeat(block.isEmpty() ? 0 : Math.min(newlines, 2))).append(kept);
        newlines = 0;
      }
    }
    return hasInk(block) ? block.toString() : null;
  }

  /** The spaces that all lines but the first begin with: the layout of the file, not the text's. */
  private static int indent(String[] lines) {
    int indent = Integer.MAX_VALUE;
    for (int i = 1; i < lines.length; i++) {
      int spaces = 0;
      while (spaces < lines[i].length() && lines[i].charAt(spaces) == ' ') {
        spaces++;
      }
      if (!lines[i].isBlank()) {
        indent = Math.min(indent, spaces);
      }
    }
    return indent == Integer.MAX_VALUE ? 0 : indent;
  }

  /** A text of at most so many UTF-16 units, with an ellipsis when it was longer. */
  static String shorten(String text, int charsMax) {
    if (text.length() <= charsMax) {
      return text;
    }
    int end = charsMax - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  /** A value of the file, short and harmless enough to be shown in a message. */
  static String quote(String raw) {
    return excerpt(raw, QUOTE_CHARS_MAX);
  }

  /** A parser's message without its full stop. */
  static String reason(String message) {
    String text = excerpt(message, REASON_CHARS_MAX);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static String excerpt(String raw, int charsMax) {
    String head = raw.length() > 4 * charsMax ? raw.substring(0, 4 * charsMax) : raw;
    return shorten(visible(head).replace('\n', ' '), charsMax);
  }

  /** Line ends become {@code \n}; controls and direction overrides go; halves of pairs too. */
  private static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\u2028' || c == '\u2029' || c == '\u0085') {
        out.append('\n');
      } else if (c == '\r') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
          out.append('\n');
        }
      } else if (c == '\t') {
        out.append(' ');
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        out.append('\ufffd');
      } else if (!isHarmful(c)) {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Controls, the byte order mark, non-characters, and what turns the reading direction. */
  private static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || c == '\ufeff'
        || c >= '\ufffe'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static boolean hasInk(CharSequence text) {
    return text.codePoints()
        .anyMatch(
            c ->
                !Character.isWhitespace(c)
                    && !Character.isSpaceChar(c)
                    && Character.getType(c) != Character.FORMAT);
  }
}
