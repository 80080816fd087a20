package plenary.erasure;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import plenary.database.Database;
import plenary.meeting.MeetingErasure;

/**
 * Erases meetings whose time is over: so many days after their last day, as their rules say, and as
 * many after they were last changed. One without a last day stays. Every node looks each hour; of
 * two that find the same one, the second finds nothing left.
 */
public final class Retention {
  private static final System.Logger LOG = System.getLogger(Retention.class.getName());
  private static final long HOUR_MS = 3_600_000;

  /** Meetings of one round; the rest have waited for months and can wait another hour. */
  private static final int ROUND_MAX = 20;

  private final Vertx vertx;
  private final Database database;
  private final Erasures erasures;
  private final InstantSource time;
  private long timer = -1;

  public Retention(Vertx vertx, Database database, Erasures erasures, InstantSource time) {
    this.vertx = vertx;
    this.database = database;
    this.erasures = erasures;
    this.time = time;
  }

  /** Starts to look each hour. */
  public void start() {
    timer =
        vertx.setPeriodic(
            HOUR_MS,
            tick ->
                run()
                    .onFailure(
                        error ->
                            LOG.log(
                                System.Logger.Level.WARNING, "retention is tried again", error)));
  }

  /** Stops; an erasure under way ends by itself. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  /**
   * Looks now.
   *
   * @return how many meetings were erased
   */
  public Future<Integer> run() {
    return MeetingErasure.outlived(database.pool(), time.instant(), ROUND_MAX)
        .compose(this::erase)
        .compose(count -> erasures.list().map(count));
  }

  /** One after the other, so that commands of running sessions never wait long. */
  private Future<Integer> erase(List<UUID> meetings) {
    Future<Integer> all = Future.succeededFuture(0);
    for (UUID meeting : meetings) {
      all = all.compose(count -> erasures.erase(meeting).map(count + 1));
    }
    return all;
  }
}
