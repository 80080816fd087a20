package plenary.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import plenary.live.View;

/**
 * Every meter of our own, each name once; {@code docs/operations.md} says what they mean. Labels
 * are of few values that the code names: never an id, a path, an address or a text. Any thread.
 */
public final class Meters {
  private static final String SOCKETS = "plenary.sockets";
  private static final String COMMANDS = "plenary.commands";
  private static final String COMMAND_TIME = "plenary.command.time";
  private static final String BATCH_SIZE = "plenary.commit.batch.size";
  private static final String BATCH_TIME = "plenary.commit.batch.time";
  private static final String BATCH_SPLITS = "plenary.commit.batch.splits";
  private static final String COMMIT_QUEUE = "plenary.commit.queue";
  private static final String FANOUT_TIME = "plenary.fanout.time";
  private static final String FRAMES = "plenary.frames";
  private static final String FRAME_BYTES = "plenary.frame.bytes";
  private static final String CATCH_UPS = "plenary.catchups";
  private static final String HARD_CLOSES = "plenary.hard.closes";
  private static final String REFUSALS = "plenary.refusals";
  private static final String LOGINS = "plenary.logins";
  private static final String DATABASE_UP = "plenary.database.up";

  /** Around the targets: a question reaches the moderator in 10 ms, a vote is durable in 150 ms. */
  private static final Duration[] TIMES = millis(1, 5, 10, 25, 50, 100, 150, 250, 500, 1000, 5000);

  /** A room of 10,000 takes about 125 ms of one core. */
  private static final Duration[] FANOUT_TIMES = millis(1, 5, 10, 25, 50, 100, 150, 250, 500, 1000);

  private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 500};

  private final MeterRegistry registry;
  private final Map<View, AtomicInteger> sockets = new EnumMap<>(View.class);
  private final DistributionSummary batchSize;
  private final Timer batchTime;
  private final Timer fanoutTime;
  private final Counter catchUps;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    for (View view : View.values()) {
      AtomicInteger open = new AtomicInteger();
      sockets.put(view, open);
      Gauge.builder(SOCKETS, open, AtomicInteger::get)
          .description("live streams that are open")
          .tag("view", view.id())
          .register(registry);
    }
    batchSize =
        DistributionSummary.builder(BATCH_SIZE)
            .description("commands in one transaction")
            .serviceLevelObjectives(SIZES)
            .register(registry);
    batchTime =
        Timer.builder(BATCH_TIME)
            .description("one transaction, from its begin to its commit")
            .serviceLevelObjectives(TIMES)
            .register(registry);
    fanoutTime =
        Timer.builder(FANOUT_TIME)
            .description("one frame to all sockets of a view")
            .serviceLevelObjectives(FANOUT_TIMES)
            .register(registry);
    catchUps =
        Counter.builder(CATCH_UPS)
            .description("slow sockets that got what they had skipped")
            .register(registry);
  }

  /** Streams of a view opened (1) or closed (-1). */
  public void sockets(View view, int difference) {
    AtomicInteger open = sockets.get(view);
    if (open != null) {
      open.addAndGet(difference);
    }
  }

  /**
   * A command was answered.
   *
   * @param kind {@link plenary.live.Command#kind()}
   * @param outcome {@code ok} or the type of the failure
   * @param nanos from the request to the answer
   */
  public void command(String kind, String outcome, long nanos) {
    counters
        .computeIfAbsent(
            COMMANDS + '|' + kind + '|' + outcome,
            name ->
                Counter.builder(COMMANDS)
                    .description("commands that were answered")
                    .tags("kind", kind, "outcome", outcome)
                    .register(registry))
        .increment();
    timers
        .computeIfAbsent(
            kind,
            name ->
                Timer.builder(COMMAND_TIME)
                    .description("from the request to the answer")
                    .tag("kind", kind)
                    .serviceLevelObjectives(TIMES)
                    .register(registry))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A batch was committed. */
  public void committed(int commands, long nanos) {
    batchSize.record(commands);
    batchTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A batch failed and was split until this kind of command was alone: a bug of ours. */
  public void guilty(String kind) {
    count(BATCH_SPLITS, "commands that made a batch fail", "kind", kind);
  }

  /** One frame went to all sockets of a view. */
  public void fanout(long nanos) {
    fanoutTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Frames of one kind were enqueued, each of so many bytes. */
  public void sent(String kind, int frames, long bytesEach) {
    add(FRAMES, "frames sent", "kind", kind, frames);
    add(FRAME_BYTES, "bytes of frames sent", "kind", kind, frames * (double) bytesEach);
  }

  /** A slow socket got what it had skipped. */
  public void caughtUp() {
    catchUps.increment();
  }

  /** A socket was cut: {@code stalled}, {@code flooded}, {@code revoked} … */
  public void hardClosed(String reason) {
    count(HARD_CLOSES, "sockets that were cut", "reason", reason);
  }

  /** Something was refused to protect the rest: the name of the limit, or {@code queue-full} … */
  public void refused(String reason) {
    count(REFUSALS, "requests and sockets that were refused", "reason", reason);
  }

  /**
   * Somebody came in or failed to: {@code setup}, {@code invitation}, {@code join}, {@code bad}.
   */
  public void login(String kind) {
    count(LOGINS, "people who came in, or failed to", "kind", kind);
  }

  /** The commands that wait in a committer's lane: {@code staff} or {@code crowd}. */
  public void commitQueue(String committer, String lane, IntSupplier depth) {
    Gauge.builder(COMMIT_QUEUE, depth, IntSupplier::getAsInt)
        .description("commands that wait")
        .tags("committer", committer, "lane", lane)
        .strongReference(true)
        .register(registry);
  }

  /** 1 while the database answers, else 0. */
  public void databaseUp(IntSupplier up) {
    Gauge.builder(DATABASE_UP, up, IntSupplier::getAsInt)
        .description("1 while the database answers")
        .strongReference(true)
        .register(registry);
  }

  private void count(String name, String description, String label, String value) {
    add(name, description, label, value, 1);
  }

  private void add(String name, String description, String label, String value, double amount) {
    counters
        .computeIfAbsent(
            name + '|' + value,
            id ->
                Counter.builder(name).description(description).tag(label, value).register(registry))
        .increment(amount);
  }

  private static Duration[] millis(long... values) {
    Duration[] durations = new Duration[values.length];
    for (int i = 0; i < values.length; i++) {
      durations[i] = Duration.ofMillis(values[i]);
    }
    return durations;
  }
}
