package plenary.screening;

import java.util.Optional;

/** A "word" that no screen can break is looked at by a person first. Links are long by nature. */
final class LongWord implements Rule {
  private static final int CHARACTERS_MAX = 80;

  @Override
  public Optional<Reason> look(ScreenedText text) {
    for (String word : text.reading().plain().toString().split("\\s")) {
      if (word.codePointCount(0, word.length()) > CHARACTERS_MAX
          && word.codePoints().allMatch(LongWord::isUnbreakable)) {
        return Reason.hold("long-word", "One word has over 80 letters without a break.");
      }
    }
    return Optional.empty();
  }

  /** Scripts that are written without spaces break anywhere. */
  private static boolean isUnbreakable(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, TIBETAN -> false;
      default -> true;
    };
  }
}
