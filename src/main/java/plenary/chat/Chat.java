package plenary.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/**
 * A session's chat, without its prompts.
 *
 * @param guests whom the host invited to answer
 * @param accounts what prompts go out through; none = in the hall only
 * @param publishedAt since when anybody may read the transcript
 */
record Chat(
    List<String> guests, List<UUID> accounts, boolean wallPaused, @Nullable Instant publishedAt) {
  /** Before anybody planned one. */
  static final Chat NONE = new Chat(List.of(), List.of(), false, null);

  /** The key of what everybody is told of it. */
  static final String KEY = "chat";

  Chat {
    guests = List.copyOf(guests);
    accounts = List.copyOf(accounts);
  }

  /** The body of {@code chat}. */
  JsonObject body() {
    JsonObject body =
        new JsonObject().put("guests", new JsonArray(guests)).put("wallPaused", wallPaused);
    return publishedAt == null ? body : body.put("publishedAt", Times.text(publishedAt));
  }
}
