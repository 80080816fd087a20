package plenary.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Makes a value that a schema of the contract describes, from its examples where it has them. */
public final class Examples {
  private Examples() {}

  /**
   * An example.
   *
   * @param schema without references
   * @param optional whether properties that may be left out are in it
   */
  public static @Nullable Object of(JsonObject schema, boolean optional) {
    JsonArray given = schema.getJsonArray("examples");
    if (given != null && !given.isEmpty()) {
      return given.getValue(0);
    }
    if (schema.containsKey("const")) {
      return schema.getValue("const");
    }
    if (schema.containsKey("default")) {
      return schema.getValue("default");
    }
    JsonArray choices = schema.getJsonArray("enum");
    if (choices != null) {
      return choices.getValue(0);
    }
    JsonArray kinds = schema.getJsonArray("oneOf");
    if (kinds != null) {
      return of(kinds.getJsonObject(0), optional);
    }
    return switch (type(schema)) {
      case "object" -> object(schema, optional);
      case "array" -> array(schema, optional);
      case "integer", "number" -> schema.getInteger("minimum", 0);
      case "boolean" -> true;
      case "null" -> null;
      default -> text(schema);
    };
  }

  private static String type(JsonObject schema) {
    return switch (schema.getValue("type")) {
      case JsonArray types -> types.getString(0);
      case String type -> type;
      case null, default -> schema.containsKey("properties") ? "object" : "string";
    };
  }

  private static JsonObject object(JsonObject schema, boolean optional) {
    JsonObject example = new JsonObject();
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    int least = schema.getInteger("minProperties", 0);
    for (String name : properties.fieldNames()) {
      if (optional || required.contains(name) || example.size() < least) {
        example.put(name, of(properties.getJsonObject(name), optional));
      }
    }
    return example;
  }

  private static JsonArray array(JsonObject schema, boolean optional) {
    JsonArray example = new JsonArray();
    if (optional || schema.getInteger("minItems", 0) > 0) {
      example.add(of(schema.getJsonObject("items", new JsonObject()), optional));
    }
    return example;
  }

  private static String text(JsonObject schema) {
    return switch (schema.getString("format", "")) {
      case "uuid" -> "0199f2a4-7c1e-7a52-9d3f-2b8c4e6f7a10";
      case "date" -> "2026-08-28";
      case "date-time" -> "2026-08-28T09:30:00.000Z";
      default -> "text";
    };
  }
}
