package plenary.network.x;

import com.twitter.twittertext.Extractor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import plenary.network.Following;

/**
 * What is followed as queries: {@code (#a OR #b OR conversation_id:1) -is:retweet}, as few as their
 * length allows.
 */
final class RuleTexts {
  /** Characters of a rule of the stream, and of a query of the search. */
  static final int RULE_MAX = 1_024;

  static final int QUERY_MAX = 512;

  /** The stream has reposts and the search has not: neither is asked for them. */
  private static final String ORIGINALS = " -is:retweet";

  private static final String OR = " OR ";

  private RuleTexts() {}

  /** Whether X can follow it: what is no hashtag for X would be an error, or another operator. */
  static boolean isHashtag(String tag) {
    return new Extractor().extractHashtags("#" + tag).equals(List.of(tag));
  }

  /** The queries for all that is followed. */
  static List<String> of(Following following, int max) {
    List<String> threads = following.prompts().stream().map(Following.Prompt::id).toList();
    return of(following.spellings(), threads, max);
  }

  /**
   * The queries for hashtags and threads.
   *
   * @param tags as they were written
   * @param threads the ids of the posts that they begin with
   */
  static List<String> of(Collection<String> tags, Collection<String> threads, int max) {
    List<String> all = new ArrayList<>();
    tags.stream().filter(RuleTexts::isHashtag).sorted().forEach(tag -> all.add("#" + tag));
    threads.stream()
        .filter(id -> Snowflakes.number(id) >= 0)
        .sorted()
        .forEach(id -> all.add("conversation_id:" + id));
    List<String> texts = new ArrayList<>();
    StringBuilder terms = new StringBuilder();
    int room = max - ORIGINALS.length() - "()".length();
    for (String term : all) {
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
