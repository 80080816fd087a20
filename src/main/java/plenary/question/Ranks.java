package plenary.question;

import org.jspecify.annotations.Nullable;

/**
 * Places in a queue as strings that compare bytewise, so that something can always be put between
 * two others without touching them (fractional indexing, digits 0–9 A–Z a–z). A rank never ends in
 * the lowest digit, hence there is always room below it.
 */
final class Ranks {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final int BASE = DIGITS.length();

  private Ranks() {}

  /**
   * A rank after one and before another.
   *
   * @param low absent for the beginning
   * @param high absent for the end
   */
  static String between(@Nullable String low, @Nullable String high) {
    String from = low == null ? "" : low;
    if (high != null && from.compareTo(high) >= 0) {
      throw new IllegalArgumentException("no rank between " + low + " and " + high);
    }
    if (high == null && !from.isEmpty()) {
      return after(from);
    }
    StringBuilder rank = new StringBuilder();
    boolean bounded = high != null;
    for (int i = 0; ; i++) {
      int a = i < from.length() ? DIGITS.indexOf(from.charAt(i)) : 0;
      int b = bounded && high != null && i < high.length() ? DIGITS.indexOf(high.charAt(i)) : BASE;
      if (b - a > 1) {
        return rank.append(DIGITS.charAt((a + b) / 2)).toString();
      }
      rank.append(DIGITS.charAt(a));
      bounded &= a == b;
    }
  }

  /** Appending is the common case: count up instead of halving, so ranks stay short. */
  private static String after(String low) {
    for (int i = 0; i < low.length(); i++) {
      int digit = DIGITS.indexOf(low.charAt(i));
      if (digit < BASE - 1) {
        return low.substring(0, i) + DIGITS.charAt(digit + 1);
      }
    }
    return low + DIGITS.charAt(BASE / 2);
  }
}
