package plenary.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plenary.live.Faults;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/** A new version is rolled out in the middle of a session: one node after the other restarts. */
class RollingRestartIT {
  @Test
  void noCommandFailsAndNoStreamHasAGap() throws Exception {
    PgConnectOptions database = TestPostgres.options();
    long start = System.nanoTime();
    TestServer one = start(database);
    TestServer two = start(database);
    try (Trial trial = new Trial(start, at(one), at(two))) {
      trial.begin();
      trial.someWhile();
      one.close();
      one = start(database);
      trial.caller.moved(at(one), at(two));
      trial.someWhile();
      two.close();
      two = start(database);
      trial.caller.moved(at(one), at(two));
      trial.someWhile();
      List<String> wrong = trial.verdict(database);
      System.out.printf(
          "durability: rolling restart in %d ms%n", (System.nanoTime() - start) / 1_000_000);
      assertThat(wrong).isEmpty();
      // Votes for own questions, which the load does not keep from trying.
      assertThat(trial.journal.refused.keySet()).isSubsetOf("own-question");
    } finally {
      one.close();
      two.close();
    }
  }

  private static TestServer start(PgConnectOptions database) {
    return TestServer.start(database, Map.of("PLENARY_LIVE_PULSE_MS", "2000"), Faults.NONE);
  }

  private static URI at(TestServer node) {
    return URI.create("http://127.0.0.1:" + node.port());
  }
}
