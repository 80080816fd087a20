package plenary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people read of the configuration is what the code does. */
class DocumentsTest {
  private static final Path FILE = Path.of("conf", "plenary.properties");
  private static final Path OPERATIONS = Path.of("docs", "operations.md");
  private static final boolean APPLY = Boolean.getBoolean("docs.apply");

  @BeforeAll
  static void rewriteWhenAsked() throws IOException {
    if (APPLY) {
      String page = Files.readString(OPERATIONS);
      int begin = page.indexOf(Documents.BEGIN);
      int end = page.indexOf(Documents.END) + Documents.END.length();
      Files.writeString(FILE, Documents.properties());
      Files.writeString(
          OPERATIONS, page.substring(0, begin) + Documents.tables() + page.substring(end));
    }
  }

  @Test
  void theFileHasEveryKeyWithDefaultUnitAndReason() throws IOException {
    assertThat(Files.readString(FILE)).isEqualTo(Documents.properties());
  }

  @Test
  void theFileSetsNothingAndSetsTheDefaultsWithoutItsHashes() throws IOException {
    Properties as = new Properties();
    as.load(new StringReader(Files.readString(FILE)));
    Properties without = new Properties();
    without.load(new StringReader(Files.readString(FILE).replaceAll("(?m)^#(?! )", "")));

    assertThat(as).isEmpty();
    assertThat(without.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(Topic.KEYS.stream().map(Key::name).toList());
    for (Key key : Topic.KEYS) {
      assertThat(without.getProperty(key.name())).as(key.name()).isEqualTo(key.fallback());
    }
  }

  @Test
  void theOperationsPageHasTheSameTable() throws IOException {
    String page = Files.readString(OPERATIONS);
    int begin = page.indexOf(Documents.BEGIN);
    int end = page.indexOf(Documents.END) + Documents.END.length();
    assertThat(begin).isNotNegative().isLessThan(end);
    assertThat(page.substring(begin, end)).isEqualTo(Documents.tables());
  }
}
