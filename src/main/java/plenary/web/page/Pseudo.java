package plenary.web.page;

import io.vertx.core.json.JsonObject;

/**
 * A language made from English: {@code [Ṽöţé ƒöŕ ţĥîş…~~]}. What is drawn without accents was never
 * given to translators, what is cut off has no room for German, and the brackets show sentences
 * that were put together from pieces.
 */
final class Pseudo {
  /** Its tag, as Unicode has it for pseudo-accents. */
  static final String TAG = "en-XA";

  private static final String PLAIN = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz";
  private static final String ACCENTED = "ÅåƁƀÇçÐđÉéƑƒĜĝĤĥÎîĴĵĶķĻļḾḿÑñÖöÞþǪǫŔŕŞşŢţÛûṼṽŴŵẊẋÝýŽž";

  /** Languages that need more room need about a third. */
  private static final int LONGER = 3;

  private Pseudo() {}

  /** The table with every sentence in it changed; keys, holes and plural forms stay. */
  static JsonObject of(JsonObject words) {
    JsonObject changed = new JsonObject();
    words.forEach(
        word ->
            changed.put(
                word.getKey(),
                word.getValue() instanceof JsonObject forms
                    ? of(forms)
                    : of(String.valueOf(word.getValue()))));
    return changed;
  }

  private static String of(String sentence) {
    if (sentence.isEmpty()) {
      return sentence;
    }
    StringBuilder text = new StringBuilder(sentence.length() * 2).append('[');
    boolean hole = false;
    for (char c : sentence.toCharArray()) {
      hole = c == '{' || (hole && c != '}');
      int at = hole ? -1 : PLAIN.indexOf(c);
      text.append(at < 0 ? c : ACCENTED.charAt(at));
    }
    return text.append("~".repeat(sentence.length() / LONGER)).append(']').toString();
  }
}
