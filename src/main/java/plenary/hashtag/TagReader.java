package plenary.hashtag;

import com.twitter.twittertext.Extractor;
import java.util.List;

/**
 * Reads what stands in a text of our own: one typed here, not one that a network sent, for that
 * comes with the network's own entities.
 */
public final class TagReader {
  /** Keeps nothing of a text, so one serves all threads. */
  private static final Extractor EXTRACTOR = new Extractor();

  private TagReader() {}

  /**
   * What a text names, in its order, with repetitions.
   *
   * @param hashtags as they are written, without the sign
   * @param mentions of handles, without the sign
   */
  public record Entities(List<String> hashtags, List<String> mentions, List<String> links) {
    public Entities {
      hashtags = List.copyOf(hashtags);
      mentions = List.copyOf(mentions);
      links = List.copyOf(links);
    }
  }

  /** Hashtags, mentions and links of a text. */
  public static Entities read(String text) {
    return new Entities(
        EXTRACTOR.extractHashtags(text),
        EXTRACTOR.extractMentionedScreennames(text),
        EXTRACTOR.extractURLs(text));
  }

  /** Hashtags with where they stand, as X reads them. */
  static List<TagRule.Found> hashtags(String text) {
    return EXTRACTOR.extractHashtagsWithIndices(text).stream()
        .map(each -> new TagRule.Found(each.getStart(), each.getEnd(), each.getValue()))
        .toList();
  }
}
