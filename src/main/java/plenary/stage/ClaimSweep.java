package plenary.stage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.live.Live;

/**
 * Ends claims that nobody renewed. Every node has one; what is ended is found under the session's
 * lock, so it happens once however many sweep.
 */
public final class ClaimSweep {
  private static final System.Logger LOG = System.getLogger(ClaimSweep.class.getName());
  private static final long TICK_MS = 5_000;

  /** Claims looked at in one round; the rest wait for the next. */
  private static final int ROUND_MAX = 100;

  private final Vertx vertx;
  private final Database database;
  private final Live live;
  private final InstantSource time;
  private @Nullable Future<?> sweeping;
  private long timer = -1;

  /** A sweep that stands still until {@link #start}. */
  public ClaimSweep(Vertx vertx, Database database, Live live, InstantSource time) {
    this.vertx = vertx;
    this.database = database;
    this.live = live;
    this.time = time;
  }

  /** Starts to look, every five seconds. */
  public void start() {
    timer = vertx.setPeriodic(TICK_MS, tick -> tick());
  }

  /** Stops; what is under way ends by itself. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  private synchronized void tick() {
    Future<?> before = sweeping;
    if (before == null || before.isComplete()) {
      sweeping =
          ClaimStore.due(database.pool(), time.instant(), ROUND_MAX)
              .compose(
                  due ->
                      Future.join(due.stream().map(id -> live.submit(Claims.expire(id))).toList()))
              .onFailure(
                  error -> LOG.log(System.Logger.Level.WARNING, "claims: {0}", error.toString()));
    }
  }
}
