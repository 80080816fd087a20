package plenary.network.x;

import com.twitter.twittertext.Extractor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Hashtags as queries: {@code (#a OR #b) -is:retweet}, as few as their length allows. */
final class RuleTexts {
  /** Characters of a rule of the stream, and of a query of the search. */
  static final int RULE_MAX = 1_024;

  static final int QUERY_MAX = 512;

  /** The stream has reposts and the search has not: neither is asked for them. */
  private static final String ORIGINALS = " -is:retweet";

  private static final String OR = " OR ";

  private RuleTexts() {}

  /** Whether X can follow it: what is no hashtag for X would be an error, or another operator. */
  static boolean isHashtag(String key) {
    return new Extractor().extractHashtags("#" + key).equals(List.of(key));
  }

  static List<String> of(Collection<String> keys, int max) {
    List<String> texts = new ArrayList<>();
    StringBuilder terms = new StringBuilder();
    int room = max - ORIGINALS.length() - "()".length();
    for (String key : keys.stream().filter(RuleTexts::isHashtag).sorted().toList()) {
      String term = "#" + key;
      if (!terms.isEmpty() && terms.length() + OR.length() + term.length() > room) {
        texts.add(text(terms));
        terms.setLength(0);
      }
      if (term.length() <= room) {
        terms.append(terms.isEmpty() ? "" : OR).append(term);
      }
    }
    if (!terms.isEmpty()) {
      texts.add(text(terms));
    }
    return texts;
  }

  private static String text(CharSequence terms) {
    return "(" + terms + ")" + ORIGINALS;
  }
}
