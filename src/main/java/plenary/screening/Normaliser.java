package plenary.screening;

import java.text.Normalizer;

/**
 * Makes a text fit to be shown: NFC, without controls, bidi overrides, invisible and private
 * characters, with few combining marks, and calm white space. Keeps what scripts and emoji need:
 * joiners between letters of Indic and Arabic scripts and inside emoji, variation selectors after a
 * character.
 *
 * <p>Sources: Unicode UAX 9 (bidi controls), UAX 15 (NFC), UAX 31 section 2.3 (joiners), UTS 39.
 */
final class Normaliser {
  /** More marks on one base character are a "zalgo" text that covers its neighbours. */
  private static final int MARKS_MAX = 4;

  private static final int JOINER = 0x200D;
  private static final int NON_JOINER = 0x200C;
  private static final int NONE = -1;

  /** Three were the most that random texts needed. */
  private static final int PASSES_MAX = 6;

  private Normaliser() {}

  /**
   * The text as it may be shown. What is left out brings others together, which may compose, change
   * places or not be joined any more: so it is looked at again until it stays as it is.
   */
  static String normalise(String raw, boolean multiline) {
    String text = raw;
    for (int i = 0; i < PASSES_MAX; i++) {
      String calm = pass(text, multiline);
      if (calm.equals(text)) {
        break;
      }
      text = calm;
    }
    return text;
  }

  private static String pass(String raw, boolean multiline) {
    String text = Normalizer.normalize(raw, Normalizer.Form.NFC);
    StringBuilder kept = new StringBuilder(text.length());
    int marks = 0;
    int previous = ' ';
    int joiner = NONE;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isJoiner(c)) {
        joiner = c;
        continue;
      }
      if (c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
        c = '\n';
      }
      if (!isShown(c, previous) || (isMark(c) && marks == MARKS_MAX)) {
        continue;
      }
      // What is left out, joins or varies is no new base for more marks.
      marks = isMark(c) ? marks + 1 : isVariation(c) ? marks : 0;
      if (joiner != NONE && joinsOn(previous) && joinsOn(c)) {
        kept.appendCodePoint(joiner);
      }
      joiner = NONE;
      append(kept, c, multiline);
      previous = c;
    }
    // Letters and marks between which something was left out may belong together now.
    return Normalizer.normalize(kept.toString().strip(), Normalizer.Form.NFC);
  }

  private static boolean isJoiner(int c) {
    return c == JOINER || c == NON_JOINER;
  }

  /** Spaces never follow spaces, and at most one empty line stays. */
  private static void append(StringBuilder kept, int c, boolean multiline) {
    boolean line = c == '\n';
    if (line && multiline) {
      while (endsWith(kept, ' ')) {
        kept.setLength(kept.length() - 1);
      }
      if (!(endsWith(kept, '\n') && kept.length() > 1 && kept.charAt(kept.length() - 2) == '\n')) {
        kept.append('\n');
      }
    } else if (line || Character.isSpaceChar(c) || c == '\t') {
      if (!endsWith(kept, ' ') && !endsWith(kept, '\n')) {
        kept.append(' ');
      }
    } else {
      kept.appendCodePoint(c);
    }
  }

  private static boolean endsWith(StringBuilder text, char c) {
    return !text.isEmpty() && text.charAt(text.length() - 1) == c;
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> !isVariation(c);
      default -> false;
    };
  }

  private static boolean isVariation(int c) {
    return c >= 0xFE00 && c <= 0xFE0F;
  }

  private static boolean isShown(int c, int previous) {
    if (c == '\n' || c == '\t') {
      return true;
    }
    if (isVariation(c)) {
      return !Character.isWhitespace(previous)
          && !Character.isSpaceChar(previous)
          && !isVariation(previous);
    }
    // The tags that spell the flags of England, Scotland and Wales, and nothing else, follow
    // U+1F3F4.
    if (c >= 0xE0020 && c <= 0xE007F) {
      return previous == 0x1F3F4 || (previous >= 0xE0020 && previous <= 0xE007E);
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> !isBlankLetter(c);
    };
  }

  /** Letters and marks that draw nothing: fillers and the combining grapheme joiner. */
  private static boolean isBlankLetter(int c) {
    return c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || c == 0x034F
        || c == 0x2800
        || c == 0x17B4
        || c == 0x17B5;
  }

  private static boolean joinsOn(int c) {
    return Character.isEmoji(c)
        || Character.isEmojiModifier(c)
        || isVariation(c)
        || (Character.isLetter(c) && c > 0x0590)
        || (Character.getType(c) == Character.NON_SPACING_MARK && c > 0x0590)
        || (Character.getType(c) == Character.COMBINING_SPACING_MARK);
  }
}
