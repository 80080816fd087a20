package plenary.screening;

import java.util.regex.Pattern;

/** Characters as a person counts them: extended grapheme clusters (Unicode UAX 29). */
final class Graphemes {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  private Graphemes() {}

  static int count(String text) {
    var matcher = CLUSTER.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
