package plenary.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
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

  /** Less than every id that was made at that time or later. */
  public static UUID before(Instant time) {
    return new UUID(time.toEpochMilli() << 16, 0);
  }

  /**
   * The same id for the same seed (UUID version 8, RFC 9562, section 5.8): what is created under a
   * client's idempotency key gets its id from it, so that creating it again meets the first one.
   */
  public static UUID of(String seed) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      long high = bytes.getLong() & ~0xf000L | 0x8000L;
      long low = bytes.getLong() >>> 2 | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
