package plenary.hashtag;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps posts out that mean something else by a followed hashtag: besides it, one more thing must
 * speak for them. A guard that asks for nothing lets everything in.
 *
 * @param secondTags hashtags of which one more must be there
 * @param known whether it is enough that a known person writes
 * @param topics words of which one must be in the text; with {@code *} at its end, words that begin
 *     so
 */
public record Guard(List<String> secondTags, boolean known, List<String> topics) {
  /** What a meeting has that says nothing. */
  public static final Guard OPEN = new Guard(List.of(), false, List.of());

  /** Scripts that write words without spaces between them. */
  private static final Pattern UNSPACED =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}]");

  public Guard {
    secondTags = List.copyOf(secondTags);
    topics = List.copyOf(topics);
  }

  /** Whether it lets everything in. */
  public boolean isOpen() {
    return secondTags.isEmpty() && !known && topics.isEmpty();
  }

  /**
   * Whether a post under a followed hashtag is let in.
   *
   * @param tags matching keys of its hashtags
   * @param writerKnown whether its writer is known here
   */
  public boolean admits(Collection<String> tags, boolean writerKnown, String text) {
    return isOpen() || known && writerKnown || secondTag(tags) || topic(text);
  }

  private boolean secondTag(Collection<String> tags) {
    if (secondTags.isEmpty()) {
      return false;
    }
    Set<String> wanted = secondTags.stream().map(Tags::key).collect(Collectors.toSet());
    return tags.stream().anyMatch(wanted::contains);
  }

  private boolean topic(String text) {
    if (topics.isEmpty()) {
      return false;
    }
    String folded = Tags.fold(text);
    return topics.stream().anyMatch(topic -> stands(Tags.fold(topic.strip()), folded));
  }

  private static boolean stands(String topic, String text) {
    boolean begins = topic.endsWith("*");
    String word = begins ? topic.substring(0, topic.length() - 1) : topic;
    if (word.isEmpty()) {
      return false;
    }
    boolean anywhere = UNSPACED.matcher(word).find();
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      if (anywhere
          || (at == 0 || !isWord(text.codePointBefore(at)))
              && (begins || end == text.length() || !isWord(text.codePointAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWord(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }
}
