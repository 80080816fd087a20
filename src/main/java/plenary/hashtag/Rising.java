package plenary.hashtag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Hashtags that suddenly more people use: the chi-square (o − e)² / e of the people of the last
 * five minutes against what the hour before lets expect, as Mastodon reckons it for days. A peak
 * fades to its half in ten minutes, a sixth of the hour, and is forgotten after two.
 */
final class Rising {
  static final Duration WINDOW = Duration.ofMinutes(5);

  /** Windows that what is expected is the mean of. */
  static final int TRAILING = 12;

  /** Windows after which a peak is forgotten. */
  static final int COOLDOWN = 24;

  /** Windows that have to be known, counted back from the end. */
  static final int WINDOWS = COOLDOWN + TRAILING;

  static final int PEOPLE_MIN = 5;
  private static final double HALF_LIFE = 2;
  private static final double SCORE_MIN = 1;

  private Rising() {}

  /**
   * A hashtag on its way up.
   *
   * @param people who used it in the five minutes of its peak
   * @param expected how many were to be expected then
   * @param score of the peak, faded
   */
  record Riser(String key, int people, double expected, double score) {}

  /**
   * The hashtags that rise, steepest first.
   *
   * @param people by hashtag: who used it in each window, the last window first
   */
  static List<Riser> of(Map<String, int[]> people, int most) {
    List<Riser> rising = new ArrayList<>();
    people.forEach(
        (key, windows) -> {
          Riser riser = riser(key, windows);
          if (riser.score() >= SCORE_MIN) {
            rising.add(riser);
          }
        });
    rising.sort(Comparator.comparingDouble(Riser::score).reversed().thenComparing(Riser::key));
    return rising.subList(0, Math.min(most, rising.size()));
  }

  private static Riser riser(String key, int[] windows) {
    Riser best = new Riser(key, 0, 0, 0);
    for (int age = 0; age < COOLDOWN; age++) {
      double expected = expected(windows, age);
      double score = score(windows[age], expected) * Math.pow(0.5, age / HALF_LIFE);
      if (score > best.score()) {
        best = new Riser(key, windows[age], expected, score);
      }
    }
    return best;
  }

  private static double expected(int[] windows, int age) {
    int sum = 0;
    for (int i = age + 1; i <= age + TRAILING; i++) {
      sum += windows[i];
    }
    return Math.max(1, (double) sum / TRAILING);
  }

  static double score(int observed, double expected) {
    return observed < PEOPLE_MIN || observed <= expected
        ? 0
        : (observed - expected) * (observed - expected) / expected;
  }
}
