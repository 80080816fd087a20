package plenary.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object and one line feed for each record: {@code ts, level, logger, msg, thread} and,
 * with an exception, {@code err}. Whatever could end the line, move a terminal's cursor or turn the
 * reading direction is escaped, so that nobody forges a line from outside.
 */
public final class JsonFormatter extends Formatter {
  /** Longer messages and stacks are cut, so that one fault cannot fill a disk. */
  static final int FIELD_CHARS_MAX = 16_384;

  private static final HexFormat HEX = HexFormat.of();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(256);
    line.append("{\"ts\":\"").append(TIME.format(record.getInstant())).append('"');
    field(line, "level", record.getLevel().getName());
    field(line, "logger", record.getLoggerName());
    field(line, "msg", formatMessage(record));
    field(line, "thread", Thread.currentThread().getName());
    if (record.getThrown() != null) {
      StringWriter stack = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(stack));
      field(line, "err", stack.toString());
    }
    return line.append("}\n").toString();
  }

  private static void field(StringBuilder line, String name, @Nullable String value) {
    line.append(",\"").append(name).append("\":\"");
    String text = value == null ? "" : value;
    int end = Math.min(text.length(), FIELD_CHARS_MAX);
    for (int i = 0; i < end; ) {
      int point = text.codePointAt(i);
      escape(line, point);
      i += Character.charCount(point);
    }
    line.append(end < text.length() ? "…\"" : "\"");
  }

  private static void escape(StringBuilder line, int point) {
    switch (point) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (harmless(point)) {
          line.appendCodePoint(point);
        } else {
          for (char unit : Character.toChars(point)) {
            line.append("\\u").append(HEX.toHexDigits(unit));
          }
        }
      }
    }
  }

  private static boolean harmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
