package plenary.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatterTest {
  private final JsonFormatter formatter = new JsonFormatter();

  @AfterEach
  void standardErrorAgain() {
    Logs.start(Level.INFO, Map.of());
  }

  @Test
  void aRecordIsOneJsonObjectOnOneLine() {
    LogRecord record = new LogRecord(Level.WARNING, "committed {0} commands");
    record.setParameters(new Object[] {5});
    record.setLoggerName("plenary.live.Committer");
    record.setInstant(Instant.parse("2026-11-24T08:09:10.120Z"));

    String line = formatter.format(record);

    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    assertThat(new JsonObject(line))
        .isEqualTo(
            new JsonObject()
                .put("ts", "2026-11-24T08:09:10.120Z")
                .put("level", "WARNING")
                .put("logger", "plenary.live.Committer")
                .put("msg", "committed 5 commands")
                .put("thread", Thread.currentThread().getName()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\r\nb",
        "\u001b[31mred",
        "\u0000",
        "\u0085",
        "\u2028",
        "\u202Eevil",
        "\u200B",
        "\"}{\"",
        "\\",
        "\uD800",
        "tab\there",
        "\u007f",
        "😀 stays"
      })
  void nothingFromOutsideEndsTheLineOrMovesTheCursor(String text) {
    String line = formatter.format(new LogRecord(Level.INFO, text));

    assertThat(line.strip().codePoints()).noneMatch(JsonFormatterTest::moves);
    assertThat(new JsonObject(line).getString("msg")).isEqualTo(text);
  }

  private static boolean moves(int point) {
    return Character.isISOControl(point)
        || Character.getType(point) == Character.FORMAT
        || point == 0x2028
        || point == 0x2029;
  }

  @Test
  void anExceptionIsOneFieldWithItsStack() {
    LogRecord record = new LogRecord(Level.SEVERE, "failed");
    record.setThrown(new IllegalStateException("no\nway"));

    JsonObject json = new JsonObject(formatter.format(record));

    assertThat(json.getString("err"))
        .startsWith("java.lang.IllegalStateException: no\nway\n\tat plenary.log.");
  }

  @Test
  void aFieldIsCutBeforeItFillsTheDisk() {
    String line = formatter.format(new LogRecord(Level.INFO, "x".repeat(1_000_000)));

    assertThat(line.length()).isLessThan(JsonFormatter.FIELD_CHARS_MAX + 300);
  }

  @Test
  void levelsAreTheConfiguredOnes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logs.start(Level.WARNING, Map.of("plenary.detail", Level.FINE), out);

    Logger.getLogger("plenary.other").info("hidden");
    Logger.getLogger("plenary.detail").fine("shown");
    Logger.getLogger("io.vertx").warning("äöü shown too");

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(new JsonObject(line).getString("msg")).isEqualTo("shown"),
            line -> assertThat(new JsonObject(line).getString("msg")).isEqualTo("äöü shown too"));
  }
}
