package plenary.web;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import plenary.identity.Principal;

/** What the edge has to know about callers and places before it lets a request in. */
public interface Gate {
  /** Who holds this token; {@link Principal#NOBODY} for an unknown, expired or revoked one. */
  Future<Principal> authenticate(String token);

  /** The meeting a session belongs to; empty for an unknown session. */
  Future<Optional<UUID>> meetingOf(UUID session);

  /** Whether there is such a meeting. */
  Future<Boolean> meetingExists(UUID meeting);
}
