package plenary.network.bluesky;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Timestamp identifiers: 53 bits of microseconds and 10 of a clock's number, in 13 sortable
 * characters. Record keys are made of them, and revisions of repositories are.
 */
final class Tid {
  private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 13;
  private static final int CLOCK_BITS = 10;

  private static final long CLOCK = ThreadLocalRandom.current().nextLong(1 << CLOCK_BITS);
  private static final AtomicLong LAST = new AtomicLong();

  private Tid() {}

  /** One that this process has not made yet. */
  static String next(Instant now) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    long fresh = LAST.updateAndGet(last -> Math.max(last + 1, micros));
    return encode(fresh << CLOCK_BITS | CLOCK);
  }

  static String encode(long value) {
    char[] text = new char[LENGTH];
    long rest = value;
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return new String(text);
  }

  /** Its value, which orders as it does; empty when it is none. */
  static OptionalLong decode(String text) {
    if (text.length() != LENGTH || ALPHABET.indexOf(text.charAt(0)) > 15) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        return OptionalLong.empty();
      }
      value = value << 5 | digit;
    }
    return OptionalLong.of(value);
  }
}
