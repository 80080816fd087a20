package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.hashtag.Followed;
import plenary.problem.Failure;

/** Sessions of a meeting together with it, for what looks at all of them at once. */
public final class Agendas {
  private final Database database;

  /** Over a database. */
  public Agendas(Database database) {
    this.database = database;
  }

  /** Sessions of a meeting. */
  public record Listed(Meeting meeting, List<Session> sessions) {
    public Listed {
      sessions = List.copyOf(sessions);
    }

    /** The hashtag of a listed session: its own first one, or the meeting's. */
    public @Nullable String hashtag(UUID session) {
      return sessions.stream()
          .filter(each -> each.id().equals(session) && !each.hashtags().isEmpty())
          .map(each -> each.hashtags().getFirst())
          .findFirst()
          .orElse(meeting.hashtags().isEmpty() ? null : meeting.hashtags().getFirst());
    }
  }

  /** All of them by time. */
  public Future<Listed> all(UUID meeting) {
    return listed(meeting, SessionStore::all);
  }

  /** Those that people can take part in now, live ones first. */
  public Future<Listed> current(UUID meeting, int limit) {
    return listed(meeting, (sql, id) -> SessionStore.current(sql, id, limit));
  }

  /** One session alone. */
  public Future<Listed> one(UUID meeting, UUID session) {
    return listed(
        meeting,
        (sql, id) -> SessionStore.find(sql, session).map(found -> found.stream().toList()));
  }

  /** The hashtags of a meeting with all its sessions, or of one session. */
  public Future<Followed> followed(UUID meeting, @Nullable UUID session) {
    return FollowedStore.find(database.pool(), meeting, session)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  private Future<Listed> listed(
      UUID meeting, BiFunction<SqlClient, UUID, Future<List<Session>>> sessions) {
    return MeetingStore.find(database.pool(), meeting)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
        .compose(in -> sessions.apply(database.pool(), meeting).map(all -> new Listed(in, all)))
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
