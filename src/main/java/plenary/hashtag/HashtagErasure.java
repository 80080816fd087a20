package plenary.hashtag;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** The hashtags' part of erasing a meeting, in the transaction of whoever does the whole. */
public final class HashtagErasure {
  private HashtagErasure() {}

  /** Deletes what a meeting asks for beside its hashtags. */
  public static Future<Void> of(SqlConnection sql, UUID meeting) {
    return GuardStore.erase(sql, meeting);
  }
}
