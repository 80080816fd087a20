package plenary.stage;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** The stage's part of erasing a meeting, in the transaction of whoever does the whole. */
public final class StageErasure {
  private StageErasure() {}

  /** Deletes stages, messages and claims of sessions whose heads are locked. */
  public static Future<Void> of(SqlConnection sql, List<UUID> sessions) {
    return StageErasureStore.erase(sql, sessions.toArray(UUID[]::new));
  }
}
