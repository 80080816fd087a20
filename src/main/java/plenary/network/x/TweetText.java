package plenary.network.x;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TwitterTextParseResults;
import com.twitter.twittertext.TwitterTextParser;
import java.text.Normalizer;
import java.util.List;
import plenary.network.Publisher;

/** Texts as X counts and reads them: by its own library, twitter-text 3. */
final class TweetText {
  /** Weighted characters: most scripts of Europe count one each, others two, any link 23. */
  static final int LENGTH_MAX = 280;

  static final Publisher.Length LENGTH =
      new Publisher.Length() {
        @Override
        public int of(String text) {
          return weightedLength(text);
        }

        @Override
        public int max() {
          return LENGTH_MAX;
        }
      };

  private TweetText() {}

  static TwitterTextParseResults parsed(String text) {
    return TwitterTextParser.parseTweet(text);
  }

  static int weightedLength(String text) {
    return parsed(text).weightedLength;
  }

  /** Whether X would take it: neither empty nor too long, without characters it refuses. */
  static boolean isValid(String text) {
    return !text.isBlank() && parsed(text).isValid;
  }

  /** The links that X would make of it, also those without a scheme. */
  static List<String> links(String text) {
    return new Extractor().extractURLs(text);
  }

  static List<String> mentions(String text) {
    return new Extractor().extractMentionedScreennames(text);
  }

  /** What is left the same by posting: X trims, composes, escapes, and shortens links. */
  static String essence(String text) {
    String bare = Posts.unescaped(text);
    for (String link : links(bare)) {
      bare = bare.replace(link, "");
    }
    return Normalizer.normalize(bare, Normalizer.Form.NFC).replaceAll("\\s+", " ").strip();
  }
}
