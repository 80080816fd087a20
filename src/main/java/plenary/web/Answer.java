package plenary.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers.
 *
 * @param status HTTP status code
 * @param contentType of the body; absent without one
 */
public record Answer(
    int status, @Nullable String contentType, @Nullable Buffer body, Map<String, String> headers) {

  /** Says that the handler took the connection over and answers by itself. */
  public static final Answer TAKEN = new Answer(0, null, null, Map.of());

  public static Answer ok(JsonObject body) {
    return json(200, body);
  }

  public static Answer created(JsonObject body) {
    return json(201, body);
  }

  public static Answer accepted(JsonObject body) {
    return json(202, body);
  }

  public static Answer noContent() {
    return new Answer(204, null, null, Map.of());
  }

  public static Answer json(int status, JsonObject body) {
    return new Answer(status, "application/json", body.toBuffer(), Map.of());
  }

  /** The same answer with one more header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, Map.copyOf(more));
  }
}
