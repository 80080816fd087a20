package plenary.access;

import static plenary.access.TokenStore.at;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Ids;
import plenary.identity.Grant;
import plenary.identity.Role;

/** SQL of granted roles and of what was taken back. */
final class GrantStore {
  private GrantStore() {}

  /** A grant with the sign-in that holds it. */
  record Held(Grant grant, UUID signIn) {}

  /** The organiser of the whole server. */
  static Future<Optional<Held>> server(SqlClient sql) {
    return sql.preparedQuery(
            """
            select id, role, meeting, session, name, sign_in from role_grant
            where meeting is null and revoked_at is null
            """)
        .execute()
        .map(rows -> held(rows).stream().findFirst());
  }

  /** The living grant that an invitation gave. */
  static Future<Optional<Held>> ofInvitation(SqlConnection sql, UUID invitation) {
    return sql.preparedQuery(
            """
            select id, role, meeting, session, name, sign_in from role_grant
            where invitation = $1 and revoked_at is null
            """)
        .execute(Tuple.of(invitation))
        .map(rows -> held(rows).stream().findFirst());
  }

  private static List<Held> held(Iterable<Row> rows) {
    List<Held> all = new ArrayList<>();
    for (Row row : rows) {
      all.add(
          new Held(
              new Grant(
                  row.getUUID("id"),
                  Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                  row.getUUID("meeting"),
                  row.getUUID("session"),
                  row.getString("name")),
              row.getUUID("sign_in")));
    }
    return all;
  }

  /**
   * Gives a role.
   *
   * @param expiresAt when it ends by itself; null = while its sign-in is used
   * @param staffUntil until when the sign-in's roles count from now on, when they end with its use
   */
  static Future<Void> insert(
      SqlConnection sql,
      Held held,
      @Nullable UUID invitation,
      Instant now,
      @Nullable Instant expiresAt,
      Instant staffUntil) {
    Grant grant = held.grant();
    return sql.preparedQuery(
            """
            with kept as (
              update sign_in
              set staff_until = case when $9::timestamptz is null
                then greatest(staff_until, $10) else staff_until end
              where id = $6)
            insert into role_grant
              (id, role, meeting, session, name, sign_in, invitation, granted_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """)
        .execute(
            Tuple.tuple()
                .addUUID(grant.id())
                .addString(grant.role().id())
                .addUUID(grant.meeting())
                .addUUID(grant.session())
                .addString(grant.name())
                .addUUID(held.signIn())
                .addUUID(invitation)
                .addOffsetDateTime(at(now))
                .addOffsetDateTime(expiresAt == null ? null : at(expiresAt))
                .addOffsetDateTime(at(staffUntil)))
        .mapEmpty();
  }

  /** Takes a role back. */
  static Future<Revocations.Revoked> revoke(SqlConnection sql, Held held, Instant now) {
    Revocations.Revoked revoked = new Revocations.Revoked(held.grant().id(), held.signIn());
    return sql.preparedQuery("update role_grant set revoked_at = $2 where id = $1")
        .execute(Tuple.of(held.grant().id(), at(now)))
        .compose(done -> tell(sql, List.of(revoked)))
        .map(revoked);
  }

  /** Tells every node that principals lost what they had; by the one clock they share. */
  static Future<Void> tell(SqlConnection sql, List<Revocations.Revoked> revoked) {
    if (revoked.isEmpty()) {
      return Future.succeededFuture();
    }
    return sql.preparedQuery(
            """
            insert into revocation (id, principal, sign_in, at)
            select id, principal, sign_in, clock_timestamp()
            from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as r (id, principal, sign_in)
            """)
        .execute(
            Tuple.of(
                revoked.stream().map(each -> Ids.next()).toArray(UUID[]::new),
                revoked.stream().map(Revocations.Revoked::principal).toArray(UUID[]::new),
                revoked.stream().map(Revocations.Revoked::signIn).toArray(UUID[]::new)))
        .mapEmpty();
  }

  /** A row of the table of revocations. */
  record Told(UUID id, Revocations.Revoked revoked) {}

  /** What was taken back lately. */
  static Future<List<Told>> revokedWithin(SqlClient sql, Duration window) {
    return sql.preparedQuery(
            """
            select id, principal, sign_in from revocation
            where at > clock_timestamp() - make_interval(secs => $1) order by at, id
            """)
        .execute(Tuple.of((double) window.toSeconds()))
        .map(
            rows -> {
              List<Told> told = new ArrayList<>();
              rows.forEach(
                  row ->
                      told.add(
                          new Told(
                              row.getUUID("id"),
                              new Revocations.Revoked(
                                  row.getUUID("principal"), row.getUUID("sign_in")))));
              return told;
            });
  }

  /**
   * Roles that ended by themselves in that time: their day came, or nobody used them.
   *
   * @param after not included
   * @param now included
   */
  static Future<List<Revocations.Revoked>> endedBetween(SqlClient sql, Instant after, Instant now) {
    return sql.preparedQuery(
            """
            select g.id, g.sign_in
            from role_grant g join sign_in s on s.id = g.sign_in
            where g.revoked_at is null
              and coalesce(g.expires_at, s.staff_until) > $1
              and coalesce(g.expires_at, s.staff_until) <= $2
            """)
        .execute(Tuple.of(at(after), at(now)))
        .map(
            rows -> {
              List<Revocations.Revoked> ended = new ArrayList<>();
              rows.forEach(
                  row ->
                      ended.add(
                          new Revocations.Revoked(row.getUUID("id"), row.getUUID("sign_in"))));
              return ended;
            });
  }

  /** Forgets revocations that every node has read long since. */
  static Future<Void> clean(SqlClient sql) {
    return sql.query("delete from revocation where at < clock_timestamp() - interval '1 hour'")
        .execute()
        .mapEmpty();
  }
}
