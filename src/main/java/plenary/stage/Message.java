package plenary.stage;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.live.Change;
import plenary.live.View;

/**
 * A few words of a moderator to the podium.
 *
 * @param receivedBy who said OK, first
 * @param goneAt when it was withdrawn or crowded out
 */
record Message(
    UUID id,
    String text,
    String by,
    Instant at,
    @Nullable String receivedBy,
    @Nullable Instant receivedAt,
    @Nullable Instant goneAt) {

  Message received(String who, Instant when) {
    return new Message(id, text, by, at, who, when, goneAt);
  }

  String key() {
    return "message/" + id;
  }

  void put(Change change) {
    change.put(key(), View.of(View.SPEAKER, View.MODERATOR), body());
  }

  /** The body of {@code message/…}. */
  JsonObject body() {
    JsonObject body =
        new JsonObject()
            .put("id", id.toString())
            .put("text", text)
            .put("by", by)
            .put("at", Times.text(at));
    if (receivedAt != null) {
      body.put("receivedBy", receivedBy).put("receivedAt", Times.text(receivedAt));
    }
    return body;
  }
}
