package plenary.chat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.network.Network;

/**
 * What is sent of a prompt through one account.
 *
 * @param identity as {@link plenary.network.Publisher#reserve} gave it
 * @param problem a sentence for the host
 * @param dueAt absent = when the host says so; what was missed may be sent from then on
 * @param tries how often somebody began to send it
 * @param triedAt when somebody did first
 */
record Posting(
    UUID prompt,
    UUID account,
    Network network,
    @Nullable String handle,
    String identity,
    String text,
    @Nullable String language,
    State state,
    @Nullable String problem,
    Instant reservedAt,
    @Nullable Instant dueAt,
    int tries,
    @Nullable Instant triedAt,
    @Nullable String url) {

  /** How it stands. */
  enum State {
    /** It will be sent as soon as somebody gets to it. */
    RESERVED,
    /** A node is at it. */
    SENDING,
    SENT,
    /** It will never be taken like this. */
    REFUSED,
    /** The network asked to wait. */
    WAITING,
    /** Nobody knows whether it arrived; it is looked for before it is sent again. */
    UNKNOWN,
    /** Its time passed before anybody could try. */
    MISSED;

    private final String id = name().toLowerCase(Locale.ROOT);

    String id() {
      return id;
    }

    static State named(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** Whether the host may have it tried again. */
    boolean isOver() {
      return this == REFUSED || this == MISSED || this == UNKNOWN;
    }
  }

  /** For the host. */
  JsonObject body() {
    JsonObject body =
        new JsonObject().put("account", account.toString()).put("network", network.id());
    put(body, "handle", handle);
    body.put("state", state.id());
    put(body, "problem", problem);
    put(body, "url", url);
    boolean waits = state == State.WAITING || state == State.MISSED;
    return waits && dueAt != null ? body.put("nextAt", Times.text(dueAt)) : body;
  }

  /** For everybody, once it was sent. */
  JsonObject publicBody() {
    JsonObject body = new JsonObject().put("network", network.id());
    put(body, "url", url);
    return body;
  }

  private static void put(JsonObject body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
