package plenary.screening;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words that offend, by their first word, and what is exempt because clinicians, or people who
 * speak another language, say it every day.
 *
 * @param terms terms of words with spaces between them, by the first
 * @param runs terms of scripts that are written without spaces
 */
record WordList(Map<String, List<Term>> terms, Set<String> runs) {
  /** The languages that have a file. */
  static final List<String> LANGUAGES =
      List.of("en", "de", "es", "fr", "it", "nl", "pt", "pl", "tr", "ru", "ar", "zh", "ja");

  static final int RUN_MAX = 10;
  private static final int SHORT = 6;

  static final WordList SHIPPED = load();

  /**
   * One term.
   *
   * @param words folded, in order
   * @param small whether it counts only where it is not written with a capital: it is a name too
   * @param languages one of which the text has to be in; empty where it counts in every text
   */
  record Term(List<String> words, boolean small, Set<String> languages) {}

  private static WordList load() {
    Set<String> exempt = new HashSet<>();
    Set<String> small = new HashSet<>();
    lines("exempt")
        .forEach(line -> (line.startsWith("^") ? small : exempt).add(key(line.replace("^", ""))));
    Map<String, Set<String>> languages = new HashMap<>();
    Set<String> runs = new HashSet<>();
    for (String language : LANGUAGES) {
      lines(language)
          .map(WordList::key)
          .flatMap(key -> Stream.of(key, key.replace("ß", "ss")))
          .filter(key -> !key.isEmpty() && !exempt.contains(key))
          .forEach(
              key -> {
                if (isRun(key.codePointAt(0))) {
                  runs.add(key.replace(" ", ""));
                } else {
                  languages.computeIfAbsent(key, any -> new HashSet<>()).add(language);
                }
              });
    }
    runs.removeIf(run -> run.codePointCount(0, run.length()) < 2);
    Map<String, List<Term>> terms = new HashMap<>();
    languages.forEach(
        (key, of) -> {
          List<String> words = List.of(key.split(" "));
          boolean everywhere = of.contains("en") || key.length() >= SHORT || key.charAt(0) > 0x2ff;
          terms
              .computeIfAbsent(words.getFirst(), any -> new ArrayList<>())
              .add(new Term(words, small.contains(key), everywhere ? Set.of() : of));
        });
    return new WordList(Map.copyOf(terms), Set.copyOf(runs));
  }

  /** A term as the words of a text are: folded, one space between. */
  private static String key(String term) {
    return String.join(" ", Token.of(term).stream().map(Token::word).toList());
  }

  private static Stream<String> lines(String file) {
    try (InputStream in = WordList.class.getResourceAsStream("words/" + file + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("words/" + file + ".txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a character is of a script that is written without spaces. */
  static boolean isRun(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA -> true;
      default -> false;
    };
  }
}
