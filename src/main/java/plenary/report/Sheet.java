package plenary.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180) that a spreadsheet can open without running anything in it: a cell that would be
 * read as a formula gets an apostrophe in front, as OWASP advises.
 */
public final class Sheet {
  /** Tells spreadsheets that what follows is UTF-8. */
  public static final String BYTE_ORDER_MARK = "\ufeff";

  /** The last four are the full-width forms, which spreadsheets take for the first. */
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private Sheet() {}

  /** The line that names the columns. */
  public static String header(List<String> columns) {
    return line(columns);
  }

  /** A row with the values of the columns. */
  public static String row(List<String> columns, JsonObject values) {
    return columns.stream()
            .map(column -> cell(values.getValue(column)))
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Sheet::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case JsonArray list ->
          text(list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
      default -> text(value.toString());
    };
  }

  private static String text(String text) {
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted =
        safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
