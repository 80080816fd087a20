package plenary.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the server, of PostgreSQL and of both at random moments under load: three of
 * the first two here, twenty of all with {@code -Dlong=true}.
 */
class KillIT {
  private static final boolean LONG = Boolean.getBoolean("long");
  private static final int KILLS = LONG ? 20 : 3;
  private static final int OF_BOTH = LONG ? 20 : 0;

  /** The bar of both is five seconds on an idle machine; they are printed. */
  private static final long BACK_MILLIS_MAX = 15_000;

  @Test
  void whatWasAcknowledgedIsThereOnceAndEveryStreamGoesOnWithoutAGap() throws Exception {
    long seed = System.nanoTime();
    System.out.println("durability: seed " + seed);
    List<Long> firstAcks = new ArrayList<>();
    List<Long> restarts = new ArrayList<>();
    try (Victim victim = new Victim("plenary.Main");
        Trial trial = new Trial(seed, victim.http())) {
      trial.begin();
      for (int kill = 0; kill < KILLS; kill++) {
        trial.someWhile();
        firstAcks.add(victim.killPostgres(trial));
        trial.someWhile();
        restarts.add(victim.killServer(trial));
      }
      for (int kill = 0; kill < OF_BOTH; kill++) {
        trial.someWhile();
        restarts.add(victim.killBoth(trial));
      }
      trial.someWhile();
      List<String> wrong = trial.verdict(victim.database());
      System.out.printf(
          "durability: server ready after %s ms; first acknowledgement after PostgreSQL's end %s"
              + " ms%n",
          restarts, firstAcks);
      assertThat(wrong).isEmpty();
      assertThat(firstAcks).hasSize(KILLS).allMatch(millis -> millis <= BACK_MILLIS_MAX);
      assertThat(restarts).hasSize(KILLS + OF_BOTH).allMatch(millis -> millis <= BACK_MILLIS_MAX);
    }
  }
}
