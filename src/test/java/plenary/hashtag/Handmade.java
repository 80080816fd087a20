package plenary.hashtag;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Hashtags of plain English posts, read letter by letter without any of the server's rules. */
final class Handmade {
  private Handmade() {}

  /** Each once, in small letters. */
  static Set<String> tags(String text) {
    Set<String> tags = new LinkedHashSet<>();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("http://", at) || text.startsWith("https://", at)) {
        while (at < text.length() && text.charAt(at) > ' ') {
          at++;
        }
      } else if (text.charAt(at) == '#' && (at == 0 || opens(text.charAt(at - 1)))) {
        int end = at + 1;
        while (end < text.length() && isWord(text.charAt(end))) {
          end++;
        }
        String tag = text.substring(at + 1, end);
        boolean shut = !text.startsWith("#", end) && !text.startsWith("://", end);
        if (shut && tag.chars().anyMatch(Character::isLetter)) {
          tags.add(tag.toLowerCase(Locale.ROOT));
        }
        at = Math.max(end, at + 1);
      } else {
        at++;
      }
    }
    return tags;
  }

  private static boolean opens(char before) {
    return !isWord(before) && before != '&';
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
