package plenary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every Java file is as google-java-format writes it; -Dformat.apply=true makes it so. */
class FormattingTest {
  private static final boolean APPLY = Boolean.getBoolean("format.apply");

  @Test
  void everyJavaFileIsFormatted() throws IOException {
    List<Path> files = files();
    List<String> wrong =
        files.parallelStream().filter(FormattingTest::wrong).map(Path::toString).toList();

    assertThat(files).isNotEmpty();
    assertThat(wrong).as("run: mvn test -Dtest=FormattingTest -Dformat.apply=true").isEmpty();
  }

  @Test
  void aFileThatIsNotFormattedIsFound() {
    assertThat(formatted("class A{int  b;}")).isNotEqualTo("class A{int  b;}");
  }

  private static boolean wrong(Path file) {
    try {
      String source = Files.readString(file);
      String formatted = formatted(source);
      if (APPLY && !formatted.equals(source)) {
        Files.writeString(file, formatted);
        return false;
      }
      return !formatted.equals(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the command line of the formatter makes of it: unused imports go, long strings are cut.
   */
  private static String formatted(String source) {
    try {
      Formatter formatter = new Formatter();
      return StringWrapper.wrap(formatter.formatSourceAndFixImports(source), formatter);
    } catch (FormatterException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src"))) {
      return all.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }
}
