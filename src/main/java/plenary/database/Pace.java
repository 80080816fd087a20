package plenary.database;

import java.time.Duration;

/**
 * Keeps work that nobody waits for from holding up what people wait for: after each piece it rests
 * in proportion to how long the piece took. Used by one thread.
 */
final class Pace {
  private static final long REST_MAX_NANOS = 1_000_000_000L;

  private final int share;
  private long since = System.nanoTime();

  /**
   * @param share of the time that may be worked, in per cent; 100 rests never
   */
  Pace(int share) {
    this.share = share;
  }

  /** Rests for the work since the last rest. */
  void rest() {
    try {
      Thread.sleep(rest(System.nanoTime() - since));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    since = System.nanoTime();
  }

  /** How long to rest after so many nanoseconds of work. */
  Duration rest(long worked) {
    return Duration.ofNanos(Math.min(REST_MAX_NANOS, worked * (100 - share) / share));
  }
}
