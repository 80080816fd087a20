package plenary.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** SQL that erases everybody's access to a meeting. */
final class AccessErasureStore {
  private AccessErasureStore() {}

  /**
   * Deletes grants, invitations and participants of a meeting, and the sign-ins that had nothing
   * but those, with their tokens.
   *
   * @return the grants that are gone; participants have nothing left that they could watch
   */
  static Future<List<Revocations.Revoked>> erase(SqlConnection sql, UUID meeting) {
    return sql.preparedQuery(
            """
            with granted as (
              delete from role_grant where meeting = $1 returning id, sign_in
            ), joined as (
              delete from participant where meeting = $1 returning id, sign_in
            )
            select id, sign_in, true as staff from granted
            union all select id, sign_in, false from joined
            """)
        .execute(Tuple.of(meeting))
        .compose(
            rows -> {
              List<Revocations.Revoked> gone = new ArrayList<>();
              Set<UUID> signIns = new HashSet<>();
              for (Row row : rows) {
                signIns.add(row.getUUID("sign_in"));
                if (row.getBoolean("staff")) {
                  gone.add(new Revocations.Revoked(row.getUUID("id"), row.getUUID("sign_in")));
                }
              }
              return sql.preparedQuery("delete from invitation where meeting = $1")
                  .execute(Tuple.of(meeting))
                  .compose(done -> eraseIdle(sql, signIns))
                  .map(gone);
            });
  }

  private static Future<Void> eraseIdle(SqlConnection sql, Set<UUID> signIns) {
    return sql.preparedQuery(
            """
            delete from sign_in s where s.id = any($1::uuid[])
              and not exists (select 1 from role_grant g where g.sign_in = s.id)
              and not exists (select 1 from participant p where p.sign_in = s.id)
            """)
        .execute(Tuple.of(signIns.toArray(UUID[]::new)))
        .mapEmpty();
  }
}
