package plenary.screening;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which languages a text may be in, by words nothing can be said without. Only for telling short
 * words of one language from those of another; a language that is not recognised changes nothing
 * else.
 */
final class Languages {
  private static final Map<String, Set<String>> SMALL_WORDS =
      Map.of(
          "de",
              Set.of(
                  "der", "die", "das", "und", "ist", "nicht", "ich", "du", "sie", "ein", "eine",
                  "wir", "mit", "auf", "fur", "dass", "wie", "ihr", "sind", "den"),
          "es",
              Set.of(
                  "el", "los", "las", "que", "una", "por", "con", "para", "como", "es", "eres", "y",
                  "del", "su", "tu", "esto"),
          "fr",
              Set.of(
                  "le", "les", "des", "et", "est", "je", "tu", "vous", "pas", "une", "que", "dans",
                  "pour", "sur", "quel", "quelle", "ce", "cette", "du", "c'est"),
          "it",
              Set.of(
                  "il", "che", "di", "una", "per", "sono", "non", "sei", "gli", "della", "questo",
                  "questa", "un", "come", "e"),
          "nl",
              Set.of(
                  "het", "een", "en", "van", "ik", "je", "jij", "niet", "zijn", "dat", "voor",
                  "met", "wat", "deze", "bent", "jullie"),
          "pt",
              Set.of(
                  "os", "um", "uma", "nao", "voce", "para", "com", "que", "dos", "das", "em",
                  "isso", "esta", "este", "na", "no"),
          "pl",
              Set.of(
                  "nie", "jest", "to", "sie", "na", "czy", "jak", "ty", "ze", "i", "w", "ten",
                  "ta"),
          "tr",
              Set.of(
                  "bir", "ve", "bu", "icin", "ne", "mi", "sen", "ben", "degil", "var", "cok",
                  "senin"));

  private Languages() {}

  /** Languages of which at least two different small words are there. */
  static Set<String> of(List<Token> tokens) {
    Set<String> words = new HashSet<>();
    tokens.forEach(token -> words.add(token.word()));
    Set<String> languages = new HashSet<>();
    SMALL_WORDS.forEach(
        (language, small) -> {
          if (small.stream().filter(words::contains).limit(2).count() == 2) {
            languages.add(language);
          }
        });
    return languages;
  }
}
