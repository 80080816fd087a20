package plenary.durability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the server and of PostgreSQL at random moments under load: three of each here,
 * twenty with {@code -Dlong=true}.
 */
class KillIT {
  private static final int KILLS = Boolean.getBoolean("long") ? 20 : 3;

  /** The bar of both is five seconds on an idle machine; they are printed. */
  private static final long BACK_MILLIS_MAX = 25_000;

  @Test
  void whatWasAcknowledgedIsThereOnceAndEveryStreamGoesOnWithoutAGap() throws Exception {
    long seed = System.nanoTime();
    System.out.println("durability: seed " + seed);
    try (Trial trial = new Trial("plenary.Main", seed)) {
      trial.begin();
      for (int kill = 0; kill < KILLS; kill++) {
        trial.someWhile();
        trial.killPostgres();
        trial.someWhile();
        trial.killServer();
      }
      trial.someWhile();
      assertThat(trial.verdict()).isEmpty();
      assertThat(trial.firstAcks).hasSize(KILLS).allMatch(millis -> millis <= BACK_MILLIS_MAX);
      assertThat(trial.restarts).hasSize(KILLS).allMatch(millis -> millis <= BACK_MILLIS_MAX);
    }
  }
}
