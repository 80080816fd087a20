package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocsPageTest {
  private final Contract contract = Contract.load();
  private final String page = DocsPage.of(contract);

  @Test
  void everyOperationHasItsPlace() throws IOException {
    for (Operation operation : contract.operations()) {
      assertThat(page).contains("<article id=\"" + operation.id() + "\">");
      assertThat(page).contains("href=\"#" + operation.id() + "\"");
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/docs.html"), page);
  }

  @Test
  void nothingInItRunsOrLoads() {
    assertThat(page).doesNotContain("<script", "style=\"", "onclick", "src=", "<link", "url(");
    assertThat(DocsPage.policy()).contains("default-src 'none'").doesNotContain("unsafe");
  }

  @Test
  void textStaysText() {
    assertThat(Html.inline("<b> & `<i>` **x**"))
        .isEqualTo("&lt;b&gt; &amp; <code>&lt;i&gt;</code> <strong>x</strong>");
  }

  @Test
  void examplesAreValid() {
    JsonObject schemas = contract.json().getJsonObject("components").getJsonObject("schemas");
    for (String name : schemas.fieldNames()) {
      JsonObject schema = contract.schema(name);
      Schemas compiled = new Schemas(schema);
      assertThat(compiled.check(Examples.of(schema, true))).as(name).isEmpty();
      assertThat(compiled.check(Examples.of(schema, false))).as(name).isEmpty();
    }
  }
}
