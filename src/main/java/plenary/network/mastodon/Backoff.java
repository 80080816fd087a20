package plenary.network.mastodon;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses that double, with jitter, so that many who lost the same server do not return at once. */
final class Backoff {
  private static final int DOUBLINGS_MAX = 16;

  private final long first;
  private final long most;
  private int failures;

  Backoff(Duration first, Duration most) {
    this.first = first.toMillis();
    this.most = most.toMillis();
  }

  /** The next pause in milliseconds: between half of what it would be and all of it. */
  long next() {
    return next(most);
  }

  /** The same with another longest pause. */
  long next(long longest) {
    long whole = Math.min(longest, first << Math.min(failures, DOUBLINGS_MAX));
    failures++;
    return Math.max(1, whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
  }

  int failures() {
    return failures;
  }

  void reset() {
    failures = 0;
  }
}
