package plenary.web;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Watches that every event loop still turns. */
public final class EventLoops {
  private static final long TICK_MS = 1_000;

  /** A loop that was blocked for so long serves nobody; a restart is better. */
  private static final long DEAD_AFTER_NANOS = 10_000_000_000L;

  private final List<AtomicLong> ticks = new CopyOnWriteArrayList<>();

  private EventLoops() {}

  /**
   * Starts to watch.
   *
   * @param loops how many event loops Vert.x has: verticles go round them in turn, so as many
   *     verticles sit on all of them
   */
  public static Future<EventLoops> watch(Vertx vertx, int loops) {
    EventLoops watched = new EventLoops();
    return vertx
        .deployVerticle(
            () -> new Ticker(watched.ticks), new DeploymentOptions().setInstances(loops))
        .map(watched);
  }

  /** Whether each loop has turned lately. Any thread. */
  public boolean turning() {
    return turning(ticks, System.nanoTime());
  }

  static boolean turning(List<AtomicLong> ticks, long now) {
    return ticks.stream().allMatch(tick -> now - tick.get() < DEAD_AFTER_NANOS);
  }

  private static final class Ticker extends VerticleBase {
    private final List<AtomicLong> ticks;

    Ticker(List<AtomicLong> ticks) {
      this.ticks = ticks;
    }

    @Override
    public Future<?> start() {
      AtomicLong tick = new AtomicLong(System.nanoTime());
      ticks.add(tick);
      vertx.setPeriodic(TICK_MS, id -> tick.set(System.nanoTime()));
      return Future.succeededFuture();
    }
  }
}
