package plenary.question;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The beginning of a long text, cut between characters as a person sees them. */
final class Excerpt {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  /** A text of marks upon marks has few characters and any length. */
  private static final int UNITS_PER_CHARACTER = 8;

  private Excerpt() {}

  /** Whether there is anything to read. */
  static boolean isReadable(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** At most so many characters, the last of them an ellipsis when something was left out. */
  static String of(String text, int charactersMax) {
    int unitsMax = charactersMax * UNITS_PER_CHARACTER;
    Matcher clusters =
        CLUSTER.matcher(text.length() > unitsMax ? text.substring(0, unitsMax) : text);
    int end = 0;
    for (int i = 0; i < charactersMax - 1; i++) {
      if (!clusters.find()) {
        return end == text.length() ? text : text.substring(0, end) + '…';
      }
      end = clusters.end();
    }
    boolean oneMore = clusters.find() && clusters.end() == text.length();
    return end == text.length() || oneMore ? text : text.substring(0, end) + '…';
  }
}
