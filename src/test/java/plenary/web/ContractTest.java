package plenary.web;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plenary.identity.Permissions;
import plenary.identity.Role;
import plenary.live.View;

class ContractTest {
  private final Contract contract = Contract.load();

  @Test
  void thePermissionsAreThoseOfTheContract() {
    Map<String, Permissions.Rule> rules =
        contract.operations().stream().collect(toMap(Operation::id, Operation::rule));
    assertThat(rules).isEqualTo(Permissions.operations());
  }

  @Test
  void organisersMayDoEverythingAModeratorMay() {
    Permissions.operations()
        .forEach(
            (id, rule) -> {
              if (rule.roles().contains(Role.MODERATOR)) {
                assertThat(rule.roles()).as(id).contains(Role.ORGANISER);
              }
            });
    for (View view : View.values()) {
      assertThat(Permissions.watchers(view)).contains(Role.ORGANISER, Role.MODERATOR);
    }
    assertThat(Permissions.mayWatch(View.MODERATOR, Set.of(Role.SPEAKER, Role.PARTICIPANT)))
        .isFalse();
    assertThat(Permissions.mayWatch(View.SCREEN, Set.of(Role.PARTICIPANT))).isFalse();
  }

  @Test
  void commandsThatMustNotRunTwiceDemandAKey() {
    for (Operation operation : contract.operations()) {
      Operation.KeyRule expected =
          switch (operation.id()) {
            case "askQuestion",
                "moveQuestion",
                "moveQuestions",
                "mergeQuestion",
                "carryOver",
                "undo",
                "setStage",
                "nextOnStage",
                "setClock",
                "sendMessage",
                "addPrompt",
                "movePrompt" ->
                Operation.KeyRule.REQUIRED;
            case "setup",
                "join",
                "acceptInvitation",
                "findSimilar",
                "measurePrompt",
                "checkMeetingHashtags",
                "checkSessionHashtags" ->
                Operation.KeyRule.NONE;
            default ->
                operation.method() == HttpMethod.POST || operation.method() == HttpMethod.PATCH
                    ? Operation.KeyRule.OPTIONAL
                    : Operation.KeyRule.NONE;
          };
      assertThat(operation.key()).as(operation.id()).isEqualTo(expected);
    }
  }

  @Test
  void everyBodyIsBoundedAndClosed() {
    for (Operation operation : contract.operations()) {
      int max =
          switch (operation.id()) {
            case "importAgenda" -> 10 * 1024 * 1024;
            case "putLogo" -> 1024 * 1024;
            default -> 16 * 1024;
          };
      assertThat(operation.bodyMax()).as(operation.id()).isEqualTo(max);
      assertThat(operation.bodySeconds()).isBetween(1, 60);
      operation
          .bodies()
          .values()
          .forEach(schema -> schema.ifPresent(each -> bounded(operation.id(), each.json())));
      operation.query().values().forEach(each -> bounded(operation.id(), each.schema().json()));
    }
  }

  @Test
  void everyExampleIsValid() {
    JsonObject schemas = contract.json().getJsonObject("components").getJsonObject("schemas");
    for (String name : schemas.fieldNames()) {
      examples(name, contract.schema(name));
    }
  }

  @Test
  void everyOperationTellsItsRefusals() {
    JsonObject paths = contract.json().getJsonObject("paths");
    for (Operation operation : contract.operations()) {
      JsonObject given =
          paths
              .getJsonObject(operation.path())
              .getJsonObject(operation.method().name().toLowerCase());
      Set<String> responses = given.getJsonObject("responses").fieldNames();
      assertThat(responses).as(operation.id()).contains("4XX");
      if (operation.rule().audience() == Permissions.Audience.ROLES) {
        assertThat(responses).as(operation.id()).contains("401", "403");
      }
      assertThat(given.getString("summary")).as(operation.id()).isNotBlank();
    }
  }

  @Test
  void everySchemaCompiles() {
    contract.compile();
  }

  @Test
  void aContractThatIsNotSoundIsRefused() {
    refused("paths: {/a: {get: {operationId: a, responses: {}}}}", "who may call it");
    refused(
        "paths: {/a: {get: {operationId: a, x-roles: anyone, responses: {}}}, "
            + "/b: {get: {operationId: a, x-roles: anyone, responses: {}}}}",
        "two operations");
    refused(
        "{paths: {/a: {get: {operationId: a, x-roles: anyone, responses: {}, "
            + "parameters: [{$ref: '#/x'}]}}}, x: {$ref: '#/x'}}",
        "circle");
  }

  private static void refused(String yaml, String says) {
    assertThatThrownBy(
            () -> Contract.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))))
        .hasMessageContaining(says);
  }

  private static void bounded(String where, JsonObject schema) {
    List<Object> types = new ArrayList<>();
    Object type = schema.getValue("type");
    types.addAll(type instanceof JsonArray array ? array.getList() : List.of(String.valueOf(type)));
    if (types.contains("object")) {
      assertThat(schema.getBoolean("additionalProperties")).as(where + schema).isFalse();
      JsonObject properties = schema.getJsonObject("properties");
      properties.forEach(
          each -> bounded(where + "/" + each.getKey(), (JsonObject) each.getValue()));
    } else if (types.contains("array")) {
      assertThat(schema.getInteger("maxItems")).as(where).isNotNull();
      bounded(where + "[]", schema.getJsonObject("items"));
    } else if (types.contains("string") && !schema.containsKey("enum")) {
      boolean id = "uuid".equals(schema.getString("format"));
      assertThat(id || schema.containsKey("maxLength")).as(where + schema).isTrue();
    } else if (types.contains("integer")) {
      assertThat(schema.fieldNames()).as(where).contains("minimum", "maximum");
    }
  }

  private static void examples(String where, JsonObject schema) {
    Schemas compiled = new Schemas(schema);
    JsonArray examples = schema.getJsonArray("examples");
    if (examples != null) {
      examples.forEach(each -> assertThat(compiled.check(each)).as(where + " " + each).isEmpty());
    }
    JsonObject properties = schema.getJsonObject("properties");
    if (properties != null) {
      properties.forEach(
          each -> examples(where + "/" + each.getKey(), (JsonObject) each.getValue()));
    }
  }
}
