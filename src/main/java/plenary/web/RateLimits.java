package plenary.web;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import plenary.problem.Failure;

/**
 * Token buckets, one per key, in bounded memory. When the table is full, buckets that have filled
 * up again are forgotten, which changes nothing for their keys; if all are in use, the keys that
 * find no place share one bucket. Thread-safe.
 */
public final class RateLimits {
  private static final int EVICT_SCAN_MAX = 1_000;

  private final double perNano;
  private final double burst;
  private final int keysMax;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Bucket shared;

  /**
   * Makes the table.
   *
   * @param perSecond tokens that come back in a second, for each key
   * @param burst tokens a rested key has
   * @param keysMax most keys that are told apart
   * @param nanos a monotonic clock
   */
  public RateLimits(double perSecond, double burst, int keysMax, LongSupplier nanos) {
    if (perSecond <= 0 || burst < 1 || keysMax < 1) {
      throw new IllegalArgumentException("a rate limit needs positive numbers");
    }
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.keysMax = keysMax;
    this.nanos = nanos;
    this.shared = new Bucket(burst, nanos.getAsLong());
  }

  /** A table on the system's clock. */
  public static RateLimits of(double perSecond, double burst, int keysMax) {
    return new RateLimits(perSecond, burst, keysMax, System::nanoTime);
  }

  /**
   * Takes a token.
   *
   * @return 0 when there was one, else the nanoseconds until there is
   */
  public long take(String key) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      bucket = place(key, now);
    }
    return bucket.take(now, perNano, burst);
  }

  /**
   * Takes a token or refuses.
   *
   * @param detail the sentence for the caller
   * @throws Failure.TooMany when there is none
   */
  public void require(String key, String detail) {
    long wait = take(key);
    if (wait > 0) {
      throw new Failure.TooMany(detail, Duration.ofNanos(wait));
    }
  }

  /** How long until the key has a token, without taking one: 0 when it has. */
  public long waitFor(String key) {
    Bucket bucket = buckets.get(key);
    return bucket == null ? 0 : bucket.waitFor(nanos.getAsLong(), perNano, burst);
  }

  /** Keys told apart now. */
  public int size() {
    return buckets.size();
  }

  private Bucket place(String key, long now) {
    if (buckets.size() >= keysMax && !evict(now)) {
      return shared;
    }
    return buckets.computeIfAbsent(key, k -> new Bucket(burst, now));
  }

  private boolean evict(long now) {
    boolean any = false;
    Iterator<Bucket> all = buckets.values().iterator();
    for (int i = 0; i < EVICT_SCAN_MAX && all.hasNext(); i++) {
      if (all.next().isFull(now, perNano, burst)) {
        all.remove();
        any = true;
      }
    }
    return any;
  }

  private static final class Bucket {
    private double tokens;
    private long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }

    synchronized long take(long now, double perNano, double burst) {
      refill(now, perNano, burst);
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return (long) Math.ceil((1 - tokens) / perNano);
    }

    synchronized long waitFor(long now, double perNano, double burst) {
      refill(now, perNano, burst);
      return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }

    synchronized boolean isFull(long now, double perNano, double burst) {
      refill(now, perNano, burst);
      return tokens >= burst;
    }

    private void refill(long now, double perNano, double burst) {
      long passed = now - at;
      if (passed > 0) {
        tokens = Math.min(burst, tokens + passed * perNano);
        at = now;
      }
    }
  }
}
