package plenary.meeting.agenda;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Languages as people and exporters write them, to tags (BCP 47). */
final class Languages {
  private static final Pattern TAG = Pattern.compile("[a-zA-Z]{2}([-_][a-zA-Z0-9]{2,8}){0,3}");

  /** ISO 639, so that a word such as "and" is no language. */
  private static final Set<String> ISO = Set.of(Locale.getISOLanguages());

  private static final Map<String, String> NAMES = new HashMap<>();

  static {
    String names =
        "en english englisch anglais inglés inglese eng | de german deutsch allemand alemán tedesco"
            + " ger deu | fr french französisch français francais fre fra | es spanish spanisch"
            + " español espanol spa | it italian italienisch italiano ita | nl dutch"
            + " niederländisch nederlands | pt portuguese portugiesisch português | pl polish"
            + " polnisch polski | cs czech tschechisch čeština | ar arabic arabisch العربية"
            + " | he hebrew hebräisch עברית | ru russian russisch русский | uk ukrainian"
            + " ukrainisch | tr turkish türkisch türkçe | zh chinese chinesisch 中文 | ja japanese"
            + " japanisch 日本語 | ko korean koreanisch 한국어";
    for (String line : names.split("\\|")) {
      String[] words = line.strip().split(" +");
      for (String word : words) {
        NAMES.put(word, words[0]);
      }
    }
  }

  private Languages() {}

  /** The tag of a name or tag; null for what is neither. */
  static @Nullable String tag(String word) {
    String known = NAMES.get(word.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    if (!TAG.matcher(word).matches()) {
      return null;
    }
    String tag = word.replace('_', '-');
    int end = tag.indexOf('-');
    String primary = (end < 0 ? tag : tag.substring(0, end)).toLowerCase(Locale.ROOT);
    return ISO.contains(primary) ? primary + (end < 0 ? "" : tag.substring(end)) : null;
  }
}
