package plenary.screening;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word of a text.
 *
 * @param word folded: compatibility forms, cases and accents do not count
 * @param start of the word as it was written
 */
record Token(String word, String written, int start, int end) {
  /** Words that are looked at; the longest question has fewer. */
  private static final int TOKENS_MAX = 4_000;

  private static final int DOTLESS_I = 0x131;

  /** The words of a text, in order. Scripts without spaces give one word a run. */
  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    int start = -1;
    int i = 0;
    while (i < text.length() && tokens.size() < TOKENS_MAX) {
      int c = text.codePointAt(i);
      if (isPart(c)) {
        start = start < 0 ? i : start;
      } else if (start >= 0 && !(isApostrophe(c) && isPartAt(text, i + 1))) {
        add(tokens, text, start, i);
        start = -1;
      }
      i += Character.charCount(c);
    }
    if (start >= 0 && tokens.size() < TOKENS_MAX) {
      add(tokens, text, start, text.length());
    }
    return tokens;
  }

  /** What consists of marks alone is no word. */
  private static void add(List<Token> tokens, String text, int start, int end) {
    String written = text.substring(start, end);
    String word = fold(written);
    if (!word.isEmpty()) {
      tokens.add(new Token(word, written, start, end));
    }
  }

  private static boolean isPartAt(String text, int i) {
    return i < text.length() && isPart(text.codePointAt(i));
  }

  private static boolean isPart(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isApostrophe(int c) {
    return c == '\'' || c == 0x2019;
  }

  /** Compatibility forms, cases, and the accents of Latin, Greek and Cyrillic do not count. */
  static String fold(String written) {
    boolean ascii = true;
    for (int i = 0; i < written.length(); i++) {
      ascii &= written.charAt(i) < 0x80;
    }
    if (ascii) {
      return written.toLowerCase(Locale.ROOT);
    }
    String apart = Normalizer.normalize(written, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder kept = new StringBuilder(apart.length());
    apart
        .codePoints()
        .filter(c -> c < 0x300 || c > 0x36f)
        .forEach(c -> kept.appendCodePoint(c == 0x2019 ? '\'' : c == DOTLESS_I ? 'i' : c));
    return Normalizer.normalize(kept, Normalizer.Form.NFC);
  }

  /** Those of the words that are, at least in part, within a stretch of the text. */
  static List<Token> within(List<Token> tokens, int start, int end) {
    int low = 0;
    int high = tokens.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens.get(middle).end() < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int last = low;
    while (last < tokens.size() && tokens.get(last).start() <= end) {
      last++;
    }
    return tokens.subList(low, last);
  }

  /** The number it begins with, when it begins with one of at most four digits; otherwise −1. */
  int number() {
    int value = 0;
    int digits = 0;
    while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
      value = 10 * value + (word.charAt(digits) - '0');
      digits++;
      if (digits > 4) {
        return -1;
      }
    }
    return digits == 0 ? -1 : value;
  }

  /** What follows the digits it begins with. */
  String unit() {
    int digits = 0;
    while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
      digits++;
    }
    return word.substring(digits);
  }

  boolean isCapitalised() {
    return Character.isUpperCase(written.codePointAt(0));
  }
}
