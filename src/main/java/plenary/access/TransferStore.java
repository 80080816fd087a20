package plenary.access;

import static plenary.access.TokenStore.at;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Participant;

/** SQL of the codes with which a second device becomes the same participant. */
final class TransferStore {
  private TransferStore() {}

  /** Stores a code; the one that the sign-in had before is dead. */
  static Future<Void> insert(SqlClient sql, UUID signIn, Buffer hash, Instant expiresAt) {
    return sql.preparedQuery(
            """
            insert into transfer (sign_in, hash, expires_at) values ($1, $2, $3)
            on conflict (sign_in) do update
              set hash = excluded.hash, expires_at = excluded.expires_at, used_with = null
            """)
        .execute(Tuple.of(signIn, hash, at(expiresAt)))
        .mapEmpty();
  }

  /**
   * What a code leads to.
   *
   * @param staff whether the sign-in has roles by now
   * @param until until when its longest token lives; absent when it was signed out
   */
  record Led(UUID signIn, boolean staff, @Nullable Instant until) {}

  /** Uses a code. Whoever comes second waits for the first, and then finds it used. */
  static Future<Optional<Led>> use(SqlConnection sql, Buffer hash, Buffer usedWith, Instant now) {
    return sql.preparedQuery(
            """
            update transfer t set used_with = $2
            where t.hash = $1 and t.expires_at > $3
              and (t.used_with is null or t.used_with = $2)
            returning t.sign_in,
              exists (select 1 from role_grant g
                      where g.sign_in = t.sign_in and g.revoked_at is null) as staff,
              (select max(a.expires_at) from access_token a
               where a.sign_in = t.sign_in and a.rotated_at is null and a.expires_at > $3) as until
            """)
        .execute(Tuple.of(hash, usedWith, at(now)))
        .map(
            rows -> {
              for (Row row : rows) {
                OffsetDateTime until = row.getOffsetDateTime("until");
                return Optional.of(
                    new Led(
                        row.getUUID("sign_in"),
                        row.getBoolean("staff"),
                        until == null ? null : until.toInstant()));
              }
              return Optional.empty();
            });
  }

  /** Everything a sign-in is in the meetings. */
  static Future<List<Participant>> participants(SqlConnection sql, UUID signIn) {
    return sql.preparedQuery(
            "select id, meeting, name from participant where sign_in = $1 order by id")
        .execute(Tuple.of(signIn))
        .map(
            rows -> {
              List<Participant> all = new ArrayList<>();
              rows.forEach(
                  row ->
                      all.add(
                          new Participant(
                              row.getUUID("id"), row.getUUID("meeting"), row.getString("name"))));
              return all;
            });
  }

  /** Forgets codes that are of no use any more. */
  static Future<Void> clean(SqlClient sql, Instant now) {
    return sql.preparedQuery("delete from transfer where expires_at < $1")
        .execute(Tuple.of(at(now)))
        .mapEmpty();
  }
}
