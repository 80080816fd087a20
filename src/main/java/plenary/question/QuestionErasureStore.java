package plenary.question;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** SQL that erases what sessions hold, in the order of the tables' references. */
final class QuestionErasureStore {
  private static final List<String> DELETIONS =
      List.of(
          """
          delete from vote v using question q
          where q.session_id = any($1::uuid[]) and v.question_id = q.id
          """,
          "delete from moderation_log where session_id = any($1::uuid[])",
          "delete from question where session_id = any($1::uuid[])");

  private QuestionErasureStore() {}

  static Future<Void> erase(SqlConnection sql, UUID[] sessions) {
    // The log's trigger refuses every change but this one.
    Future<?> all = sql.query("set local plenary.erasing = 'on'").execute();
    for (String deletion : DELETIONS) {
      all = all.compose(done -> sql.preparedQuery(deletion).execute(Tuple.of(sessions)));
    }
    return all.mapEmpty();
  }
}
