package plenary.question;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A text as it is compared with others: the set of its trigrams, without case, accents and signs,
 * in every script. Two blanks before and one behind each word make its beginning count more, as
 * pg_trgm does it. Pure and safe for use by several threads.
 */
final class Wording {
  /** Each key is of two hashes: the chance that two texts share one grows with its square. */
  private static final int KEYS = 24;

  private static final int HASHES = 2 * KEYS;
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
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
    IntStream.Builder grams = IntStream.builder();
    int first = ' ';
    int second = ' ';
    for (int c : plain.codePoints().toArray()) {
      if (Character.isLetterOrDigit(c)) {
        grams.add(hash(first, second, c));
        first = second;
        second = c;
      } else if (second != ' ') {
        grams.add(hash(first, second, ' '));
        first = ' ';
        second = ' ';
      }
    }
    if (second != ' ') {
      grams.add(hash(first, second, ' '));
    }
    return new Wording(grams.build().sorted().distinct().toArray());
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
   * similarity of 40 per cent 98 in 100 share a key with it, of those with 10 per cent 21.
   */
  Integer[] keys(UUID session) {
    Integer[] keys = new Integer[isEmpty() ? 0 : KEYS];
    long salt = session.getMostSignificantBits() ^ session.getLeastSignificantBits();
    for (int band = 0; band < keys.length; band++) {
      long both = least(2 * band) << 32 | least(2 * band + 1);
      keys[band] = (int) (mixed(mixed(both + band) ^ salt) >>> 32);
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
