package plenary.question;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/**
 * Who did what.
 *
 * @param changes for each question its {@code id} and the fields {@code from} and {@code to}
 * @param undoes the entry this one took back
 * @param undoneBy the entry that took this one back
 */
record LogEntry(
    UUID id,
    long version,
    Instant at,
    String by,
    String role,
    String action,
    @Nullable String reason,
    JsonArray changes,
    @Nullable UUID undoes,
    @Nullable UUID undoneBy) {

  JsonObject toJson() {
    JsonObject body =
        new JsonObject()
            .put("id", id.toString())
            .put("version", version)
            .put("at", Times.text(at))
            .put("by", by)
            .put("role", role)
            .put("action", action)
            .put("questions", changes);
    Question.put(body, "reason", reason);
    Question.put(body, "undoes", undoes);
    Question.put(body, "undoneBy", undoneBy);
    return body;
  }
}
