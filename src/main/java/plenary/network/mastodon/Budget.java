package plenary.network.mastodon;

import java.time.Duration;

/**
 * What a token may still ask. Mastodon counts 300 calls in 5 minutes, and of calls that page 300 in
 * 15 minutes: two leaking buckets keep below both, and what the server says itself comes first.
 */
final class Budget {
  private static final int CALLS_AT_ONCE = 40;
  private static final int PAGES_AT_ONCE = 20;

  private final Bucket calls;
  private final Bucket pages;
  private long blockedUntil;

  Budget(Duration callEvery, Duration pageEvery) {
    this.calls = new Bucket(CALLS_AT_ONCE, callEvery.toMillis());
    this.pages = new Bucket(PAGES_AT_ONCE, pageEvery.toMillis());
  }

  /**
   * Takes one call, if there is one.
   *
   * @return 0 = taken; otherwise how many milliseconds to wait before asking again
   */
  long take(boolean paging, long now) {
    long wait = Math.max(blockedUntil - now, calls.pause(now));
    if (paging) {
      wait = Math.max(wait, pages.pause(now));
    }
    if (wait > 0) {
      return wait;
    }
    calls.take();
    if (paging) {
      pages.take();
    }
    return 0;
  }

  /** Nothing is asked before then. */
  void block(long until) {
    blockedUntil = Math.max(blockedUntil, until);
  }

  /** How long nothing may be asked at all, by the server's own word. */
  long blocked(long now) {
    return Math.max(0, blockedUntil - now);
  }

  private static final class Bucket {
    private final int most;
    private final long every;
    private double left;
    private long at = Long.MIN_VALUE;

    Bucket(int most, long every) {
      this.most = most;
      this.every = every;
      this.left = most;
    }

    long pause(long now) {
      if (at == Long.MIN_VALUE) {
        at = now;
      }
      if (every == 0) {
        left = most;
      } else if (now > at) {
        left = Math.min(most, left + (double) (now - at) / every);
      }
      at = Math.max(at, now);
      return left >= 1 ? 0 : Math.max(1, (long) Math.ceil((1 - left) * every));
    }

    void take() {
      left -= 1;
    }
  }
}
