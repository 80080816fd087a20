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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.access.Newcomers.Newcomer;
import plenary.identity.Participant;

/** SQL of participants. */
final class ParticipantStore {
  private ParticipantStore() {}

  /**
   * Newcomers with their sign-ins and tokens, in one statement, which is its own transaction: all
   * of them or none.
   */
  static Future<Void> insertNewcomers(SqlClient sql, List<Newcomer> newcomers) {
    return sql.preparedQuery(
            """
            with n as (
                select * from unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::uuid[], $5::text[],
                  $6::timestamptz[], $7::timestamptz[])
                as n (sign_in, hash, id, meeting, name, joined_at, expires_at)),
              s as (insert into sign_in (id, created_at) select sign_in, joined_at from n),
              t as (insert into access_token (hash, sign_in, expires_at)
                select hash, sign_in, expires_at from n)
            insert into participant (id, meeting, sign_in, name, joined_at)
            select id, meeting, sign_in, name, joined_at from n
            """)
        .execute(
            Tuple.of(
                newcomers.stream().map(Newcomer::signIn).toArray(UUID[]::new),
                newcomers.stream().map(Newcomer::hash).toArray(Buffer[]::new),
                newcomers.stream().map(each -> each.participant().id()).toArray(UUID[]::new),
                newcomers.stream().map(each -> each.participant().meeting()).toArray(UUID[]::new),
                newcomers.stream().map(each -> each.participant().name()).toArray(String[]::new),
                newcomers.stream().map(each -> at(each.joinedAt())).toArray(OffsetDateTime[]::new),
                newcomers.stream()
                    .map(each -> at(each.expiresAt()))
                    .toArray(OffsetDateTime[]::new)))
        .mapEmpty();
  }

  /** The participant that a sign-in is in a meeting, made when there is none. */
  static Future<Participant> join(SqlConnection sql, Participant wanted, UUID signIn, Instant now) {
    return sql.preparedQuery(
            """
            insert into participant (id, meeting, sign_in, name, joined_at)
            values ($1, $2, $3, $4, $5)
            on conflict (sign_in, meeting) do update
              set name = coalesce(excluded.name, participant.name)
            returning id, name
            """)
        .execute(Tuple.of(wanted.id(), wanted.meeting(), signIn, wanted.name(), at(now)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Participant(row.getUUID("id"), wanted.meeting(), row.getString("name"));
            });
  }

  /** Another name for a participant. */
  static Future<Void> rename(SqlClient sql, UUID id, @Nullable String name) {
    return sql.preparedQuery("update participant set name = $2 where id = $1")
        .execute(Tuple.of(id, name))
        .mapEmpty();
  }
}
