package plenary.network.bluesky;

import java.util.regex.Pattern;
import plenary.network.Publisher;

/**
 * Bluesky takes 300 characters as a person counts them and 3,000 bytes. Ten bytes weigh one
 * character, so that one number holds both limits.
 */
final class PostLength implements Publisher.Length {
  private static final int MAX = 300;
  private static final int BYTES_PER_CHARACTER = 10;
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  @Override
  public int of(String text) {
    int characters = (int) CLUSTER.matcher(text).results().count();
    int bytes = RichText.bytes(text);
    return Math.max(characters, (bytes + BYTES_PER_CHARACTER - 1) / BYTES_PER_CHARACTER);
  }

  @Override
  public int max() {
    return MAX;
  }
}
