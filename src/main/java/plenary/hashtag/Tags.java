package plenary.hashtag;

import java.text.Normalizer;

/** When two hashtags are the same. */
public final class Tags {
  private Tags() {}

  /**
   * The matching key of a hashtag: NFKC and case folded, without the sign. Two hashtags are the
   * same when their keys are.
   */
  public static String key(String tag) {
    String bare = tag.startsWith("#") || tag.startsWith("\uff03") ? tag.substring(1) : tag;
    String folded = fold(Normalizer.normalize(bare, Normalizer.Form.NFKC));
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  /** Simple case folding: up and down again, so that the final sigma and the like meet. */
  private static String fold(String text) {
    return text.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
