package plenary.meeting.agenda;

import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The file being read, its hints, and what several formats need of it, computed once. */
final class Source {
  private static final int SNIFF_BYTES = 4_096;

  private final byte[] body;
  private final String hints;
  private final ZoneId zone;
  private final Encoding encoding;
  private @Nullable String text;
  private @Nullable Node json;

  Source(byte[] body, @Nullable String contentType, @Nullable String fileName, ZoneId zone) {
    this.body = body;
    this.zone = zone;
    this.encoding = Encoding.of(body);
    this.hints =
        (contentType == null ? "" : contentType.toLowerCase(Locale.ROOT))
            + " "
            + (fileName == null ? "" : fileName.toLowerCase(Locale.ROOT) + " ");
  }

  ZoneId zone() {
    return zone;
  }

  /** Whether content type or file name contain one of these, in lower case. */
  boolean hinted(String... words) {
    for (String word : words) {
      if (hints.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** The whole text without a byte order mark; fails at the first byte that is none. */
  String text() {
    String known = text;
    if (known == null) {
      known = encoding.decode(body);
      text = known;
    }
    return known;
  }

  /** The bytes after a byte order mark, in an encoding that agrees with ASCII. */
  byte[] bytes() {
    if (encoding.isWide()) {
      return AgendaReader.utf8(text());
    }
    byte[] rest = new byte[body.length - encoding.markBytes()];
    System.arraycopy(body, encoding.markBytes(), rest, 0, rest.length);
    return rest;
  }

  /** The parsed JSON; fails with line and column. */
  Node json() {
    Node known = json;
    if (known == null) {
      known = Node.parse(text());
      json = known;
    }
    return known;
  }

  boolean isBlank() {
    for (int i = encoding.markBytes(); i < body.length; i++) {
      if (body[i] > ' ' || body[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the file, white space aside, begins with this ASCII text in any case. */
  boolean startsWith(String ascii) {
    int step = encoding.isWide() ? 2 : 1;
    int at = encoding.markBytes();
    while (at < body.length && at < SNIFF_BYTES && isSpace(unit(at))) {
      at += step;
    }
    for (int i = 0; i < ascii.length(); i++, at += step) {
      if (lower(unit(at)) != lower(ascii.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  boolean looksLikeJson() {
    return startsWith("{") || startsWith("[");
  }

  /** Whether the head of the file has bytes that no text has. */
  boolean isBinary() {
    if (encoding.isWide()) {
      return false;
    }
    int odd = 0;
    int end = Math.min(body.length, SNIFF_BYTES);
    for (int i = 0; i < end; i++) {
      if (body[i] >= 0 && body[i] < ' ' && !isSpace(body[i])) {
        odd++;
      }
    }
    return odd > 8 && odd * 20 > end;
  }

  private int unit(int at) {
    if (at < 0 || at + (encoding.isWide() ? 1 : 0) >= body.length) {
      return -1;
    }
    return encoding.unit(body, at);
  }

  private static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
