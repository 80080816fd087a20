package plenary.screening;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The same character, or the same few words, over and over. */
final class Repetition implements Rule {
  private static final int RUN_MAX = 12;
  private static final int WORDS_MIN = 8;
  private static final double SHARE_MAX = 0.6;

  @Override
  public Optional<Reason> look(ScreenedText text) {
    if (longestRun(text.reading().plain()) > RUN_MAX) {
      return hold("One character is repeated many times.");
    }
    String[] words = text.text().toLowerCase(Locale.ROOT).split("\\s+");
    Map<String, Integer> counts = new HashMap<>();
    int most = 0;
    for (String word : words) {
      most = Math.max(most, counts.merge(word, 1, Integer::sum));
    }
    return words.length >= WORDS_MIN && most > SHARE_MAX * words.length
        ? hold("One word is repeated many times.")
        : Optional.empty();
  }

  private static int longestRun(CharSequence text) {
    int longest = 0;
    int run = 0;
    int previous = -1;
    for (int i = 0; i < text.length(); ) {
      int c = Character.codePointAt(text, i);
      i += Character.charCount(c);
      run = c == previous && c != ' ' ? run + 1 : 1;
      previous = c;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static Optional<Reason> hold(String detail) {
    return Reason.hold("repetition", detail);
  }
}
