package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plenary.problem.Failure;

class SchemasTest {
  private static final Schemas SCHEMA =
      new Schemas(
          new JsonObject(
              """
              {"type": "object", "additionalProperties": false, "required": ["text"], "properties": {
                "text": {"type": "string", "minLength": 1, "maxLength": 5},
                "all": {"type": "array", "items": {"type": "object", "additionalProperties": false,
                  "properties": {"id": {"type": "integer"}}}}}}
              """));

  private static List<Failure.Field> check(String json) {
    return SCHEMA.check(new JsonObject(json));
  }

  @Test
  void aWrongValueIsSaidOnceAndItsPropertyStaysKnown() {
    assertThat(check("{\"text\": 5}"))
        .containsExactly(
            new Failure.Field("/text", "not-acceptable", "This has to be of type string."));
    assertThat(check("{\"text\": \"\"}"))
        .containsExactly(
            new Failure.Field("/text", "too-short", "At least 1 character.", Map.of("limit", 1)));
    JsonObject item = new JsonObject().put("id", "x");
    JsonObject body = new JsonObject().put("text", "a").put("all", new JsonArray().add(item));
    assertThat(SCHEMA.check(body))
        .containsExactly(
            new Failure.Field("/all/0/id", "not-acceptable", "This has to be of type integer."));
  }

  @Test
  void aPropertyThatNobodyDeclaredIsUnknown() {
    assertThat(check("{\"text\": \"a\", \"role\": 1}"))
        .containsExactly(
            new Failure.Field("/role", "unknown-property", "This property is not known here."));
  }

  @Test
  void aMissingPropertyIsNamed() {
    assertThat(check("{}"))
        .containsExactly(new Failure.Field("", "missing", "The property text is missing."));
  }
}
