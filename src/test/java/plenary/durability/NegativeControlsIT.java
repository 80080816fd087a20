package plenary.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The checker of {@link KillIT} has teeth: with a promise broken it must report losses, within a
 * bounded number of kills. A sequence as a position has its own control, {@code SequenceIT}.
 */
class NegativeControlsIT {
  private static final int TRIES = 3;

  @Test
  void withoutDurableCommitsAKilledPostgresLosesWhatWasAcknowledged() throws Exception {
    try (Trial trial = new Trial("plenary.Main", 1)) {
      // The server refuses to start on such a database, so it is made one under the server's feet.
      trial.set("synchronous_commit", "off");
      trial.set("wal_writer_delay", "'10s'");
      assertThat(lossesOf(trial)).anyMatch(wrong -> wrong.contains("missing"));
    }
  }

  @Test
  void answersBeforeTheCommitLoseWhatWasAcknowledged() throws Exception {
    try (Trial trial = new Trial("plenary.FaultyMain", 2)) {
      // Every commit takes a while, so that a kill falls between the answer and its commit.
      trial.set("commit_siblings", "0");
      trial.set("commit_delay", "100000");
      assertThat(lossesOf(trial)).anyMatch(wrong -> wrong.contains("missing"));
    }
  }

  private static List<String> lossesOf(Trial trial) throws Exception {
    trial.begin();
    for (int kill = 0; kill < TRIES; kill++) {
      trial.acknowledge(100);
      trial.killPostgres();
    }
    return trial.verdict();
  }
}
