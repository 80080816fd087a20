package plenary.database;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUID version 7 (RFC 9562, section 5.7, method 1 of 6.2): ordered by time, monotonic within this
 * process. An id tells when a thing was made and nothing else. Safe for use by several threads.
 */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Milliseconds since 1970 in the upper 52 bits, a counter in the lower 12. */
  private static final AtomicLong LAST = new AtomicLong();

  private Ids() {}

  /** The next id; greater than every id this process made before. */
  public static UUID next() {
    long now = System.currentTimeMillis() << 12;
    long tick = LAST.updateAndGet(last -> Math.max(last + 1, now));
    long high = (tick >>> 12) << 16 | 0x7000L | (tick & 0xfffL);
    long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
