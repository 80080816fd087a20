package plenary.network.x;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt, as X documents it ("Handling disconnections"): the
 * first attempt after a good connection at once; after network errors 250 ms more each time, up to
 * 16 s; after HTTP errors 5 s, doubled up to 320 s; after a rate limit 60 s, doubled, and no less
 * than until the limit is over.
 */
final class Backoff {
  static final Duration NETWORK_STEP = Duration.ofMillis(250);
  static final Duration NETWORK_MAX = Duration.ofSeconds(16);
  static final Duration HTTP_FIRST = Duration.ofSeconds(5);
  static final Duration HTTP_MAX = Duration.ofSeconds(320);
  static final Duration LIMIT_FIRST = Duration.ofSeconds(60);

  /** X's windows have fifteen minutes: whatever it says, the limit is over after them. */
  static final Duration LIMIT_MAX = Duration.ofMinutes(16);

  private int network;
  private int http;
  private int limit;

  /** A connection held. */
  void succeeded() {
    network = 0;
    http = 0;
    limit = 0;
  }

  Duration after(Trouble trouble, Instant now) {
    return switch (trouble.kind().backoff()) {
      case DROPPED -> dropped();
      case NETWORK -> shorter(NETWORK_STEP.multipliedBy(++network), NETWORK_MAX);
      case HTTP -> doubled(HTTP_FIRST, http++, HTTP_MAX);
      case LIMIT -> limited(trouble.resetsAt(), now);
    };
  }

  /** The first at once; when what follows does not hold either, as after network errors. */
  private Duration dropped() {
    return shorter(NETWORK_STEP.multipliedBy(network++), NETWORK_MAX);
  }

  private Duration limited(@Nullable Instant resetsAt, Instant now) {
    Duration documented = doubled(LIMIT_FIRST, limit++, LIMIT_MAX);
    Duration untilReset = resetsAt == null ? Duration.ZERO : Duration.between(now, resetsAt);
    return shorter(
        documented.compareTo(untilReset) > 0 ? documented : untilReset.plusSeconds(1), LIMIT_MAX);
  }

  private static Duration doubled(Duration first, int times, Duration max) {
    return shorter(first.multipliedBy(1L << Math.min(times, 20)), max);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
