package plenary.network.x;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fields of X's answers, read so that what is missing or of another kind is absent, never an error.
 * Names come in two spellings while X renames tweets to posts: the first that is there counts.
 */
final class Fields {
  private Fields() {}

  static @Nullable JsonObject object(@Nullable JsonObject in, String... names) {
    return value(in, names) instanceof JsonObject object ? object : null;
  }

  /** A text; a number is one too, as ids come as either. */
  static @Nullable String text(@Nullable JsonObject in, String... names) {
    Object value = value(in, names);
    if (value instanceof Long || value instanceof Integer) {
      return value.toString();
    }
    return value instanceof String text ? text : null;
  }

  static List<JsonObject> objects(@Nullable JsonObject in, String... names) {
    return values(in, names).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  static List<String> texts(@Nullable JsonObject in, String... names) {
    return values(in, names).stream()
        .filter(value -> value instanceof String || value instanceof Long)
        .map(Object::toString)
        .toList();
  }

  private static List<Object> values(@Nullable JsonObject in, String... names) {
    if (!(value(in, names) instanceof JsonArray array)) {
      return List.of();
    }
    return array.stream().filter(Objects::nonNull).toList();
  }

  private static @Nullable Object value(@Nullable JsonObject in, String... names) {
    if (in == null) {
      return null;
    }
    for (String name : names) {
      Object value = in.getValue(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
