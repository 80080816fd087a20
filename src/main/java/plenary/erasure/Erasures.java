package plenary.erasure;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import plenary.access.Access;
import plenary.chat.ChatErasure;
import plenary.database.Database;
import plenary.hashtag.HashtagErasure;
import plenary.live.Live;
import plenary.meeting.MeetingErasure;
import plenary.meeting.Places;
import plenary.network.NetworkErasure;
import plenary.problem.Failure;
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
  private final ErasedList list;

  /**
   * Puts it together; it lists nothing before {@link #start}.
   *
   * @param list the file that ids of erased meetings are added to
   */
  public Erasures(
      Vertx vertx,
      Database database,
      Live live,
      Access access,
      Places places,
      Optional<Path> list) {
    this.vertx = vertx;
    this.database = database;
    this.live = live;
    this.access = access;
    this.places = places;
    this.list = new ErasedList(list);
  }

  private record Erased(List<UUID> sessions, Runnable people) {}

  /**
   * Erases again what is on the list and came back with a backup, whatever it was restored by, and
   * then makes the list complete. Before anybody is served.
   */
  public Future<Void> start() {
    return vertx
        .executeBlocking(list::read)
        .compose(ids -> MeetingErasure.among(database.pool(), ids))
        .compose(this::eraseAgain)
        .compose(done -> list());
  }

  private Future<Void> eraseAgain(List<UUID> back) {
    Future<Void> all = Future.succeededFuture();
    for (UUID meeting : back) {
      all =
          all.compose(done -> erase(meeting))
              // Another node that starts does the same.
              .recover(
                  error ->
                      error instanceof Failure.NotFound
                          ? Future.succeededFuture()
                          : Future.failedFuture(error));
    }
    return all;
  }

  /** Adds to the list what it misses: what other nodes erased, or could not be written. */
  Future<Void> list() {
    return MeetingErasure.gone(database.pool())
        .compose(
            gone ->
                vertx.executeBlocking(
                    () -> {
                      list.complete(gone, Instant.now());
                      return null;
                    }));
  }

  private Future<Void> add(UUID meeting) {
    return vertx.executeBlocking(
        () -> {
          list.add(List.of(meeting), Instant.now());
          return null;
        });
  }

  /** The meeting is erased all the same, and {@link Retention} tries the list again each hour. */
  private Future<Void> later(Throwable error) {
    LOG.log(System.Logger.Level.WARNING, "an erased meeting is not on the list yet", error);
    return Future.succeededFuture();
  }

  /**
   * Erases what is on a list from a database that was just restored, and that nobody is served from
   * yet.
   *
   * @param sql the transaction of the restore
   * @return how many meetings it erased
   */
  public static Future<Integer> again(SqlConnection sql, Optional<Path> list) {
    return MeetingErasure.among(sql, new ErasedList(list).read())
        .compose(
            back -> {
              Future<Integer> all = Future.succeededFuture(0);
              for (UUID meeting : back) {
                all = all.compose(count -> again(sql, meeting).map(count + 1));
              }
              return all;
            });
  }

  private static Future<Void> again(SqlConnection sql, UUID meeting) {
    return MeetingErasure.sessions(sql, meeting)
        .compose(sessions -> everything(sql, meeting, sessions, Access::eraseUnserved))
        .mapEmpty();
  }

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
            })
        .compose(done -> add(meeting).recover(this::later));
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
                    .compose(held -> everything(sql, meeting, sessions, access::erase))
                    .map(people -> new Erased(sessions, people)));
  }

  /** Deletes a meeting whose sessions are held. */
  private static <T> Future<T> everything(
      SqlConnection sql,
      UUID meeting,
      List<UUID> sessions,
      BiFunction<SqlConnection, UUID, Future<T>> access) {
    return StageErasure.of(sql, sessions)
        .compose(done -> ChatErasure.of(sql, sessions))
        .compose(done -> QuestionErasure.of(sql, sessions))
        .compose(done -> HashtagErasure.of(sql, meeting))
        .compose(done -> NetworkErasure.of(sql, meeting))
        .compose(done -> access.apply(sql, meeting))
        .compose(
            people ->
                MeetingErasure.of(sql, meeting)
                    .compose(done -> Live.erase(sql, sessions))
                    .map(people));
  }

  private void sweep(UUID meeting) {
    database
        .transaction(sql -> access.erase(sql, meeting))
        .onSuccess(Runnable::run)
        .onFailure(
            error -> LOG.log(System.Logger.Level.WARNING, "a late participant may be left", error));
  }
}
