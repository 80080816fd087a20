package plenary.page;

import io.vertx.core.json.JsonObject;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.Locale;

/**
 * The words of a page, chosen as the page itself chooses them ({@code ui/words.js}).
 *
 * @param table by key: a sentence, or one for each plural form
 * @param language a tag
 */
record Phrases(JsonObject table, String language) {
  private static final int FEW_MAX = 10;
  private static final int HUNDRED = 100;

  /** The sentence for a key. */
  String of(String key) {
    return table.getString(key, key);
  }

  /** The sentence for a key and a number. */
  String of(String key, long n) {
    Object entry = table.getValue(key);
    String sentence =
        entry instanceof JsonObject forms
            ? forms.getString(form(n), forms.getString("other", key))
            : String.valueOf(entry);
    return sentence.replace("{n}", number(n));
  }

  /** With the digits of clocks and codes, in Arabic too. */
  String number(long n) {
    Locale locale = Locale.forLanguageTag(language.equals("ar") ? "ar-u-nu-latn" : language);
    return NumberFormat.getIntegerInstance(locale).format(n);
  }

  /** How long ago, no more precise than people need it. */
  String age(Duration age) {
    long minutes = age.toMinutes();
    if (minutes < 1) {
      return of("age.now");
    }
    if (minutes < 60) {
      return of("age.minutes", minutes);
    }
    return age.toHours() < 48 ? of("age.hours", age.toHours()) : of("age.days", age.toDays());
  }

  /** CLDR's plural form of a whole number in the languages there are words of. */
  private String form(long n) {
    long rest = n % HUNDRED;
    return switch (language) {
      case "ar" -> {
        if (n <= 2) {
          yield n == 0 ? "zero" : n == 1 ? "one" : "two";
        }
        yield rest < 3 ? "other" : rest <= FEW_MAX ? "few" : "many";
      }
      case "fr" -> n < 2 ? "one" : "other";
      default -> n == 1 ? "one" : "other";
    };
  }
}
