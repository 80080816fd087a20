package plenary.access;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import plenary.identity.Principal;
import plenary.meeting.Places;
import plenary.web.Gate;

/** The edge's questions about callers and places, answered from memory where possible. */
final class AccessGate implements Gate {
  private final Principals principals;
  private final Places places;

  AccessGate(Principals principals, Places places) {
    this.principals = principals;
    this.places = places;
  }

  @Override
  public Future<Principal> authenticate(String token) {
    return principals.of(token);
  }

  @Override
  public Future<Optional<UUID>> meetingOf(UUID session) {
    return places.meetingOf(session);
  }

  @Override
  public Future<Boolean> meetingExists(UUID meeting) {
    return places.meetingExists(meeting);
  }
}
