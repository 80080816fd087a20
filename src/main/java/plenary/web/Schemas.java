package plenary.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaException;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/** A JSON Schema (draft 2020-12) that says what is wrong in words. Thread-safe. */
public final class Schemas {
  private static final int FIELDS_MAX = 20;

  private final JsonObject schema;
  private volatile @Nullable Validator validator;

  /**
   * Takes a schema; it is compiled when it is first used, or by {@link #compile}.
   *
   * @param schema without references
   */
  public Schemas(JsonObject schema) {
    this.schema = schema;
  }

  /** Compiles it, so that the first use is as quick as the others. */
  public Validator compile() {
    Validator known = validator;
    if (known == null) {
      known =
          Validator.create(
              JsonSchema.of(schema),
              new JsonSchemaOptions()
                  .setBaseUri("urn:plenary")
                  .setDraft(Draft.DRAFT202012)
                  .setOutputFormat(OutputFormat.Basic));
      validator = known;
    }
    return known;
  }

  /** The schema itself. */
  public JsonObject json() {
    return schema;
  }

  /** What is wrong with a value; empty when it is valid. */
  public List<Failure.Field> check(@Nullable Object value) {
    OutputUnit result;
    try {
      result = compile().validate(value);
    } catch (SchemaException e) {
      return List.of(new Failure.Field("", "not-acceptable", "This value is not acceptable."));
    }
    return result.getValid() ? List.of() : fields(result);
  }

  private List<Failure.Field> fields(OutputUnit result) {
    List<Failure.Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<OutputUnit> errors = result.getErrors();
    for (OutputUnit error : errors == null ? List.<OutputUnit>of() : errors) {
      String keyword = last(error.getKeywordLocation());
      String pointer = pointer(error.getInstanceLocation());
      String message = message(keyword, constraint(error.getKeywordLocation()), error);
      if (message != null && fields.size() < FIELDS_MAX && seen.add(pointer + message)) {
        fields.add(field(pointer, keyword, message, constraint(error.getKeywordLocation())));
      }
    }
    if (fields.isEmpty()) {
      fields.add(new Failure.Field("", "not-acceptable", "This value is not acceptable."));
    }
    return fields;
  }

  /** What people bring about by typing has a code and a limit that pages make a sentence of. */
  private static Failure.Field field(
      String pointer, String keyword, String message, @Nullable Object limit) {
    String code =
        switch (keyword) {
          case "required" -> "missing";
          case "maxLength" -> "too-long";
          case "minLength" -> "too-short";
          case "maxItems" -> "too-many";
          case "minItems" -> "too-few";
          case "maximum" -> "too-high";
          case "minimum" -> "too-low";
          case "format", "pattern" -> "wrong-form";
          case "additionalProperties" -> "unknown-property";
          default -> "not-acceptable";
        };
    return limit instanceof Number number
        ? new Failure.Field(pointer, code, message, Map.of("limit", number))
        : new Failure.Field(pointer, code, message);
  }

  private @Nullable String message(String keyword, @Nullable Object limit, OutputUnit error) {
    return switch (keyword) {
      case "properties", "items", "prefixItems", "allOf", "$ref" -> null;
      case "additionalProperties" -> isDeclared(error) ? null : "This property is not known here.";
      case "required" -> missing(error.getError());
      case "type" -> "This has to be " + types(limit) + ".";
      case "enum" -> "This has to be one of " + list(limit) + ".";
      case "const" -> "This has to be " + limit + ".";
      case "maxLength" -> "At most " + limit + characters(limit);
      case "minLength" -> "At least " + limit + characters(limit);
      case "maxItems" -> "At most " + limit + " items.";
      case "minItems" -> "At least " + limit + " items.";
      case "maxProperties" -> "At most " + limit + " properties.";
      case "minProperties" -> "At least " + limit + " properties.";
      case "maximum" -> "At most " + limit + ".";
      case "minimum" -> "At least " + limit + ".";
      case "format" -> "This is not a valid " + limit + ".";
      case "pattern" -> "This has not the form " + limit + ".";
      default -> "This value is not acceptable.";
    };
  }

  /** The validator also calls a property additional that is declared, when its value is wrong. */
  private boolean isDeclared(OutputUnit error) {
    String keyword = error.getKeywordLocation();
    int end = keyword == null ? -1 : keyword.lastIndexOf('/');
    return end >= 0
        && constraint(keyword.substring(0, end)) instanceof JsonObject parent
        && parent.getValue("properties") instanceof JsonObject declared
        && declared.containsKey(last(error.getInstanceLocation()));
  }

  /** The message names the property only between its first pair of quotes. */
  private static String missing(@Nullable String error) {
    int from = error == null ? -1 : error.indexOf('"');
    int to = error == null ? -1 : error.indexOf('"', from + 1);
    return error == null || from < 0 || to < 0
        ? "A property is missing."
        : "The property " + error.substring(from + 1, to) + " is missing.";
  }

  private static String types(@Nullable Object limit) {
    return limit instanceof JsonArray ? "one of " + list(limit) : "of type " + limit;
  }

  private static String characters(@Nullable Object limit) {
    return limit instanceof Integer number && number == 1 ? " character." : " characters.";
  }

  private static String list(@Nullable Object limit) {
    if (!(limit instanceof JsonArray values)) {
      return String.valueOf(limit);
    }
    return String.join(", ", values.stream().map(String::valueOf).toList());
  }

  /** The value of the keyword that refused, found by its location in the schema. */
  private @Nullable Object constraint(@Nullable String location) {
    Object at = schema;
    for (String step : steps(location)) {
      if (at instanceof JsonObject object) {
        at = object.getValue(step);
      } else if (at instanceof JsonArray array && isIndex(step, array.size())) {
        at = array.getValue(Integer.parseInt(step));
      } else {
        return null;
      }
    }
    return at;
  }

  private static boolean isIndex(String step, int size) {
    return !step.isEmpty()
        && step.length() < 6
        && step.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(step) < size;
  }

  private static List<String> steps(@Nullable String location) {
    if (location == null || location.length() < 2) {
      return List.of();
    }
    String path = location.startsWith("#") ? location.substring(1) : location;
    List<String> steps = new ArrayList<>();
    for (String step : path.split("/", -1)) {
      if (!step.isEmpty()) {
        steps.add(step.replace("~1", "/").replace("~0", "~"));
      }
    }
    return steps;
  }

  private static String last(@Nullable String location) {
    List<String> steps = steps(location);
    return steps.isEmpty() ? "" : steps.getLast();
  }

  private static String pointer(@Nullable String location) {
    if (location == null) {
      return "";
    }
    String pointer = location.startsWith("#") ? location.substring(1) : location;
    return pointer.length() > 200 ? pointer.substring(0, 200) : pointer;
  }
}
