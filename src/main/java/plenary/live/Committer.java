package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import plenary.problem.Failure;

/**
 * Group commit: commands that arrive together are committed together, and answered after the
 * commit. One connection, one batch under way, two bounded queues (staff first).
 *
 * <p>{@link #submit} may be called from any thread; everything else happens on one event loop.
 */
final class Committer {
  private static final Logger LOG = Logger.getLogger(Committer.class.getName());
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int CONFLICT_RETRIES = 3;
  private static final long NOT_GATHERING = -1;

  private final Vertx vertx;
  private final Context context;
  private final CommitLimits limits;
  private final Consumer<Committed> onCommitted;
  private final LiveMeters meters;
  private final Faults faults;

  private final CommandQueues queues;
  private final CommitConnection connection;
  private final AtomicBoolean awake = new AtomicBoolean();

  private boolean running;
  private long gathering = NOT_GATHERING;
  private long lastStart;

  Committer(
      Vertx vertx,
      Context context,
      PgConnectOptions options,
      CommitLimits limits,
      Consumer<Committed> onCommitted,
      LiveMeters meters,
      Faults faults) {
    this.vertx = vertx;
    this.context = context;
    this.limits = limits;
    this.onCommitted = onCommitted;
    this.meters = meters;
    this.faults = faults;
    this.queues = new CommandQueues(limits, meters);
    this.connection = new CommitConnection(vertx, options, limits);
    this.lastStart = System.nanoTime() - limits.gatherEvery().toNanos();
    context.runOnContext(
        ignored ->
            vertx.setPeriodic(limits.deadline().toMillis() / 10, tick -> queues.refuseLate()));
  }

  /** Queues a command. The future completes after the commit, or fails with why it was not done. */
  Future<JsonObject> submit(Command command) {
    Promise<JsonObject> promise = Promise.promise();
    Pending pending = new Pending(command, promise, Vertx.currentContext(), System.nanoTime());
    if (!queues.offer(pending)) {
      meters.refused("queue-full");
      return Future.failedFuture(CommandQueues.busy());
    }
    if (awake.compareAndSet(false, true)) {
      context.runOnContext(ignored -> pump());
    }
    return promise.future();
  }

  int waiting(Command.Lane lane) {
    return queues.waiting(lane);
  }

  private static Failure unknown() {
    return new Failure.Unavailable(
        "outcome-unknown",
        "The database connection was lost; send the same request again with the same key.",
        RETRY_AFTER);
  }

  private void pump() {
    awake.set(false);
    if (running) {
      return;
    }
    long pause = lastStart + limits.gatherEvery().toNanos() - System.nanoTime();
    if (pause > 0 && queues.mayGather()) {
      if (gathering == NOT_GATHERING) {
        gathering =
            vertx.setTimer(
                Math.max(1, Duration.ofNanos(pause).toMillis()),
                ignored -> {
                  gathering = NOT_GATHERING;
                  pump();
                });
      }
      return;
    }
    if (gathering != NOT_GATHERING) {
      vertx.cancelTimer(gathering);
      gathering = NOT_GATHERING;
    }
    start(queues.take());
  }

  private void start(List<Pending> batch) {
    if (batch.isEmpty()) {
      return;
    }
    running = true;
    lastStart = System.nanoTime();
    attempt(batch, CONFLICT_RETRIES, true)
        .onComplete(
            ignored -> {
              running = false;
              pump();
            });
  }

  /**
   * @param open whether it may take more commands once it has the lock
   */
  private Future<Void> attempt(List<Pending> commands, int conflictsLeft, boolean open) {
    long start = System.nanoTime();
    return transact(commands, open)
        .compose(
            batch -> {
              meters.committed(commands.size(), System.nanoTime() - start);
              batch.committed().forEach(onCommitted);
              // In the next turn, so that the database has the next batch to work on meanwhile.
              context.runOnContext(ignored -> Pending.deliver(batch.outcomes()));
              return Future.<Void>succeededFuture();
            },
            failure -> recover(commands, conflictsLeft, open, failure));
  }

  private Future<Void> recover(
      List<Pending> commands, int conflictsLeft, boolean open, Throwable failure) {
    if (failure instanceof PgException sql
        && (sql.getSqlState().equals("40001") || sql.getSqlState().equals("40P01"))
        && conflictsLeft > 0) {
      return attempt(commands, conflictsLeft - 1, open);
    }
    if (failure instanceof Failure) {
      meters.refused("database");
      fail(commands, failure);
      return Future.succeededFuture();
    }
    if (failure instanceof CommitConnection.Lost) {
      meters.refused("connection-lost");
      LOG.log(Level.WARNING, "The connection of a committer was lost.", failure);
      fail(commands, unknown());
      return Future.succeededFuture();
    }
    if (commands.size() == 1) {
      meters.guilty(commands.getFirst().command().kind());
      LOG.log(Level.SEVERE, "A command failed: " + commands.getFirst().command().kind(), failure);
      fail(commands, failure);
      return Future.succeededFuture();
    }
    int half = commands.size() / 2;
    return attempt(commands.subList(0, half), CONFLICT_RETRIES, false)
        .compose(
            ignored -> attempt(commands.subList(half, commands.size()), CONFLICT_RETRIES, false));
  }

  private static void fail(List<Pending> commands, Throwable failure) {
    Pending.deliver(
        commands.stream().map(pending -> new Pending.Outcome(pending, null, failure)).toList());
  }

  private Future<Batch> transact(List<Pending> commands, boolean open) {
    return connection
        .get()
        .compose(
            sql -> {
              Future<Batch> work = transact(sql, commands, open);
              return work.timeout(limits.batchTimeout().toMillis(), TimeUnit.MILLISECONDS)
                  .recover(failure -> Future.failedFuture(connection.lostOr(sql, failure, work)));
            });
  }

  private Future<Batch> transact(PgConnection sql, List<Pending> commands, boolean open) {
    Function<Set<UUID>, List<Pending>> more =
        sessions ->
            open && connection.isUsed(sql) ? queues.takeMore(sessions, commands) : List.of();
    Future<Transaction> begun = sql.begin();
    Future<Batch> run = new Batch(sql, commands, more, Instant.now()).run(begun);
    return begun.compose(
        transaction ->
            run.onSuccess(this::answerTooEarly)
                .compose(batch -> mayCommit(sql, batch))
                .compose(
                    batch -> transaction.commit().map(batch),
                    failure ->
                        transaction
                            .rollback()
                            .transform(ignored -> Future.<Batch>failedFuture(failure))));
  }

  /** A batch whose callers were told that its outcome is unknown must not come about much later. */
  private Future<Batch> mayCommit(PgConnection sql, Batch batch) {
    return connection.isUsed(sql)
        ? Future.succeededFuture(batch)
        : Future.failedFuture(new TimeoutException("too late to commit"));
  }

  /** Only as a negative control of the durability tests; see {@link Faults}. */
  private void answerTooEarly(Batch batch) {
    if (faults.answerBeforeCommit()) {
      Pending.deliver(batch.outcomes());
    }
  }
}
