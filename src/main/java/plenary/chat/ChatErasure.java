package plenary.chat;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** The chat's part of erasing a meeting, in the transaction of whoever does the whole. */
public final class ChatErasure {
  private ChatErasure() {}

  /** Deletes chats, prompts and outboxes of sessions whose heads are locked. */
  public static Future<Void> of(SqlConnection sql, List<UUID> sessions) {
    return ChatErasureStore.erase(sql, sessions.toArray(UUID[]::new));
  }
}
