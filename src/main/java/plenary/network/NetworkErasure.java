package plenary.network;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** The networks' part of erasing a meeting, in the transaction of whoever does the whole. */
public final class NetworkErasure {
  private NetworkErasure() {}

  /** Deletes its accounts, and the posts that no other meeting has. */
  public static Future<Void> of(SqlConnection sql, UUID meeting) {
    return PostStore.erase(sql, meeting);
  }
}
