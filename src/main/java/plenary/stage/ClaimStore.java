package plenary.stage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import plenary.database.Times;

/** Claims in the database. Writes happen under the session's head lock. */
final class ClaimStore {
  private ClaimStore() {}

  static Future<Optional<Claim>> find(SqlClient sql, UUID session, UUID question) {
    return sql.preparedQuery(
            """
            select question_id, holder, name, since, expires_at from question_claim
            where session_id = $1 and question_id = $2
            """)
        .execute(Tuple.of(session, question))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(
                    new Claim(
                        row.getUUID("question_id"),
                        row.getUUID("holder"),
                        row.getString("name"),
                        row.getOffsetDateTime("since").toInstant(),
                        row.getOffsetDateTime("expires_at").toInstant()));
              }
              return Optional.empty();
            });
  }

  static Future<Void> save(SqlClient sql, UUID session, Claim claim) {
    return sql.preparedQuery(
            """
            insert into question_claim (question_id, session_id, holder, name, since, expires_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (question_id) do update set holder = excluded.holder,
              name = excluded.name, since = excluded.since, expires_at = excluded.expires_at
            """)
        .execute(
            Tuple.of(
                claim.question(),
                session,
                claim.holder(),
                claim.name(),
                Times.sql(claim.since()),
                Times.sql(claim.until())))
        .mapEmpty();
  }

  static Future<Void> delete(SqlClient sql, UUID question) {
    return sql.preparedQuery("delete from question_claim where question_id = $1")
        .execute(Tuple.of(question))
        .mapEmpty();
  }

  /** Deletes what has ended by itself; gives the questions. */
  static Future<List<UUID>> expire(SqlClient sql, UUID session, Instant now) {
    return sql.preparedQuery(
            """
            delete from question_claim where session_id = $1 and expires_at <= $2
            returning question_id
            """)
        .execute(Tuple.of(session, Times.sql(now)))
        .map(ClaimStore::ids);
  }

  /** Sessions in which a claim has ended by itself. */
  static Future<List<UUID>> due(SqlClient sql, Instant now, int limit) {
    return sql.preparedQuery(
            """
            select distinct session_id from (
              select session_id from question_claim where expires_at <= $1
              order by expires_at limit $2) ended
            """)
        .execute(Tuple.of(Times.sql(now), limit))
        .map(ClaimStore::ids);
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    List<UUID> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getUUID(0)));
    return ids;
  }
}
