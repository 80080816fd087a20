package plenary.screening;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What is kept of a text for comparing it: its words as numbers with a weight each, at most 48 of
 * them (the smallest, which is a fair sample: Broder, "On the resemblance and containment of
 * documents", 1997). Long words and numbers weigh more, for short ones are in every sentence.
 */
record Sketch(int[] codes, int words) {
  private static final int CODES_MAX = 48;

  /** The lower bits of a code are its weight. */
  private static final int WEIGHT = 7;

  static Sketch of(List<Token> tokens) {
    TreeSet<Integer> codes = new TreeSet<>();
    for (Token token : tokens) {
      String word = token.word();
      if (WordList.isRun(word.codePointAt(0))) {
        for (int i = 0; i + 2 <= word.length(); i++) {
          add(codes, word.substring(i, i + 2), 3);
        }
      } else {
        add(
            codes,
            singular(word),
            Character.isDigit(word.charAt(0)) ? 5 : Math.clamp(word.length() - 1, 1, 7));
      }
    }
    return new Sketch(codes.stream().mapToInt(Integer::intValue).toArray(), tokens.size());
  }

  /** Without the s that makes a plural of many words in many languages. */
  private static String singular(String word) {
    return word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }

  private static void add(TreeSet<Integer> codes, String word, int weight) {
    int mixed = word.hashCode() * 0x9e3779b9;
    codes.add((mixed ^ mixed >>> 15) & ~WEIGHT | weight);
    if (codes.size() > CODES_MAX) {
      codes.pollLast();
    }
  }

  /** The share of their words, by weight, that both have. */
  double likeness(Sketch other) {
    int i = 0;
    int j = 0;
    int both = 0;
    int all = 0;
    while (i < codes.length && j < other.codes.length) {
      int mine = codes[i];
      int theirs = other.codes[j];
      all += (mine <= theirs ? mine : theirs) & WEIGHT;
      both += mine == theirs ? mine & WEIGHT : 0;
      i += mine <= theirs ? 1 : 0;
      j += theirs <= mine ? 1 : 0;
    }
    // Where one sample is full, nothing is known of what lies beyond it.
    if (codes.length < CODES_MAX && other.codes.length < CODES_MAX) {
      all += rest(codes, i) + rest(other.codes, j);
    }
    return all == 0 ? 0 : (double) both / all;
  }

  private static int rest(int[] codes, int from) {
    int weight = 0;
    for (int i = from; i < codes.length; i++) {
      weight += codes[i] & WEIGHT;
    }
    return weight;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sketch sketch && Arrays.equals(codes, sketch.codes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codes);
  }
}
