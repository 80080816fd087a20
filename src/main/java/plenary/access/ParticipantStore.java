package plenary.access;

import static plenary.access.TokenStore.at;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Participant;

/** SQL of participants. */
final class ParticipantStore {
  private ParticipantStore() {}

  /**
   * A newcomer with sign-in and token, in one statement: it is its own transaction, so a hall that
   * joins at once costs one round trip for each.
   */
  static Future<Void> insertNewcomer(
      SqlClient sql,
      Participant participant,
      UUID signIn,
      Buffer hash,
      Instant now,
      Instant until) {
    return sql.preparedQuery(
            """
            with s as (insert into sign_in (id, created_at) values ($1, $2)),
              t as (insert into access_token (hash, sign_in, expires_at) values ($3, $1, $4))
            insert into participant (id, meeting, sign_in, name, joined_at)
            values ($5, $6, $1, $7, $2)
            """)
        .execute(
            Tuple.of(
                signIn,
                at(now),
                hash,
                at(until),
                participant.id(),
                participant.meeting(),
                participant.name()))
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
