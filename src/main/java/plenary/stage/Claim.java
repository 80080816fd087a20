package plenary.stage;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import plenary.database.Times;

/**
 * That a moderator is at a question.
 *
 * @param holder the grant in whose name it is held
 * @param until when it ends by itself, unless it is renewed
 */
record Claim(UUID question, UUID holder, String name, Instant since, Instant until) {
  static String key(UUID question) {
    return "claim/" + question;
  }

  /** The body of {@code claim/…}. */
  JsonObject body() {
    return new JsonObject()
        .put("question", question.toString())
        .put("by", holder.toString())
        .put("name", name)
        .put("at", Times.text(since))
        .put("until", Times.text(until));
  }
}
