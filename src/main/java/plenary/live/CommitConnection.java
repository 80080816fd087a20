package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import plenary.database.Outages;
import plenary.problem.Failure;

/** The one connection of a committer, made again when it was lost. Used on the committer's loop. */
final class CommitConnection {
  private static final Logger LOG = Logger.getLogger(CommitConnection.class.getName());
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Of the one transaction that is under way. */
  private static final int STATEMENTS_SENT_AHEAD = 64;

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final CommitLimits limits;
  private @Nullable PgConnection current;
  private boolean reachable = true;

  CommitConnection(Vertx vertx, PgConnectOptions options, CommitLimits limits) {
    this.vertx = vertx;
    this.options = new PgConnectOptions(options).setPipeliningLimit(STATEMENTS_SENT_AHEAD);
    this.limits = limits;
  }

  /** The connection is gone; whether the batch was committed is not known. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost(Throwable cause) {
      super("connection lost", cause, false, false);
    }
  }

  /** The connection, or {@code 503} when there is none within half of a batch's time. */
  Future<PgConnection> get() {
    PgConnection known = current;
    if (known != null) {
      return Future.succeededFuture(known);
    }
    Future<PgConnection> connecting = PgConnection.connect(vertx, options);
    return connecting
        .timeout(limits.batchTimeout().toMillis() / 2, TimeUnit.MILLISECONDS)
        .map(this::made)
        .recover(
            failure -> {
              // One that comes about after all, too late, is nobody's.
              connecting.onSuccess(PgConnection::close);
              reachable(false, failure);
              return Future.failedFuture(
                  new Failure.Unavailable(
                      "internal", "The database cannot be reached now.", RETRY_AFTER));
            });
  }

  private PgConnection made(PgConnection made) {
    current = made;
    reachable(true, null);
    made.exceptionHandler(
        failure -> LOG.log(Level.FINE, "A committer's connection broke.", failure));
    made.closeHandler(
        ignored -> {
          if (current == made) {
            current = null;
          }
        });
    return made;
  }

  /** Whether batches may still be committed on it. */
  boolean isUsed(PgConnection sql) {
    return current == sql;
  }

  /**
   * A connection that failed under a batch is never used again; nobody waits for it to close.
   *
   * @param work what may still be under way on it. Closing ends its transaction first, and whatever
   *     statement comes next would take effect on its own: so it is closed when the work has ended
   */
  Throwable lostOr(PgConnection sql, Throwable failure, Future<?> work) {
    boolean lost =
        current != sql
            || failure instanceof TimeoutException
            || Outages.connectionLost(failure)
            || (failure instanceof PgException pg && pg.getSqlState().startsWith("57P"));
    if (!lost) {
      return failure;
    }
    if (current == sql) {
      current = null;
    }
    work.onComplete(ended -> sql.close());
    return new Lost(failure);
  }

  /** Says so once when the database goes and once when it comes back, however many try. */
  private void reachable(boolean now, @Nullable Throwable why) {
    if (reachable && !now) {
      LOG.log(Level.WARNING, "A committer cannot reach the database.", why);
    } else if (!reachable && now) {
      LOG.info("A committer reaches the database again.");
    }
    reachable = now;
  }
}
