package plenary.question;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** The questions' part of erasing a meeting, in the transaction of whoever does the whole. */
public final class QuestionErasure {
  private QuestionErasure() {}

  /** Deletes every question, vote and log entry of sessions whose heads are locked. */
  public static Future<Void> of(SqlConnection sql, List<UUID> sessions) {
    return QuestionErasureStore.erase(sql, sessions.toArray(UUID[]::new));
  }
}
