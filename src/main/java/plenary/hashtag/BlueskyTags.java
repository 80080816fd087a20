package plenary.hashtag;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of Bluesky's composer: at the beginning or after white space, everything up to the next
 * white space or invisible character, without the punctuation at its end, if anything in it is
 * neither digit nor punctuation. What it finds becomes the post's facets.
 */
final class BlueskyTags {
  private static final int LENGTH_MAX = 64;

  /** JavaScript's white space. */
  private static final String SPACE = "\\t\\n\\x0b\\f\\r\\p{Zs}\\u2028\\u2029\\ufeff";

  /** Soft hyphen, word joiner, spaces without width, joiners, and a mark around four characters. */
  private static final String UNSEEN = "\\u00ad\\u2060\\u200a\\u200b\\u200c\\u200d\\u20e2";

  private static final Pattern HASHTAG =
      Pattern.compile(
          "(?<![^SPACE])[#\\uff03]((?!\\ufe0f)[^SPACEUNSEEN]*+)"
              .replace("SPACE", SPACE)
              .replace("UNSEEN", UNSEEN));

  private static final Pattern TELLS = Pattern.compile("[^0-9\\p{P}]");

  private BlueskyTags() {}

  static List<TagRule.Found> find(String text) {
    List<TagRule.Found> found = new ArrayList<>();
    Matcher next = HASHTAG.matcher(text);
    while (next.find()) {
      String tag = withoutPunctuation(next.group(1));
      if (!tag.isEmpty() && tag.length() <= LENGTH_MAX && TELLS.matcher(tag).find()) {
        found.add(new TagRule.Found(next.start(), next.start() + 1 + tag.length(), tag));
      }
    }
    return found;
  }

  private static String withoutPunctuation(String run) {
    int end = run.length();
    while (end > 0 && isPunctuation(run.codePointBefore(end))) {
      end -= Character.charCount(run.codePointBefore(end));
    }
    return run.substring(0, end);
  }

  private static boolean isPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
