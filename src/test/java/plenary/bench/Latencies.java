package plenary.bench;

import java.util.Arrays;
import java.util.Locale;

/** Times, all of them kept, so that a percentile is a fact and not an estimate. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = time;
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** A percentile in milliseconds; not a number when there is nothing. */
  double millis(double percentile) {
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(nanos, 0, count);
    int at = (int) Math.ceil(percentile / 100 * count) - 1;
    return nanos[Math.clamp(at, 0, count - 1)] / 1e6;
  }

  /** Median and 99th percentile for a cell of a table. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f / %.1f", millis(50), millis(99));
  }
}
