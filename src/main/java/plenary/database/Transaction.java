package plenary.database;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * One transaction with a deadline. When the deadline passes before the commit was asked for, it
 * will never be: the caller is told that nothing changed, and that is true. When it passes later,
 * the outcome is unknown, and the caller is told that.
 */
final class Transaction<T> {
  private static final int RUNS_MAX = 3;

  private enum Phase {
    WORKING,
    COMMITTING,
    EXPIRED
  }

  private final Vertx vertx;
  private final Pool pool;
  private final String opening;
  private final Function<SqlConnection, Future<T>> work;
  private final Promise<T> promise = Promise.promise();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WORKING);

  /**
   * @param opening statements to run right after BEGIN; may be empty
   */
  Transaction(Vertx vertx, Pool pool, String opening, Function<SqlConnection, Future<T>> work) {
    this.vertx = vertx;
    this.pool = pool;
    this.opening = opening;
    this.work = work;
  }

  Future<T> run(Duration limit) {
    long timer = vertx.setTimer(limit.toMillis(), id -> expire());
    attempt(1)
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              if (done.succeeded()) {
                promise.tryComplete(done.result());
              } else {
                promise.tryFail(done.cause());
              }
            });
    return promise.future();
  }

  private void expire() {
    if (phase.compareAndSet(Phase.WORKING, Phase.EXPIRED)) {
      promise.tryFail(Outages.unreachable());
    } else {
      promise.tryFail(Outages.outcomeUnknown());
    }
  }

  private Future<T> attempt(int run) {
    return pool.getConnection()
        .compose(sql -> once(sql).eventually(sql::close))
        .recover(
            error -> {
              if (Outages.runAgain(error) && run < RUNS_MAX && reopen()) {
                long pause = ThreadLocalRandom.current().nextLong(2, 20L * run);
                return vertx.timer(pause).compose(elapsed -> attempt(run + 1));
              }
              return Future.failedFuture(Outages.told(error));
            });
  }

  /** Back to work, unless the deadline has passed. */
  private boolean reopen() {
    return phase.get() != Phase.EXPIRED && phase.getAndSet(Phase.WORKING) != Phase.EXPIRED;
  }

  private Future<T> once(SqlConnection sql) {
    // What breaks the connection also fails the statement under way, and that is told.
    sql.exceptionHandler(error -> {});
    return sql.begin()
        .compose(
            transaction ->
                opened(sql)
                    .compose(ready -> work.apply(sql))
                    .compose(this::mayCommit)
                    .recover(
                        error ->
                            transaction
                                .rollback()
                                .transform(ended -> Future.<T>failedFuture(error)))
                    .compose(
                        value ->
                            transaction
                                .commit()
                                .recover(error -> Future.failedFuture(commitError(error)))
                                .map(value)));
  }

  private Future<?> opened(SqlConnection sql) {
    return opening.isEmpty() ? Future.succeededFuture() : sql.query(opening).execute();
  }

  private Future<T> mayCommit(T value) {
    return phase.compareAndSet(Phase.WORKING, Phase.COMMITTING)
        ? Future.succeededFuture(value)
        : Future.failedFuture(Outages.unreachable());
  }

  private static Throwable commitError(Throwable error) {
    return Outages.runAgain(error) ? error : Outages.toldOfCommit(error);
  }
}
