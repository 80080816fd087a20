package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Accounts that post, in the database. */
final class PostingAccountStore {
  private PostingAccountStore() {}

  static Future<List<Account>> of(SqlClient sql, UUID meeting) {
    return sql.preparedQuery(
            """
            select id, meeting, network, server, handle, credentials, settings
            from network_account where meeting = $1 and posts order by id
            """)
        .execute(Tuple.of(meeting))
        .map(
            rows -> {
              List<Account> accounts = new ArrayList<>();
              rows.forEach(
                  row ->
                      accounts.add(
                          new Account(
                              row.getUUID("id"),
                              row.getUUID("meeting"),
                              Network.named(row.getString("network")),
                              row.getString("server"),
                              row.getString("handle"),
                              (JsonObject) row.getJson("credentials"),
                              (JsonObject) row.getJson("settings"))));
              return accounts;
            });
  }
}
