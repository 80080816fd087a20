package plenary.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that was given to a person, or to a screen.
 *
 * @param meeting where it counts; absent = on the whole server (the organiser who set it up)
 * @param session narrows it to one session of the meeting; absent = in all of them
 * @param name of the person who holds it, as the moderation log shows it
 */
public record Grant(
    UUID id, Role role, @Nullable UUID meeting, @Nullable UUID session, String name) {

  /** Whether the grant counts in that meeting and, when one is named, in that session. */
  public boolean covers(UUID inMeeting, @Nullable UUID inSession) {
    if (meeting == null) {
      return true;
    }
    return meeting.equals(inMeeting) && (session == null || session.equals(inSession));
  }
}
