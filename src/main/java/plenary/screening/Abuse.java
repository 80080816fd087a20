package plenary.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A word that offends, in any of the languages there are lists of: whole words, also when letters
 * are doubled, spaced out, starred, or swapped for look-alikes. Clinical words are exempt.
 */
final class Abuse implements Rule {
  /** Words with stars in them that are looked at. */
  private static final int STARRED_MAX = 8;

  private final WordList list;

  Abuse(WordList list) {
    this.list = list;
  }

  @Override
  public Optional<Reason> look(ScreenedText text) {
    List<Token> tokens = text.reading().tokens();
    return hasTerm(tokens) || hasRun(text.text()) || hasSpacedOut(tokens) || hasStarred(text.text())
        ? Reason.hold("abuse", "A word in it may offend.")
        : Optional.empty();
  }

  private boolean hasTerm(List<Token> tokens) {
    Set<String> languages = Languages.of(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      for (String first : spellings(tokens.get(i).word())) {
        for (WordList.Term term : list.terms().getOrDefault(first, List.of())) {
          boolean written = !term.small() || !tokens.get(i).isCapitalised();
          boolean spoken =
              term.languages().isEmpty() || term.languages().stream().anyMatch(languages::contains);
          if (written && spoken && follows(tokens, i, term.words())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean follows(List<Token> tokens, int at, List<String> words) {
    if (at + words.size() > tokens.size()) {
      return false;
    }
    for (int i = 1; i < words.size(); i++) {
      if (!tokens.get(at + i).word().equals(words.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** A word and what it may stand for. */
  private static List<String> spellings(String word) {
    List<String> spellings = new ArrayList<>(4);
    spellings.add(word);
    if (word.length() > 2 && isMixed(word)) {
      spellings.add(likened(word));
    }
    String squeezed = squeezed(word);
    if (!squeezed.equals(word)) {
      spellings.add(squeezed);
    }
    return spellings;
  }

  /** Latin letters together with digits, or with letters of another script. */
  private static boolean isMixed(String word) {
    boolean latin = false;
    boolean other = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean plain = c >= 'a' && c <= 'z';
      latin |= plain;
      other |= !plain && LookAlikes.latin(c) != null;
    }
    return latin && other;
  }

  private static String likened(String word) {
    StringBuilder likened = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      String like = c == 'l' ? null : LookAlikes.latin(c);
      likened.append(like == null ? String.valueOf(c) : like);
    }
    return likened.toString();
  }

  /** With one letter where there are three or more of it. */
  private static String squeezed(String word) {
    StringBuilder squeezed = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); ) {
      int end = i;
      while (end < word.length() && word.charAt(end) == word.charAt(i)) {
        end++;
      }
      squeezed.repeat(word.charAt(i), end - i >= 3 ? 1 : end - i);
      i = end;
    }
    return squeezed.toString();
  }

  /** In scripts without spaces a term is found anywhere; in Katakana, between other characters. */
  private boolean hasRun(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!WordList.isRun(text.charAt(i))) {
        continue;
      }
      int longest = Math.min(text.length(), i + WordList.RUN_MAX);
      for (int end = i + 2; end <= longest; end++) {
        if (list.runs().contains(text.substring(i, end)) && !isInsideKatakana(text, i, end)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isInsideKatakana(String text, int start, int end) {
    return isKatakana(text, start) && isKatakana(text, start - 1)
        || isKatakana(text, end - 1) && isKatakana(text, end);
  }

  private static boolean isKatakana(String text, int i) {
    return i >= 0
        && i < text.length()
        && (text.charAt(i) == 'ー'
            || Character.UnicodeScript.of(text.charAt(i)) == Character.UnicodeScript.KATAKANA);
  }

  /** At least four letters, each for itself. */
  private boolean hasSpacedOut(List<Token> tokens) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i <= tokens.size(); i++) {
      String word = i < tokens.size() ? tokens.get(i).word() : "";
      if (word.length() == 1 && Character.isLetterOrDigit(word.charAt(0))) {
        letters.append(word);
        continue;
      }
      if (letters.length() >= 4 && letters.length() <= 20 && isTerm(likened(letters.toString()))) {
        return true;
      }
      letters.setLength(0);
    }
    return false;
  }

  private boolean isTerm(String word) {
    return list.terms().getOrDefault(word, List.of()).stream()
        .anyMatch(term -> term.words().size() == 1 && term.languages().isEmpty() && !term.small());
  }

  /** A letter or more starred out of a word, when only such words fit. */
  private boolean hasStarred(String text) {
    int seen = 0;
    for (int star = text.indexOf('*'); star >= 0 && seen < STARRED_MAX; seen++) {
      int start = edge(text, star, -1) + 1;
      int end = edge(text, star, 1);
      String word = Token.fold(text.substring(start, end));
      if (word.length() >= 4 && word.length() <= 20 && Character.isLetter(word.charAt(0))) {
        if (list.terms().keySet().stream().anyMatch(term -> fits(term, word) && isTerm(term))) {
          return true;
        }
      }
      star = text.indexOf('*', end);
    }
    return false;
  }

  private static int edge(String text, int from, int step) {
    int i = from;
    while (i >= 0 && i < text.length() && (text.charAt(i) == '*' || isLetter(text, i))) {
      i += step;
    }
    return i;
  }

  private static boolean isLetter(String text, int i) {
    return Character.isLetter(text.charAt(i));
  }

  private static boolean fits(String term, String starred) {
    if (term.length() != starred.length()) {
      return false;
    }
    int same = 0;
    for (int i = 0; i < term.length(); i++) {
      if (starred.charAt(i) != '*' && starred.charAt(i) != term.charAt(i)) {
        return false;
      }
      same += starred.charAt(i) == '*' ? 0 : 1;
    }
    return same >= 2;
  }
}
