package plenary.chat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.network.Network;

/**
 * Something that a chat's host says at its time.
 *
 * @param number of a question; the order in which they go out. Absent for one that does not
 * @param texts what differs from the text, by network
 * @param plannedAt absent = when the host says so
 * @param outAt when it went out
 */
record Prompt(
    UUID id,
    Kind kind,
    @Nullable Integer number,
    String text,
    Map<Network, String> texts,
    @Nullable Instant plannedAt,
    State state,
    @Nullable Instant outAt) {

  Prompt {
    texts = Map.copyOf(texts);
  }

  /** What it is for. */
  enum Kind {
    WELCOME,
    PROMPT,
    WRAPUP;

    private final String id = name().toLowerCase(Locale.ROOT);

    String id() {
      return id;
    }

    static Kind named(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** How it stands. */
  enum State {
    PLANNED,
    OUT,
    /** The host left it out. */
    SKIPPED,
    /** Its time passed while nothing was there to send it. */
    MISSED;

    private final String id = name().toLowerCase(Locale.ROOT);

    String id() {
      return id;
    }

    static State named(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  boolean isOut() {
    return state == State.OUT;
  }

  Prompt numbered(@Nullable Integer given) {
    return new Prompt(id, kind, given, text, texts, plannedAt, state, outAt);
  }

  Prompt planned(@Nullable Instant at) {
    return new Prompt(id, kind, number, text, texts, at, State.PLANNED, null);
  }

  Prompt saying(String changed, Map<Network, String> differing) {
    return new Prompt(id, kind, number, changed, differing, plannedAt, state, outAt);
  }

  Prompt now(State changed) {
    return new Prompt(id, kind, number, text, texts, plannedAt, changed, null);
  }

  Prompt out(Instant at) {
    return new Prompt(id, kind, number, text, texts, plannedAt, State.OUT, at);
  }

  String key() {
    return "prompt/" + id;
  }

  /** The body of {@code prompt/…}, without where it was posted. */
  JsonObject body() {
    JsonObject body =
        new JsonObject().put("id", id.toString()).put("kind", kind.id()).put("text", text);
    if (number != null) {
      body.put("number", number);
    }
    if (plannedAt != null) {
      body.put("at", Times.text(plannedAt));
    }
    body.put("state", state.id());
    return outAt == null ? body : body.put("outAt", Times.text(outAt));
  }

  /** What differs, by network, as the contract has it. */
  JsonObject textsBody() {
    JsonObject body = new JsonObject();
    texts.forEach((network, differing) -> body.put(network.id(), differing));
    return body;
  }
}
