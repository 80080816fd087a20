package plenary.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** What the engine measures. Every name once; safe for use by several threads. */
final class LiveMeters {
  private static final Duration[] TIMES = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(4)
  };

  private final MeterRegistry registry;
  private final Timer commit;
  private final DistributionSummary batch;
  private final Timer fanout;
  private final Counter caughtUp;
  private final Map<View, AtomicInteger> sockets = new EnumMap<>(View.class);
  private final Map<Frame.Kind, Counter> frames = new EnumMap<>(Frame.Kind.class);
  private final Map<Frame.Kind, Counter> characters = new EnumMap<>(Frame.Kind.class);

  LiveMeters(MeterRegistry registry) {
    this.registry = registry;
    commit =
        Timer.builder("plenary.commit.time")
            .description("One batch, from begin to commit")
            .serviceLevelObjectives(TIMES)
            .register(registry);
    batch =
        DistributionSummary.builder("plenary.commit.batch")
            .description("Commands in one batch")
            .serviceLevelObjectives(1, 2, 5, 10, 25, 50, 100, 250, 500)
            .register(registry);
    fanout =
        Timer.builder("plenary.fanout.time")
            .description("One frame of one view, until every event loop has written it")
            .serviceLevelObjectives(TIMES)
            .register(registry);
    caughtUp =
        Counter.builder("plenary.catchups")
            .description("Sockets that skipped frames and were brought up to date")
            .register(registry);
    for (View view : View.values()) {
      AtomicInteger count = new AtomicInteger();
      sockets.put(view, count);
      registry.gauge("plenary.sockets", List.of(tag("view", view.id())), count);
    }
    for (Frame.Kind kind : Frame.Kind.values()) {
      frames.put(kind, registry.counter("plenary.frames", "kind", kind.id()));
      characters.put(kind, registry.counter("plenary.frame.characters", "kind", kind.id()));
    }
  }

  private static Tag tag(String key, String value) {
    return Tag.of(key, value);
  }

  void queue(Committer committer, int number, ToIntFunction<Command.Lane> depth) {
    for (Command.Lane lane : Command.Lane.values()) {
      registry.gauge(
          "plenary.commit.queue",
          List.of(
              tag("committer", String.valueOf(number)),
              tag("lane", lane.name().toLowerCase(Locale.ROOT))),
          committer,
          ignored -> depth.applyAsInt(lane));
    }
  }

  void committed(int commands, long nanos) {
    batch.record(commands);
    commit.record(nanos, TimeUnit.NANOSECONDS);
  }

  void refused(String reason) {
    registry.counter("plenary.commit.refused", "reason", reason).increment();
  }

  void guilty(String kind) {
    registry.counter("plenary.commit.guilty", "kind", kind).increment();
  }

  void sent(Frame.Kind kind, int written, int length) {
    increment(frames, kind, written);
    increment(characters, kind, (double) written * length);
  }

  private static void increment(Map<Frame.Kind, Counter> counters, Frame.Kind kind, double by) {
    Counter counter = counters.get(kind);
    if (counter != null) {
      counter.increment(by);
    }
  }

  void fanout(long nanos) {
    fanout.record(nanos, TimeUnit.NANOSECONDS);
  }

  void hardClosed(String reason) {
    registry.counter("plenary.hard.closes", "reason", reason).increment();
  }

  void caughtUp() {
    caughtUp.increment();
  }

  void sockets(View view, int difference) {
    AtomicInteger count = sockets.get(view);
    if (count != null) {
      count.addAndGet(difference);
    }
  }
}
