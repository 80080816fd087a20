package plenary.network.x;

import java.time.Duration;

/**
 * How fast X's time goes by: every wait is written down as X documents it, and a test divides them
 * all.
 *
 * @param times by which waits are divided, {@code rounds} what is done every so many minutes
 */
record Pace(int times, int rounds) {
  static final Pace DOCUMENTED = new Pace(1, 1);

  Duration of(Duration documented) {
    return documented.dividedBy(times);
  }

  /** For timers, which know no shorter wait than a millisecond. */
  long millis(Duration documented) {
    return Math.max(1, of(documented).toMillis());
  }

  long roundMillis(Duration documented) {
    return Math.max(1, documented.dividedBy(rounds).toMillis());
  }
}
