package plenary.screening;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A person's age over 89, which identifies where few are that old (45 CFR 164.514(b)(2)). "Over 90"
 * and "patients of 90 and older" are about many.
 */
final class HighAge implements Rule {
  private static final int OVER = 89;
  private static final int OLDEST = 122;

  private static final Set<String> UNITS =
      Set.of(
          "yo",
          "y",
          "yr",
          "yrs",
          "year",
          "years",
          "jahre",
          "jahrige",
          "jahriger",
          "jahrigen",
          "jahriges",
          "ans",
          "anos",
          "anni",
          "enne",
          "jaar",
          "jarige",
          "lat",
          "letni",
          "letnia",
          "yasinda");

  /** After a number and years: that they are an age. */
  private static final Set<String> AGES = Set.of("old", "o", "alt", "alte", "alter", "age", "oud");

  private static final Set<String> BEFORE =
      Set.of("age", "aged", "edad", "idade", "alter", "eta", "agee", "age:", "leeftijd", "wiek");

  private static final Set<String> MANY =
      Set.of(
          "over",
          "above",
          "than",
          "beyond",
          "until",
          "up",
          "least",
          "patients",
          "people",
          "adults",
          "those",
          "uber",
          "ab",
          "mindestens",
          "plus",
          "mas",
          "mayores",
          "mais",
          "oltre",
          "piu",
          "boven",
          "between",
          "from",
          "to",
          "and",
          "bis",
          "years",
          "under",
          "age>",
          "ages");

  @Override
  public Optional<Reason> look(ScreenedText text) {
    List<Token> tokens = text.reading().tokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (isAge(tokens, i) && !isOfMany(text.text(), tokens, i)) {
        return Reason.hold("high-age", "It seems to hold somebody's age over 89.");
      }
    }
    return Optional.empty();
  }

  private static boolean isAge(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    int number = token.number();
    if (number <= OVER || number > OLDEST) {
      return false;
    }
    String unit = token.unit();
    if (UNITS.contains(unit)) {
      return unit.startsWith("y") && word(tokens, i + 1).equals("old")
          || unit.equals("yo")
          || Cues.areNear(tokens, token.start(), token.end());
    }
    if (!unit.isEmpty()) {
      return false;
    }
    if (UNITS.contains(word(tokens, i + 1))) {
      String then = word(tokens, i + 2);
      boolean english = word(tokens, i + 1).startsWith("y") && !then.equals("o");
      boolean age = AGES.contains(then) || (then.equals("of") && word(tokens, i + 3).equals("age"));
      return age || (!english && Cues.areNear(tokens, token.start(), token.end()));
    }
    return i > 0
        && BEFORE.contains(tokens.get(i - 1).word())
        && Cues.areNear(tokens, token.start(), token.end());
  }

  private static boolean isOfMany(String text, List<Token> tokens, int i) {
    int start = tokens.get(i).start();
    String before = text.substring(Math.max(0, start - 2), start);
    return before.contains(">")
        || before.contains("≥")
        || before.contains("<")
        || before.contains("≤")
        || before.contains("–")
        || (i > 0 && MANY.contains(tokens.get(i - 1).word()))
        || (i > 1 && MANY.contains(tokens.get(i - 2).word()) && !isArticle(tokens.get(i - 1)))
        || word(tokens, i + 3).equals("older")
        || word(tokens, i + 4).equals("older")
        || word(tokens, i + 1).equals("or");
  }

  private static boolean isArticle(Token token) {
    return Set.of("a", "an", "this", "my", "our", "the", "een", "eine", "einer", "un", "una", "une")
        .contains(token.word());
  }

  private static String word(List<Token> tokens, int i) {
    return i < tokens.size() ? tokens.get(i).word() : "";
  }
}
