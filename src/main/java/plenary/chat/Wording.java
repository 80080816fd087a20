package plenary.chat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.Tags;
import plenary.network.Network;

/**
 * What a network is sent of a prompt: its text for that network, with the label that answers refer
 * to and the chat's hashtag, each where the host did not write it. Pure.
 */
final class Wording {
  private static final Pattern LABEL = Pattern.compile("^\\s*[QqTt]\\s?\\p{Nd}{1,2}(?!\\p{Nd})");
  private static final Pattern TAG =
      Pattern.compile("(?<![\\p{L}\\p{N}_])[#＃]([\\p{L}\\p{M}\\p{N}_\u00b7\u30fb\u200c\u200d]+)");

  private Wording() {}

  /**
   * The text of a post.
   *
   * @param hashtag without its sign; null when the chat has none
   */
  static String of(Prompt prompt, Network network, @Nullable String hashtag) {
    String text = prompt.texts().getOrDefault(network, prompt.text());
    Integer number = prompt.number();
    if (number != null && !LABEL.matcher(text).find()) {
      text = "Q" + number + ": " + text;
    }
    return hashtag == null || has(text, hashtag) ? text : text + " #" + hashtag;
  }

  /** Whether a text has a hashtag, whatever its case and width. */
  static boolean has(String text, String hashtag) {
    String wanted = Tags.key(hashtag);
    Matcher tags = TAG.matcher(text);
    while (tags.find()) {
      if (Tags.key(tags.group(1)).equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
