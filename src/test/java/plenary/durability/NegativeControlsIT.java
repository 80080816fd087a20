package plenary.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The checker of {@link KillIT} has teeth: with a promise broken it must report losses, within a
 * bounded number of kills. A sequence as a position has its own control, {@code SequenceIT}.
 */
class NegativeControlsIT {
  private static final int TRIES = 3;

  @Test
  void withoutDurableCommitsAKilledPostgresLosesWhatWasAcknowledged() throws Exception {
    // The server refuses to start on such a database, so it is made one under the server's feet.
    assertThat(
            losses(
                "plenary.Main", Map.of("synchronous_commit", "off", "wal_writer_delay", "'10s'")))
        .anyMatch(wrong -> wrong.contains("missing"));
  }

  @Test
  void answersBeforeTheCommitLoseWhatWasAcknowledged() throws Exception {
    // Every commit takes a while, so that a kill falls between the answer and its commit.
    assertThat(
            losses("plenary.FaultyMain", Map.of("commit_siblings", "0", "commit_delay", "100000")))
        .anyMatch(wrong -> wrong.contains("missing"));
  }

  private static List<String> losses(String main, Map<String, String> settings) throws Exception {
    try (Victim victim = new Victim(main);
        Trial trial = new Trial(1, victim.http())) {
      settings.forEach(victim::set);
      trial.begin();
      for (int kill = 0; kill < TRIES; kill++) {
        trial.acknowledge(100);
        victim.killPostgres(trial);
      }
      return trial.verdict(victim.database());
    }
  }
}
