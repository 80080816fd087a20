package plenary.meeting;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import plenary.database.Database;
import plenary.database.Outages;

/** What meetings follow on networks: their hashtags and those of their sessions. */
public final class Follows {
  /** People post under a meeting's hashtag before it begins and after it is over. */
  private static final Duration AROUND = Duration.ofDays(7);

  private final Database database;

  /** Over a database. */
  public Follows(Database database) {
    this.database = database;
  }

  /**
   * A meeting that follows something now.
   *
   * @param tags of the meeting, as they were written; the first is the primary one
   * @param sessions those with hashtags of their own, and those that are open or live
   */
  public record Followed(UUID meeting, List<String> tags, List<Slot> sessions) {
    public Followed {
      tags = List.copyOf(tags);
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * A session of it.
   *
   * @param tags of its own; empty = those of the meeting
   */
  public record Slot(UUID session, SessionState state, List<String> tags) {
    public Slot {
      tags = List.copyOf(tags);
    }

    public boolean isLive() {
      return state == SessionState.LIVE;
    }

    public boolean isOpen() {
      return state == SessionState.OPEN;
    }
  }

  /**
   * Of these meetings, those that follow something now: a week before they begin until a week after
   * they end, always while they have no dates, and while a session is open.
   */
  public Future<Map<UUID, Followed>> of(Set<UUID> meetings, Instant now) {
    return FollowStore.of(database.pool(), meetings, now, AROUND)
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
