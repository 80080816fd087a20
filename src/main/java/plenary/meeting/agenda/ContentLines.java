package plenary.meeting.agenda;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * The content lines of an iCalendar file, one after the other. Lines are unfolded as bytes, because
 * exporters fold in the middle of a character; CRLF, LF and CR end a line. A line that is no
 * property continues the one before it, as when a line break in a description was not escaped or a
 * long id was folded without the space.
 */
final class ContentLines {
  private static final Set<String> TEXTS =
      Set.of("DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT", "CONTACT", "X-ALT-DESC");

  /** A line as unfolded, and the property that it is, if it is one. */
  private record Logical(String text, int line, @Nullable ContentLine property) {}

  private final byte[] body;
  private final Programme programme;
  private int at;
  private int line = 1;
  private int continued;
  private @Nullable Logical ahead;

  ContentLines(byte[] body, Programme programme) {
    this.body = body;
    this.programme = programme;
    this.ahead = read();
  }

  /** Where the next line begins. */
  int line() {
    return ahead == null ? line : ahead.line();
  }

  /** The next property; null at the end. Fails with its line. */
  @Nullable ContentLine next() {
    Logical head = ahead;
    if (head == null) {
      return null;
    }
    ContentLine property = head.property();
    if (property == null) {
      throw new Failure.Malformed(
          "Line %d is no iCalendar property: “%s”."
              .formatted(head.line(), PlainText.quote(head.text())));
    }
    ahead = read();
    boolean component = property.name().equals("BEGIN") || property.name().equals("END");
    return component ? property : extended(property);
  }

  private ContentLine extended(ContentLine property) {
    if (ahead == null || ahead.property() != null) {
      return property;
    }
    StringBuilder value = new StringBuilder(property.value());
    String between = TEXTS.contains(property.name()) ? "\\n" : "";
    int from = ahead.line();
    Logical next = ahead;
    while (next != null && next.property() == null) {
      value.append(between).append(next.text());
      next = read();
    }
    ahead = next;
    if (continued++ == 0) {
      programme.warn("line " + from, "The line is no property: added to the one before it.");
    }
    return new ContentLine(property.name(), property.params(), value.toString(), property.line());
  }

  private @Nullable Logical read() {
    while (at < body.length) {
      int from = at;
      int first = line;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(80);
      unfold(bytes, Integer.MAX_VALUE);
      StringBuilder text = new StringBuilder();
      int wrong =
          Encoding.decode(ByteBuffer.wrap(bytes.toByteArray()), text, StandardCharsets.UTF_8);
      if (wrong >= 0) {
        at = from;
        unfold(new ByteArrayOutputStream(80), wrong);
        throw Encoding.notText(body, at, StandardCharsets.UTF_8);
      }
      String logical = text.toString();
      if (!logical.isBlank()) {
        return new Logical(logical, first, ContentLine.parse(logical, first));
      }
    }
    return null;
  }

  /** Copies one logical line, or its first {@code limit} bytes, and moves behind it. */
  private void unfold(ByteArrayOutputStream bytes, int limit) {
    while (at < body.length && bytes.size() < limit) {
      byte c = body[at++];
      if (c != '\r' && c != '\n') {
        bytes.write(c);
        continue;
      }
      if (c == '\r' && at < body.length && body[at] == '\n') {
        at++;
      }
      line++;
      if (at >= body.length || (body[at] != ' ' && body[at] != '\t')) {
        return;
      }
      at++;
    }
  }
}
