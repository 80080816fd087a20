package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;

/**
 * Opens, starts and closes sessions by their times, and shows them again when their meeting
 * changed. Every node has one; each change is a command that finds under the session's lock whether
 * there is still something to do, so it happens once however many clocks tick.
 */
public final class SessionClock {
  private static final System.Logger LOG = System.getLogger(SessionClock.class.getName());
  private static final long TICK_MS = 1_000;

  /** Commands of the clock under way at once, so that moderators' commands never wait long. */
  private static final int UNDER_WAY_MAX = 50;

  private final Vertx vertx;
  private final Database database;
  private final Sessions sessions;
  private final Timetable timetable;
  private final InstantSource time;
  private @Nullable Future<Integer> ticking;
  private long timer = -1;

  /** A clock that stands still until {@link #start}. */
  public SessionClock(
      Vertx vertx, Database database, Sessions sessions, Timetable timetable, InstantSource time) {
    this.vertx = vertx;
    this.database = database;
    this.sessions = sessions;
    this.timetable = timetable;
    this.time = time;
  }

  /**
   * Starts to tick, each second. Looks first whether the boundaries are those of this timetable:
   * they are stored with the session, and the configuration may have changed.
   */
  public Future<Void> start() {
    return realign()
        .onSuccess(done -> timer = vertx.setPeriodic(TICK_MS, tick -> tick()))
        .mapEmpty();
  }

  /** Stops; what is under way ends by itself. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  private Future<Void> realign() {
    Instant now = time.instant();
    return SessionStore.timed(database.pool())
        .compose(
            timed -> {
              List<SessionStore.Rescheduled> moved = new ArrayList<>();
              for (Session session : timed) {
                Session settled = timetable.settle(session, now);
                Instant next = settled.state() == session.state() ? settled.nextChange() : now;
                Instant set = session.nextChange();
                if (!Objects.equals(next, set) && (set == null || set.isAfter(now))) {
                  moved.add(new SessionStore.Rescheduled(session, next));
                }
              }
              return SessionStore.reschedule(database.pool(), moved);
            });
  }

  /**
   * Looks for what is due and does it; while one round is under way, that one is returned.
   *
   * @return how many sessions were looked at
   */
  public synchronized Future<Integer> tick() {
    Future<Integer> now = ticking;
    if (now == null || now.isComplete()) {
      now =
          round(0)
              .onFailure(
                  error ->
                      LOG.log(System.Logger.Level.WARNING, "sessions wait for their times", error));
      ticking = now;
    }
    return now;
  }

  private Future<Integer> round(int before) {
    return SessionStore.due(database.pool(), time.instant(), UNDER_WAY_MAX)
        .compose(
            due -> {
              List<Future<?>> settled = new ArrayList<>();
              for (UUID id : due) {
                settled.add(sessions.settle(id));
              }
              // One session that cannot be changed must not stop the clock of the others; but it
              // ends the round, or it would be tried for ever.
              return Future.join(settled)
                  .transform(
                      done ->
                          done.succeeded() && due.size() == UNDER_WAY_MAX
                              ? round(before + due.size())
                              : done.succeeded()
                                  ? Future.succeededFuture(before + due.size())
                                  : Future.failedFuture(done.cause()));
            });
  }
}
