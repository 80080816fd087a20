package plenary.question;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The post of a network that a question was found as.
 *
 * @param post as the network's inbox keeps it
 * @param handle of who wrote it, without a sign
 * @param url where it is read
 */
record Found(UUID post, String handle, @Nullable String url) {
  JsonObject toJson() {
    JsonObject body = new JsonObject().put("handle", handle);
    Question.put(body, "url", url);
    return body;
  }

  static @Nullable Found of(@Nullable UUID post, @Nullable String origin) {
    if (post == null) {
      return null;
    }
    JsonObject json = origin == null ? new JsonObject() : new JsonObject(origin);
    return new Found(post, json.getString("handle", ""), json.getString("url"));
  }
}
