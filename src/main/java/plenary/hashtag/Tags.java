package plenary.hashtag;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** When two hashtags are the same. */
public final class Tags {
  private static final int DOTLESS_I = 0x131;
  private static final int I_WITH_DOT = 0x130;

  private Tags() {}

  /**
   * The matching key of a hashtag: NFKC and case folded, without the sign. Two hashtags are the
   * same when their keys are. Accents, marks and joiners tell hashtags apart, as on the networks.
   */
  public static String key(String tag) {
    return fold(bare(tag));
  }

  /**
   * Hashtags as a network is asked for them: as they were written, since a network folds otherwise
   * than a key does (to X {@code #straße} is not {@code #strasse}); composed, each once whatever
   * its case, and beside it what compatibility makes of it ({@code ＡＣＣ26}) where that is another
   * one.
   */
  public static Set<String> spellings(Collection<String> written) {
    Map<String, String> once = new LinkedHashMap<>();
    for (String tag : written) {
      String bare = bare(tag);
      for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFKC)) {
        String spelled = Normalizer.normalize(bare, form);
        once.putIfAbsent(spelled.toLowerCase(Locale.ROOT), spelled);
      }
    }
    return new LinkedHashSet<>(once.values());
  }

  /** A hashtag without its sign. */
  static String bare(String tag) {
    return tag.startsWith("#") || tag.startsWith("\uff03") ? tag.substring(1) : tag;
  }

  /** Any text, NFKC and case folded. */
  static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .forEach(c -> folded.append(folded(c)));
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  /**
   * Unicode's full case folding of one character: down, up and down again, each character by
   * itself, so that ẞ, ß and ss meet, and σ and ς. The i without a dot stays what it is, for it is
   * another letter than i.
   */
  private static String folded(int c) {
    if (c < 0x80) {
      return Character.toString(Character.toLowerCase(c));
    }
    if (c == DOTLESS_I) {
      return Character.toString(c);
    }
    if (c == I_WITH_DOT) {
      return "i\u0307";
    }
    String up = Character.toString(Character.toLowerCase(c)).toUpperCase(Locale.ROOT);
    StringBuilder down = new StringBuilder(up.length());
    up.codePoints().map(Character::toLowerCase).forEach(down::appendCodePoint);
    return down.toString();
  }
}
