package plenary.meeting;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * Six characters of 31, without look-alikes (no 0, O, 1, I, L): 887 million codes, easy to say and
 * to type.
 */
public final class JoinCodes {
  /** How many characters a code has. */
  public static final int LENGTH = 6;

  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final int TYPED_MAX = 40;
  private static final SecureRandom RANDOM = new SecureRandom();

  private JoinCodes() {}

  /** A new random code; whether it is free only the database knows. */
  static String random() {
    return random(LENGTH);
  }

  /** So many random characters of the same alphabet, for other codes that people type. */
  public static String random(int length) {
    StringBuilder code = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }

  /**
   * A code as somebody typed it: in either case, with spaces or dashes anywhere.
   *
   * @return the code as it is stored; empty when it cannot be one
   */
  public static Optional<String> read(String typed) {
    return read(typed, LENGTH);
  }

  /** The same for a code of another length. */
  public static Optional<String> read(String typed, int length) {
    if (typed.length() > TYPED_MAX) {
      return Optional.empty();
    }
    StringBuilder code = new StringBuilder(length);
    for (char c : typed.toUpperCase(Locale.ROOT).toCharArray()) {
      if (Character.isWhitespace(c) || Character.isSpaceChar(c) || isDash(c)) {
        continue;
      }
      if (ALPHABET.indexOf(c) < 0) {
        return Optional.empty();
      }
      code.append(c);
    }
    return code.length() == length ? Optional.of(code.toString()) : Optional.empty();
  }

  private static boolean isDash(char c) {
    return Character.getType(c) == Character.DASH_PUNCTUATION;
  }
}
