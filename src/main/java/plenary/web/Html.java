package plenary.web;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pieces of the page to read: text, prose with a little Markdown, and tables of schemas. */
final class Html {
  private static final int NESTING_MAX = 3;

  private Html() {}

  /** Text as text. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A line in which {@code `code`} and {@code **strong**} mean something. */
  static String inline(String markdown) {
    return text(markdown)
        .replaceAll("`([^`]+)`", "<code>$1</code>")
        .replaceAll("\\*\\*([^*]+)\\*\\*", "<strong>$1</strong>")
        .replaceAll("\\*([^*]+)\\*", "<em>$1</em>");
  }

  /** Paragraphs. */
  static String prose(String markdown) {
    if (markdown.isBlank()) {
      return "";
    }
    return markdown
        .strip()
        .lines()
        .filter(line -> !line.isBlank())
        .map(Html::inline)
        .collect(Collectors.joining("</p>\n<p>", "<p>", "</p>\n"));
  }

  /** What a value may be, in a few words. */
  static String kind(JsonObject schema) {
    JsonArray choices = schema.getJsonArray("enum");
    if (choices != null) {
      return choices.stream().map(String::valueOf).collect(Collectors.joining(" | "));
    }
    if (schema.containsKey("const")) {
      return String.valueOf(schema.getValue("const"));
    }
    JsonArray kinds = schema.getJsonArray("oneOf");
    if (kinds != null) {
      return kinds.stream().map(each -> kind((JsonObject) each)).collect(Collectors.joining(" | "));
    }
    List<String> words = new ArrayList<>();
    words.add(type(schema));
    range(words, schema, "minLength", "maxLength", "characters");
    range(words, schema, "minItems", "maxItems", "items");
    if (!schema.containsKey("maxLength")) {
      range(words, schema, "minimum", "maximum", "");
    }
    return String.join(", ", words);
  }

  private static String type(JsonObject schema) {
    if (schema.containsKey("format")) {
      return schema.getString("format");
    }
    return switch (schema.getValue("type")) {
      case JsonArray types ->
          types.stream().map(String::valueOf).collect(Collectors.joining(" | "));
      case String type when type.equals("array") && schema.containsKey("items") ->
          "list of " + kind(schema.getJsonObject("items"));
      case String type -> type;
      case null, default -> "anything";
    };
  }

  private static void range(
      List<String> words, JsonObject schema, String least, String most, String unit) {
    if (schema.containsKey("format") || !schema.containsKey(most)) {
      return;
    }
    Object from = schema.getValue(least);
    Object to = schema.getValue(most);
    String span = from == null ? "up to " + to : from + " to " + to;
    words.add(unit.isEmpty() ? span : span + " " + unit);
  }

  /** A table of an object's properties, nested ones by their path. */
  static void properties(StringBuilder html, JsonObject schema) {
    html.append("<table>\n<tr><th>Property</th><th>Kind</th><th>Meaning</th></tr>\n");
    rows(html, schema, "", 0);
    html.append("</table>\n<p class=\"quiet\">* must be there</p>\n");
  }

  private static void rows(StringBuilder html, JsonObject schema, String prefix, int depth) {
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      JsonObject property = properties.getJsonObject(name);
      html.append("<tr><td>").append(text(prefix + name));
      html.append(required.contains(name) ? " *" : "").append("</td><td>");
      html.append(text(kind(property))).append("</td><td>");
      html.append(inline(property.getString("description", ""))).append("</td></tr>\n");
      if (depth < NESTING_MAX && property.containsKey("properties")) {
        rows(html, property, prefix + name + ".", depth + 1);
      }
      JsonObject items = property.getJsonObject("items");
      if (depth < NESTING_MAX && items != null && items.containsKey("properties")) {
        rows(html, items, prefix + name + "[].", depth + 1);
      }
    }
  }

  /** A value as JSON. */
  static void example(StringBuilder html, @Nullable Object value) {
    html.append("<pre><code>").append(text(Json.encodePrettily(value))).append("</code></pre>\n");
  }
}
