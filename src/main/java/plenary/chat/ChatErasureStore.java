package plenary.chat;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** SQL that erases what sessions have of chats. */
final class ChatErasureStore {
  private static final List<String> DELETIONS =
      List.of(
          "delete from chat_outbox where session_id = any($1::uuid[])",
          "delete from chat_prompt where session_id = any($1::uuid[])",
          "delete from chat where session_id = any($1::uuid[])");

  private ChatErasureStore() {}

  static Future<Void> erase(SqlConnection sql, UUID[] sessions) {
    Future<?> all = Future.succeededFuture();
    for (String deletion : DELETIONS) {
      all = all.compose(done -> sql.preparedQuery(deletion).execute(Tuple.of(sessions)));
    }
    return all.mapEmpty();
  }
}
