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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Role;

/** SQL of invitations. */
final class InvitationStore {
  private InvitationStore() {}

  /**
   * Stores an invitation; one of that id that was not used yet gets the new link.
   *
   * @return false when it was used or revoked meanwhile
   */
  static Future<Boolean> insert(SqlClient sql, Invitation invitation, Buffer hash, UUID createdBy) {
    return sql.preparedQuery(
            """
            insert into invitation
              (id, meeting, session, role, name, token_hash, created_at, created_by, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do update set token_hash = excluded.token_hash
            where invitation.used_at is null and invitation.revoked_at is null
              and invitation.role = excluded.role and invitation.name = excluded.name
            """)
        .execute(
            Tuple.of(
                invitation.id(),
                invitation.meeting(),
                invitation.session(),
                invitation.role().id(),
                invitation.name(),
                hash,
                at(invitation.createdAt()),
                createdBy,
                at(invitation.expiresAt())))
        .map(rows -> rows.rowCount() == 1);
  }

  /** A page of a meeting's invitations, newest first. */
  static Future<List<Invitation>> list(
      SqlClient sql, UUID meeting, @Nullable UUID after, int limit) {
    return sql.preparedQuery(
            """
            select id, meeting, session, role, name, created_at, expires_at, used_at, revoked_at
            from invitation
            where meeting = $1 and ($2::uuid is null or (created_at, id) <
              ((select i.created_at from invitation i where i.id = $2::uuid), $2::uuid))
            order by created_at desc, id desc limit $3
            """)
        .execute(Tuple.of(meeting, after, limit))
        .map(
            rows -> {
              List<Invitation> all = new ArrayList<>();
              rows.forEach(row -> all.add(read(row)));
              return all;
            });
  }

  /** The invitation of a secret, locked until the transaction ends. */
  static Future<Optional<Invitation>> hold(SqlConnection sql, Buffer hash) {
    return sql.preparedQuery(
            """
            select id, meeting, session, role, name, created_at, expires_at, used_at, revoked_at
            from invitation where token_hash = $1 for update
            """)
        .execute(Tuple.of(hash))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(read(row));
              }
              return Optional.empty();
            });
  }

  static Future<Void> used(SqlConnection sql, UUID id, Instant now) {
    return sql.preparedQuery("update invitation set used_at = $2 where id = $1")
        .execute(Tuple.of(id, at(now)))
        .mapEmpty();
  }

  /**
   * Revokes an invitation of that meeting.
   *
   * @return false when the meeting has no such invitation
   */
  static Future<Boolean> revoke(SqlConnection sql, UUID meeting, UUID id, Instant now) {
    return sql.preparedQuery(
            """
            update invitation set revoked_at = coalesce(revoked_at, $3)
            where id = $2 and meeting = $1
            """)
        .execute(Tuple.of(meeting, id, at(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Invitation read(Row row) {
    return new Invitation(
        row.getUUID("id"),
        row.getUUID("meeting"),
        row.getUUID("session"),
        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        row.getString("name"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("expires_at").toInstant(),
        instant(row.getOffsetDateTime("used_at")),
        instant(row.getOffsetDateTime("revoked_at")));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
