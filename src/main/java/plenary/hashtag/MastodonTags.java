package plenary.hashtag;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mastodon's rule (4.3 and later): at the beginning or after white space, one word with at least
 * one letter, in which _, two middle dots and ZWNJ may stand but not at its ends.
 */
final class MastodonTags {
  /** Ruby's {@code [[:word:]]}. */
  private static final String WORD = "\\p{L}\\p{M}\\p{Nd}\\p{Pc}";

  /** Ruby's {@code [[:alpha:]]}. */
  private static final String ALPHA = "\\p{IsAlphabetic}";

  private static final String SEPARATORS = "_\u00b7\u30fb\u200c";

  private static final Pattern HASHTAG =
      Pattern.compile(
          ("(?<![^ \\t\\r\\n\\f\\x0b])[#\uff03]("
                  + "[WORD_][WORDSEPS]*[ALPHASEPS][WORDSEPS]*[WORD_]"
                  + "|[WORD_]*[ALPHA][WORD_]*)")
              .replace("WORD", WORD)
              .replace("ALPHA", ALPHA)
              .replace("SEPS", SEPARATORS));

  private MastodonTags() {}

  static List<TagRule.Found> find(String text) {
    List<TagRule.Found> found = new ArrayList<>();
    Matcher next = HASHTAG.matcher(text);
    while (next.find()) {
      found.add(new TagRule.Found(next.start(), next.end(), next.group(1)));
    }
    return found;
  }
}
