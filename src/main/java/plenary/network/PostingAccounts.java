package plenary.network;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.UUID;

/** The accounts of a meeting that its prompts may be posted through. */
public final class PostingAccounts {
  private PostingAccounts() {}

  /** Those that the organiser lets post, oldest first. */
  public static Future<List<Account>> of(SqlClient sql, UUID meeting) {
    return AccountStore.of(sql, meeting)
        .map(
            all ->
                all.stream()
                    .filter(AccountStore.Kept::posts)
                    .map(AccountStore.Kept::account)
                    .toList());
  }
}
