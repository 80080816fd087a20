package plenary.hashtag;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mastodon's rule (4.3 and later): at the beginning or after white space, one word with at least
 * one letter, in which _, two middle dots and ZWNJ may stand but not at its ends.
 */
public final class MastodonTags {
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

  /** Latin letters that Mastodon takes for others beside those that only lose a mark. */
  private static final Map<Integer, String> PLAIN =
      Map.ofEntries(
          Map.entry(0xf0, "d"),
          Map.entry(0xf8, "o"),
          Map.entry(0x111, "d"),
          Map.entry(0x127, "h"),
          Map.entry(0x131, "i"),
          Map.entry(0x138, "k"),
          Map.entry(0x140, "l"),
          Map.entry(0x142, "l"),
          Map.entry(0x149, "n"),
          Map.entry(0x14b, "n"),
          Map.entry(0x167, "t"));

  /** Beyond these letters it folds none. */
  private static final int FOLDED_MAX = 0x17f;

  private MastodonTags() {}

  /**
   * When two hashtags are the same on Mastodon: without width, case, and the marks of Latin
   * letters, so that {@code #Müller} and {@code #muller} are one; ß stays. A status names its
   * hashtags in this form.
   */
  public static String key(String tag) {
    StringBuilder key = new StringBuilder(tag.length());
    Normalizer.normalize(Tags.bare(tag), Normalizer.Form.NFKC)
        .codePoints()
        .map(Character::toLowerCase)
        .forEach(c -> key.append(plain(c)));
    return key.toString();
  }

  private static String plain(int c) {
    String letter = Character.toString(c);
    if (c < 0x80 || c > FOLDED_MAX) {
      return letter;
    }
    String other = PLAIN.get(c);
    String whole = Normalizer.normalize(letter, Normalizer.Form.NFD);
    return other != null ? other : whole.length() == 1 ? letter : whole.substring(0, 1);
  }

  static List<TagRule.Found> find(String text) {
    List<TagRule.Found> found = new ArrayList<>();
    Matcher next = HASHTAG.matcher(text);
    while (next.find()) {
      found.add(new TagRule.Found(next.start(), next.end(), next.group(1)));
    }
    return found;
  }
}
