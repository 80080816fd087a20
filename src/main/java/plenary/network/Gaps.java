package plenary.network;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** When posts may be missing for good. */
public final class Gaps {
  private Gaps() {}

  /**
   * A stretch of time.
   *
   * @param why in a sentence
   */
  public record Gap(Network network, Instant since, Instant until, String why) {}

  /** Those of a meeting that touch a stretch of time, by time. */
  public static Future<List<Gap>> of(SqlClient sql, UUID meeting, Instant from, Instant to) {
    return GapStore.of(sql, meeting, from, to);
  }
}
