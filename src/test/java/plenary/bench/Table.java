package plenary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table in Markdown. */
final class Table {
  static final Path DIRECTORY = Path.of("target", "bench");

  private final String title;
  private final List<String> lines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Table(String title, String... columns) {
    this.title = title;
    lines.add("| " + String.join(" | ", columns) + " |");
    lines.add("|" + " --- |".repeat(columns.length));
  }

  Table row(Object... cells) {
    lines.add("| " + String.join(" | ", Arrays.stream(cells).map(Table::cell).toList()) + " |");
    System.out.println("  " + lines.getLast());
    return this;
  }

  Table note(String format, Object... values) {
    notes.add(String.format(Locale.ROOT, format, values));
    System.out.println("  " + notes.getLast());
    return this;
  }

  private static String cell(Object value) {
    return switch (value) {
      case Double number when number.isNaN() -> "–";
      case Double number when Math.abs(number) >= 1000 ->
          String.format(Locale.ROOT, "%,.0f", number);
      case Double number -> String.format(Locale.ROOT, "%.2f", number);
      case Integer number -> String.format(Locale.ROOT, "%,d", number);
      case Long number -> String.format(Locale.ROOT, "%,d", number);
      default -> value.toString();
    };
  }

  String markdown() {
    String after = notes.isEmpty() ? "" : "\n" + String.join("\n\n", notes) + "\n";
    return "## " + title + "\n\n" + String.join("\n", lines) + "\n" + after;
  }

  /** Writes texts to a file of the results' directory. */
  static void write(String name, String text) {
    makeDirectory();
    try {
      Files.writeString(DIRECTORY.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void makeDirectory() {
    try {
      Files.createDirectories(DIRECTORY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double median(double... values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
