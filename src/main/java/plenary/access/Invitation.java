package plenary.access;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Role;

/**
 * A personal link that gives a role.
 *
 * @param session narrows the role to one session; null = the whole meeting
 * @param name of the person, or of the screen
 */
record Invitation(
    UUID id,
    UUID meeting,
    @Nullable UUID session,
    Role role,
    String name,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant usedAt,
    @Nullable Instant revokedAt) {

  /** The contract's {@code Invitation}. */
  JsonObject toJson(Instant now) {
    JsonObject body = new JsonObject().put("id", id.toString()).put("meeting", meeting.toString());
    if (session != null) {
      body.put("session", session.toString());
    }
    body.put("role", role.id())
        .put("name", name)
        .put("state", state(now))
        .put("createdAt", Bodies.time(createdAt))
        .put("expiresAt", Bodies.time(expiresAt));
    return usedAt == null ? body : body.put("acceptedAt", Bodies.time(usedAt));
  }

  private String state(Instant now) {
    if (revokedAt != null) {
      return "revoked";
    }
    if (usedAt != null) {
      return "accepted";
    }
    return expiresAt.isAfter(now) ? "open" : "expired";
  }
}
