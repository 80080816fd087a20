package plenary.network.x;

import java.time.Instant;

/**
 * X's ids: milliseconds since 4 November 2010 in the upper bits, so that a point in time is an id
 * too and a search may begin at it.
 */
final class Snowflakes {
  private static final long EPOCH_MILLIS = 1_288_834_974_657L;
  private static final int SHIFT = 22;

  /** Ids below this were given one after the other, before there were times in them. */
  private static final long FIRST = 29_700_859_247L;

  private Snowflakes() {}

  /** The lowest id of a point in time. */
  static long at(Instant time) {
    return Math.max(0, time.toEpochMilli() - EPOCH_MILLIS) << SHIFT;
  }

  /** When an id was given. */
  static Instant time(long id) {
    return Instant.ofEpochMilli((id >>> SHIFT) + EPOCH_MILLIS);
  }

  static boolean hasTime(long id) {
    return id >= FIRST;
  }

  /** The id as a number, or -1 when it is none. */
  static long number(String id) {
    if (id.isEmpty() || id.length() > 19 || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException beyond) {
      return -1;
    }
  }
}
