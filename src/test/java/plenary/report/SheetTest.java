package plenary.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTest {
  private static String cell(Object value) {
    String row = Sheet.row(List.of("a"), new JsonObject().put("a", value));
    assertThat(row).endsWith("\r\n");
    return row.substring(0, row.length() - 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+49 30",
        "-2",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "＝1",
        "=cmd|' /C calc'!A0"
      })
  void whatWouldBeAFormulaIsText(String text) {
    assertThat(cell(text).replace("\"", "")).startsWith("'" + text.charAt(0));
  }

  @Test
  void cellsAreQuotedAsTheStandardSays() {
    assertThat(cell("plain")).isEqualTo("plain");
    assertThat(cell("a,b")).isEqualTo("\"a,b\"");
    assertThat(cell("say \"no\"")).isEqualTo("\"say \"\"no\"\"\"");
    assertThat(cell("two\nlines")).isEqualTo("\"two\nlines\"");
    assertThat(cell("=HYPERLINK(\"x\",\"y\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  }

  @Test
  void numbersListsAndNothingAreWrittenPlainly() {
    assertThat(cell(-3)).isEqualTo("-3");
    assertThat(cell(true)).isEqualTo("true");
    assertThat(cell(JsonArray.of("dosage", "age"))).isEqualTo("\"dosage, age\"");
    assertThat(Sheet.row(List.of("a", "b"), new JsonObject().put("b", "x"))).isEqualTo(",x\r\n");
    assertThat(Sheet.header(List.of("a", "b"))).isEqualTo("a,b\r\n");
  }
}
