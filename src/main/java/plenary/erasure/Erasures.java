package plenary.erasure;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import plenary.access.Access;
import plenary.chat.ChatErasure;
import plenary.database.Database;
import plenary.hashtag.HashtagErasure;
import plenary.live.Live;
import plenary.meeting.MeetingErasure;
import plenary.meeting.Places;
import plenary.network.NetworkErasure;
import plenary.question.QuestionErasure;
import plenary.stage.StageErasure;

/**
 * Erases a meeting in one transaction: sessions, questions, votes, log, people, roles, tokens, and
 * what the live engine keeps. It locks the heads of the sessions first, as commands do, so a
 * command is either wholly before it, and erased too, or finds nothing and is refused.
 */
public final class Erasures {
  private static final System.Logger LOG = System.getLogger(Erasures.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Somebody who joined by a code that another node still remembered is gone after this. */
  private static final long SWEEP_MS = 5_000;

  private final Vertx vertx;
  private final Database database;
  private final Live live;
  private final Access access;
  private final Places places;

  public Erasures(Vertx vertx, Database database, Live live, Access access, Places places) {
    this.vertx = vertx;
    this.database = database;
    this.live = live;
    this.access = access;
    this.places = places;
  }

  private record Erased(List<UUID> sessions, Runnable people) {}

  /**
   * Erases a meeting, and ends every stream of its sessions.
   *
   * @param typed its name, typed by whoever means it
   */
  public Future<Void> erase(UUID meeting, String typed) {
    return erase(meeting, sql -> MeetingErasure.hold(sql, meeting, typed));
  }

  /** Erases a meeting that nobody has to be asked about any more. */
  Future<Void> erase(UUID meeting) {
    return erase(meeting, sql -> MeetingErasure.hold(sql, meeting));
  }

  private Future<Void> erase(UUID meeting, Function<SqlConnection, Future<Void>> hold) {
    return database
        .transaction(LIMIT, sql -> erase(sql, meeting, hold))
        .map(
            erased -> {
              places.forget(meeting, erased.sessions());
              live.erased(erased.sessions());
              erased.people().run();
              vertx.setTimer(SWEEP_MS, tick -> sweep(meeting));
              LOG.log(
                  System.Logger.Level.INFO,
                  "meeting {0} was erased with {1} sessions",
                  meeting,
                  erased.sessions().size());
              return null;
            });
  }

  private Future<Erased> erase(
      SqlConnection sql, UUID meeting, Function<SqlConnection, Future<Void>> hold) {
    return MeetingErasure.sessions(sql, meeting)
        .compose(before -> Live.hold(sql, before))
        .compose(held -> NetworkErasure.hold(sql, meeting))
        .compose(held -> hold.apply(sql))
        // Once more: nothing is added any more, and what was added in between is held as well.
        .compose(held -> MeetingErasure.sessions(sql, meeting))
        .compose(
            sessions ->
                Live.hold(sql, sessions)
                    .compose(held -> StageErasure.of(sql, sessions))
                    .compose(done -> ChatErasure.of(sql, sessions))
                    .compose(done -> QuestionErasure.of(sql, sessions))
                    .compose(done -> HashtagErasure.of(sql, meeting))
                    .compose(done -> NetworkErasure.of(sql, meeting))
                    .compose(done -> access.erase(sql, meeting))
                    .compose(
                        people ->
                            MeetingErasure.of(sql, meeting)
                                .compose(done -> Live.erase(sql, sessions))
                                .map(new Erased(sessions, people))));
  }

  private void sweep(UUID meeting) {
    database
        .transaction(sql -> access.erase(sql, meeting))
        .onSuccess(Runnable::run)
        .onFailure(
            error -> LOG.log(System.Logger.Level.WARNING, "a late participant may be left", error));
  }
}
