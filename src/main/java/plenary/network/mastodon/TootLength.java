package plenary.network.mastodon;

import com.twitter.twittertext.Extractor;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import plenary.network.Publisher;

/**
 * How Mastodon counts: graphemes; a link counts the same however long it is; of a mention the part
 * before the server counts. See https://docs.joinmastodon.org/user/posting/#text and
 * StatusLengthValidator.
 *
 * @param max {@code configuration.statuses.max_characters} of the server
 * @param perUrl {@code configuration.statuses.characters_reserved_per_url}
 */
record TootLength(int max, int perUrl) implements Publisher.Length {
  static final TootLength USUAL = new TootLength(500, 23);

  /** A mention with its server, as Mastodon finds it: not within a word or an address. */
  private static final Pattern REMOTE =
      Pattern.compile(
          "(?<![=/\\p{L}\\p{N}_])(@[A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_]+)?)"
              + "@[\\p{L}\\p{N}.-]+[\\p{L}\\p{N}]+(?::\\d+)?");

  @Override
  public int of(String text) {
    Extractor extractor = new Extractor();
    extractor.setExtractURLWithoutProtocol(false);
    List<Extractor.Entity> urls = extractor.extractURLsWithIndices(text);
    StringBuilder rest = new StringBuilder();
    int at = 0;
    for (Extractor.Entity url : urls) {
      rest.append(text, at, url.getStart()).append('\n');
      at = url.getEnd();
    }
    rest.append(text, at, text.length());
    return graphemes(withoutServers(rest.toString())) + urls.size() * (perUrl - 1);
  }

  /** The text with mentions as they are counted, and as they are shown. */
  static String withoutServers(String text) {
    return REMOTE.matcher(text).replaceAll("$1");
  }

  private static int graphemes(String text) {
    BreakIterator iterator = BreakIterator.getCharacterInstance(Locale.ROOT);
    iterator.setText(text);
    int count = 0;
    while (iterator.next() != BreakIterator.DONE) {
      count++;
    }
    return count;
  }
}
