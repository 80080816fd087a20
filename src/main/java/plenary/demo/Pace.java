package plenary.demo;

import java.time.Duration;

/**
 * How fast the demo's hall is.
 *
 * @param tick between two acts while it is lively
 * @param lively how long it is; then it goes on at a tenth of that pace
 * @param arrival within which everybody has come
 * @param askEvery between two questions while it is lively
 * @param end when everybody goes home
 */
public record Pace(
    Duration tick, Duration lively, Duration arrival, Duration askEvery, Duration end) {
  /** For people who look on. */
  public static final Pace NATURAL =
      new Pace(
          Duration.ofMillis(350),
          Duration.ofMinutes(4),
          Duration.ofSeconds(40),
          Duration.ofSeconds(7),
          Duration.ofHours(2));
}
