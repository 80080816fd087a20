package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import plenary.database.Outages;
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
  private final PgConnectOptions options;
  private final CommitLimits limits;
  private final Consumer<Committed> onCommitted;
  private final LiveMeters meters;
  private final Faults faults;

  private final Lane staff;
  private final Lane crowd;
  private final AtomicBoolean awake = new AtomicBoolean();

  private @Nullable PgConnection connection;
  private boolean reachable = true;
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
    this.options = options;
    this.limits = limits;
    this.onCommitted = onCommitted;
    this.meters = meters;
    this.faults = faults;
    this.staff = new Lane(limits.staffQueueMax());
    this.crowd = new Lane(limits.crowdQueueMax());
    this.lastStart = System.nanoTime() - limits.gatherEvery().toNanos();
    context.runOnContext(
        ignored -> vertx.setPeriodic(limits.deadline().toMillis() / 10, tick -> refuseLate()));
  }

  /** A bounded queue that any thread may fill. */
  private static final class Lane {
    private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** How many of them are not gathered commands. */
    private final AtomicInteger others = new AtomicInteger();

    private final int max;

    Lane(int max) {
      this.max = max;
    }

    boolean offer(Pending pending) {
      if (size.incrementAndGet() > max) {
        size.decrementAndGet();
        return false;
      }
      if (!pending.gathered()) {
        others.incrementAndGet();
      }
      return queue.add(pending);
    }

    @Nullable Pending poll() {
      Pending pending = queue.poll();
      if (pending != null) {
        size.decrementAndGet();
        if (!pending.gathered()) {
          others.decrementAndGet();
        }
      }
      return pending;
    }
  }

  /** Queues a command. The future completes after the commit, or fails with why it was not done. */
  Future<JsonObject> submit(Command command) {
    Promise<JsonObject> promise = Promise.promise();
    Pending pending = new Pending(command, promise, Vertx.currentContext(), System.nanoTime());
    Lane lane = command.lane() == Command.Lane.STAFF ? staff : crowd;
    if (!lane.offer(pending)) {
      meters.refused("queue-full");
      return Future.failedFuture(busy());
    }
    if (awake.compareAndSet(false, true)) {
      context.runOnContext(ignored -> pump());
    }
    return promise.future();
  }

  int waiting(Command.Lane lane) {
    return (lane == Command.Lane.STAFF ? staff : crowd).size.get();
  }

  private static Failure busy() {
    return new Failure.Unavailable(
        "busy", "Too much is happening at once; please try again in a moment.", RETRY_AFTER);
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
    if (pause > 0 && mayGather()) {
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
    start(take());
  }

  private void start(List<Pending> batch) {
    if (batch.isEmpty()) {
      return;
    }
    running = true;
    lastStart = System.nanoTime();
    attempt(batch, CONFLICT_RETRIES)
        .onComplete(
            ignored -> {
              running = false;
              pump();
            });
  }

  /** Whether all that waits is gathered commands, and fewer than a batch holds. */
  private boolean mayGather() {
    return staff.others.get() == 0
        && crowd.others.get() == 0
        && staff.size.get() + crowd.size.get() < limits.batchMax();
  }

  private List<Pending> take() {
    List<Pending> batch = new ArrayList<>();
    for (Lane lane : List.of(staff, crowd)) {
      while (batch.size() < limits.batchMax()) {
        Pending pending = lane.poll();
        if (pending == null) {
          break;
        }
        if (late(pending)) {
          refuse(pending);
        } else {
          batch.add(pending);
        }
      }
    }
    return batch;
  }

  private boolean late(Pending pending) {
    return System.nanoTime() - pending.since() > limits.deadline().toNanos();
  }

  private void refuse(Pending pending) {
    meters.refused("deadline");
    Pending.deliver(List.of(new Pending.Outcome(pending, null, busy())));
  }

  /** While a batch hangs, those who waited too long are told so. */
  private void refuseLate() {
    for (Lane lane : List.of(staff, crowd)) {
      Pending first = lane.queue.peek();
      while (first != null && late(first)) {
        Pending late = lane.poll();
        if (late != null) {
          refuse(late);
        }
        first = lane.queue.peek();
      }
    }
  }

  private Future<Void> attempt(List<Pending> commands, int conflictsLeft) {
    long start = System.nanoTime();
    return transact(commands)
        .compose(
            batch -> {
              meters.committed(commands.size(), System.nanoTime() - start);
              batch.committed().forEach(onCommitted);
              Pending.deliver(batch.outcomes());
              return Future.<Void>succeededFuture();
            },
            failure -> recover(commands, conflictsLeft, failure));
  }

  private Future<Void> recover(List<Pending> commands, int conflictsLeft, Throwable failure) {
    if (failure instanceof PgException sql
        && (sql.getSqlState().equals("40001") || sql.getSqlState().equals("40P01"))
        && conflictsLeft > 0) {
      return attempt(commands, conflictsLeft - 1);
    }
    if (failure instanceof Failure) {
      meters.refused("database");
      fail(commands, failure);
      return Future.succeededFuture();
    }
    if (failure instanceof Lost) {
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
    return attempt(commands.subList(0, half), CONFLICT_RETRIES)
        .compose(ignored -> attempt(commands.subList(half, commands.size()), CONFLICT_RETRIES));
  }

  private static void fail(List<Pending> commands, Throwable failure) {
    Pending.deliver(
        commands.stream().map(pending -> new Pending.Outcome(pending, null, failure)).toList());
  }

  private Future<Batch> transact(List<Pending> commands) {
    return connected()
        .compose(
            sql ->
                transact(sql, commands)
                    .timeout(limits.batchTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .recover(failure -> Future.failedFuture(lostOr(sql, failure))));
  }

  private Future<Batch> transact(PgConnection sql, List<Pending> commands) {
    return sql.begin()
        .compose(
            transaction ->
                new Batch(sql, commands, Instant.now())
                    .run()
                    .onSuccess(this::answerTooEarly)
                    .compose(
                        batch -> transaction.commit().map(batch),
                        failure ->
                            transaction
                                .rollback()
                                .transform(ignored -> Future.<Batch>failedFuture(failure))));
  }

  /** Only as a negative control of the durability tests; see {@link Faults}. */
  private void answerTooEarly(Batch batch) {
    if (faults.answerBeforeCommit()) {
      Pending.deliver(batch.outcomes());
    }
  }

  /** A connection that failed under a batch is never used again; nobody waits for it to close. */
  private Throwable lostOr(PgConnection sql, Throwable failure) {
    boolean lost =
        connection != sql
            || failure instanceof TimeoutException
            || Outages.connectionLost(failure)
            || (failure instanceof PgException pg && pg.getSqlState().startsWith("57P"));
    if (!lost) {
      return failure;
    }
    if (connection == sql) {
      connection = null;
    }
    sql.close();
    return new Lost(failure);
  }

  private Future<PgConnection> connected() {
    PgConnection known = connection;
    if (known != null) {
      return Future.succeededFuture(known);
    }
    Future<PgConnection> connecting =
        PgConnection.connect(vertx, new PgConnectOptions(options).setPipeliningLimit(1));
    return connecting
        .timeout(limits.batchTimeout().toMillis() / 2, TimeUnit.MILLISECONDS)
        .map(
            made -> {
              connection = made;
              reachable(true, null);
              made.exceptionHandler(
                  failure -> LOG.log(Level.FINE, "A committer's connection broke.", failure));
              made.closeHandler(
                  ignored -> {
                    if (connection == made) {
                      connection = null;
                    }
                  });
              return made;
            })
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

  /** Says so once when the database goes and once when it comes back, however many try. */
  private void reachable(boolean now, @Nullable Throwable why) {
    if (reachable && !now) {
      LOG.log(Level.WARNING, "A committer cannot reach the database.", why);
    } else if (!reachable && now) {
      LOG.info("A committer reaches the database again.");
    }
    reachable = now;
  }

  /** The connection is gone; whether the batch was committed is not known. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost(Throwable cause) {
      super("connection lost", cause, false, false);
    }
  }
}
