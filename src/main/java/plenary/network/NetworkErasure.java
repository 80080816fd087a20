package plenary.network;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** The networks' part of erasing a meeting, in the transaction of whoever does the whole. */
public final class NetworkErasure {
  private NetworkErasure() {}

  /**
   * Waits for what its connectors are storing, and lets them store nothing more. Before the meeting
   * itself is locked, as they lock it after their account.
   */
  public static Future<Void> hold(SqlConnection sql, UUID meeting) {
    return AccountStore.lock(sql, meeting);
  }

  /** Deletes its accounts, and the posts that no other meeting has. */
  public static Future<Void> of(SqlConnection sql, UUID meeting) {
    return PostStore.erase(sql, meeting);
  }
}
