package plenary.access;

import static plenary.access.TokenStore.at;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** SQL of the links that make the organiser of the server, or sign one in again. */
final class SetupStore {
  /** Every start of a server without an organiser makes one; older ones give way. */
  private static final int LINKS_MAX = 20;

  private static final long LOCK = 0x706c_7365_7475_70L;

  private SetupStore() {}

  record Link(Buffer hash, boolean signIn) {}

  /** One at a time sets the server up, on all nodes. */
  static Future<Void> lock(SqlConnection sql) {
    return sql.preparedQuery("select pg_advisory_xact_lock($1)").execute(Tuple.of(LOCK)).mapEmpty();
  }

  static Future<Void> insert(SqlClient sql, Link link, Instant expiresAt) {
    return sql.preparedQuery(
            """
            insert into setup_link (hash, purpose, expires_at) values ($1, $2, $3)
            on conflict (hash) do update set expires_at = excluded.expires_at
            """)
        .execute(Tuple.of(link.hash(), link.signIn() ? "sign-in" : "setup", at(expiresAt)))
        .compose(
            done ->
                sql.preparedQuery(
                        """
                        delete from setup_link where hash not in
                          (select hash from setup_link order by expires_at desc limit $1)
                        """)
                    .execute(Tuple.of(LINKS_MAX)))
        .mapEmpty();
  }

  static Future<List<Link>> living(SqlConnection sql, Instant now) {
    return sql.preparedQuery("select hash, purpose from setup_link where expires_at > $1")
        .execute(Tuple.of(at(now)))
        .map(
            rows -> {
              List<Link> links = new ArrayList<>();
              rows.forEach(
                  row ->
                      links.add(
                          new Link(
                              row.getBuffer("hash"), row.getString("purpose").equals("sign-in"))));
              return links;
            });
  }

  /** A used link is dead, and with the first organiser every link that would make one. */
  static Future<Void> delete(SqlConnection sql, Buffer hash) {
    return sql.preparedQuery("delete from setup_link where hash = $1 or purpose = 'setup'")
        .execute(Tuple.of(hash))
        .mapEmpty();
  }
}
