package plenary.question;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A text as it is compared with others: the set of its trigrams, without case, accents and signs,
 * in every script. Two blanks before and one behind each word make its beginning count more, as
 * pg_trgm does it. Pure and safe for use by several threads.
 */
final class Wording {
  private static final int KEYS = 32;

  /** Hashes of a key: the chance that two texts share one is their similarity to this power. */
  private static final int BAND = 3;

  private static final int HASHES = BAND * KEYS;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final long[] FACTORS = new long[HASHES];
  private static final long[] SUMMANDS = new long[HASHES];

  static {
    // Kept in the database: another seed would find nothing of what is there.
    SplittableRandom random = new SplittableRandom(0x706c656e617279L);
    for (int i = 0; i < HASHES; i++) {
      FACTORS[i] = random.nextLong() | 1;
      SUMMANDS[i] = random.nextLong();
    }
  }

  /** Hashes of the trigrams, ascending, each once. */
  private final int[] grams;

  private Wording(int[] grams) {
    this.grams = grams;
  }

  static Wording of(String text) {
    String plain = plain(text);
    // As many as letters, and one for the end of each word.
    int[] grams = new int[2 * plain.length() + 1];
    int count = 0;
    int first = ' ';
    int second = ' ';
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isLetterOrDigit(c)) {
        grams[count++] = hash(first, second, c);
        first = second;
        second = c;
      } else if (second != ' ') {
        grams[count++] = hash(first, second, ' ');
        first = ' ';
        second = ' ';
      }
    }
    if (second != ' ') {
      grams[count++] = hash(first, second, ' ');
    }
    return new Wording(set(grams, count));
  }

  private static String plain(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    String letters =
        ascii
            ? text
            : MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return letters.toLowerCase(Locale.ROOT);
  }

  /** Ascending, each once. */
  private static int[] set(int[] values, int count) {
    Arrays.sort(values, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || values[i] != values[i - 1]) {
        values[kept++] = values[i];
      }
    }
    return Arrays.copyOf(values, kept);
  }

  private static int hash(int first, int second, int third) {
    return (int) (mixed((long) first << 42 ^ (long) second << 21 ^ third) >>> 32);
  }

  /** The finaliser of SplitMix64. */
  private static long mixed(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }

  /** Whether there is nothing to compare: signs and pictures alone. */
  boolean isEmpty() {
    return grams.length == 0;
  }

  /** How many of both texts' trigrams are in both, per cent (Jaccard). */
  int similarity(Wording other) {
    int shared = 0;
    int i = 0;
    int j = 0;
    while (i < grams.length && j < other.grams.length) {
      int order = Integer.compare(grams[i], other.grams[j]);
      shared += order == 0 ? 1 : 0;
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    int all = grams.length + other.grams.length - shared;
    return all == 0 ? 0 : 100 * shared / all;
  }

  /**
   * What texts of one session like this one are found by (MinHash, banded). Of texts with a
   * similarity of 50 per cent 98 in 100 share a key with it, of those with 40 per cent 88, of those
   * with 10 per cent 3.
   */
  Integer[] keys(UUID session) {
    Integer[] keys = new Integer[isEmpty() ? 0 : KEYS];
    long salt = session.getMostSignificantBits() ^ session.getLeastSignificantBits();
    for (int band = 0; band < keys.length; band++) {
      long key = band;
      for (int i = 0; i < BAND; i++) {
        key = mixed(key ^ least(BAND * band + i));
      }
      keys[band] = (int) (mixed(key ^ salt) >>> 32);
    }
    return keys;
  }

  private long least(int hash) {
    long least = Long.MAX_VALUE;
    for (int gram : grams) {
      least = Math.min(least, (FACTORS[hash] * gram + SUMMANDS[hash]) >>> 32);
    }
    return least;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Wording wording && Arrays.equals(grams, wording.grams);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(grams);
  }
}
