package plenary.hashtag;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hashtags of a meeting or a session.
 *
 * @param meeting those of the meeting
 * @param sessions for a session its own, which stand instead of the meeting's; for a meeting those
 *     of all its sessions, which are followed besides
 * @param startsAt of the session
 * @param endsAt of the session
 */
public record Followed(
    List<String> meeting,
    List<String> sessions,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt) {
  public Followed {
    meeting = List.copyOf(meeting);
    sessions = List.copyOf(sessions);
  }

  /** As they are written, each once by its matching key. */
  List<String> tags(boolean ofSession) {
    List<String> all = new ArrayList<>();
    if (!ofSession || sessions.isEmpty()) {
      all.addAll(meeting);
    }
    all.addAll(sessions);
    Set<String> seen = new HashSet<>();
    all.removeIf(tag -> !seen.add(Tags.key(tag)));
    return all;
  }
}
