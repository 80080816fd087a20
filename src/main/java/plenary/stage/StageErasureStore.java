package plenary.stage;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** SQL that erases what sessions have on stage. */
final class StageErasureStore {
  private static final List<String> DELETIONS =
      List.of(
          "delete from question_claim where session_id = any($1::uuid[])",
          "delete from stage_message where session_id = any($1::uuid[])",
          "delete from stage where session_id = any($1::uuid[])");

  private StageErasureStore() {}

  static Future<Void> erase(SqlConnection sql, UUID[] sessions) {
    Future<?> all = Future.succeededFuture();
    for (String deletion : DELETIONS) {
      all = all.compose(done -> sql.preparedQuery(deletion).execute(Tuple.of(sessions)));
    }
    return all.mapEmpty();
  }
}
