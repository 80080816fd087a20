package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Grant;
import plenary.identity.Participant;
import plenary.identity.Principal;
import plenary.identity.Role;

/** SQL of sign-ins and their tokens. */
final class TokenStore {
  private TokenStore() {}

  /**
   * What a token stands for.
   *
   * @param until when this stops to be true by itself: the token or a role in it expires
   * @param staffUntil until when roles count that nobody uses; null for who has none
   */
  record Known(Principal principal, Instant until, @Nullable Instant staffUntil) {}

  /**
   * Looks up many tokens at once; those that are unknown or expired are missing in the answer. A
   * token that was replaced shows what it had before, one of a second device no roles.
   */
  static Future<Map<Buffer, Known>> known(SqlClient sql, List<Buffer> hashes, Instant now) {
    return sql.preparedQuery(
            """
            select t.hash, t.sign_in, t.expires_at, t.rotated_at, s.staff_until,
              (select json_agg(json_build_array(g.id, g.role, g.meeting, g.session, g.name,
                   extract(epoch from g.expires_at)) order by g.id)
               from role_grant g
               where g.sign_in = t.sign_in and g.revoked_at is null and not t.second_device
                 and coalesce(g.expires_at, s.staff_until) > $2
                 and (t.rotated_at is null or g.granted_at < t.rotated_at)) as grants,
              (select json_agg(json_build_array(p.id, p.meeting, p.name))
               from participant p
               where p.sign_in = t.sign_in
                 and (t.rotated_at is null or p.joined_at < t.rotated_at)) as participants
            from access_token t join sign_in s on s.id = t.sign_in
            where t.hash = any($1::bytea[]) and t.expires_at > $2
            """)
        .execute(Tuple.of(hashes.toArray(Buffer[]::new), at(now)))
        .map(
            rows -> {
              Map<Buffer, Known> known = new HashMap<>();
              rows.forEach(row -> known.put(row.getBuffer("hash"), known(row)));
              return known;
            });
  }

  private static Known known(Row row) {
    List<Grant> grants = new ArrayList<>();
    Instant until = row.getOffsetDateTime("expires_at").toInstant();
    boolean slides = false;
    for (Object each : list(row, "grants")) {
      JsonArray grant = (JsonArray) each;
      grants.add(
          new Grant(
              UUID.fromString(grant.getString(0)),
              Role.valueOf(grant.getString(1).toUpperCase(Locale.ROOT)),
              id(grant.getString(2)),
              id(grant.getString(3)),
              grant.getString(4)));
      if (grant.getValue(5) instanceof Number seconds) {
        until = earlier(until, Instant.ofEpochSecond(seconds.longValue()));
      } else {
        slides = true;
      }
    }
    OffsetDateTime staffUntil = slides ? row.getOffsetDateTime("staff_until") : null;
    if (staffUntil != null) {
      until = earlier(until, staffUntil.toInstant());
    }
    Map<UUID, Participant> participants = new HashMap<>();
    for (Object each : list(row, "participants")) {
      JsonArray participant = (JsonArray) each;
      UUID meeting = UUID.fromString(participant.getString(1));
      participants.put(
          meeting,
          new Participant(
              UUID.fromString(participant.getString(0)), meeting, participant.getString(2)));
    }
    boolean current = row.getOffsetDateTime("rotated_at") == null;
    return new Known(
        new Principal(row.getUUID("sign_in"), grants, participants),
        until,
        staffUntil == null || !current ? null : staffUntil.toInstant());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static JsonArray list(Row row, String column) {
    return row.getJson(column) instanceof JsonArray list ? list : new JsonArray();
  }

  private static @Nullable UUID id(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }

  /** Moves on the time until which somebody's roles count. */
  static Future<Void> keepStaff(SqlClient sql, UUID signIn, Instant until) {
    return sql.preparedQuery(
            """
            with kept as (
              update sign_in set staff_until = greatest(staff_until, $2) where id = $1)
            update access_token set expires_at = greatest(expires_at, $2)
            where sign_in = $1 and rotated_at is null and not second_device
            """)
        .execute(Tuple.of(signIn, at(until)))
        .mapEmpty();
  }

  /**
   * A token as it is stored.
   *
   * @param outgrown whether it was replaced and its sign-in got roles since, which it must not
   *     reach
   * @param second whether it is a second device's, which no role may be given to
   */
  record Held(UUID signIn, boolean rotated, boolean outgrown, boolean second, Instant expiresAt) {}

  /** A living token, locked until the transaction ends. */
  static Future<Optional<Held>> hold(SqlConnection sql, Buffer hash, Instant now) {
    return sql.preparedQuery(
            """
            select t.sign_in, t.rotated_at is not null as rotated, t.second_device, t.expires_at,
              exists (select 1 from role_grant g
                      where g.sign_in = t.sign_in and g.granted_at >= t.rotated_at) as outgrown
            from access_token t where t.hash = $1 and t.expires_at > $2 for update of t
            """)
        .execute(Tuple.of(hash, at(now)))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(
                    new Held(
                        row.getUUID("sign_in"),
                        row.getBoolean("rotated"),
                        row.getBoolean("outgrown"),
                        row.getBoolean("second_device"),
                        row.getOffsetDateTime("expires_at").toInstant()));
              }
              return Optional.empty();
            });
  }

  /** A token was replaced: it lives on until then at most. */
  static Future<Void> rotate(SqlConnection sql, Buffer hash, Instant now, Instant until) {
    return sql.preparedQuery(
            """
            update access_token
            set rotated_at = coalesce(rotated_at, $2), expires_at = least(expires_at, $3)
            where hash = $1
            """)
        .execute(Tuple.of(hash, at(now), at(until)))
        .mapEmpty();
  }

  static Future<Void> insertSignIn(SqlConnection sql, UUID id, Instant now) {
    return sql.preparedQuery("insert into sign_in (id, created_at) values ($1, $2)")
        .execute(Tuple.of(id, at(now)))
        .mapEmpty();
  }

  static Future<Void> insertToken(SqlConnection sql, Buffer hash, UUID signIn, Instant until) {
    return sql.preparedQuery(
            "insert into access_token (hash, sign_in, expires_at) values ($1, $2, $3)")
        .execute(Tuple.of(hash, signIn, at(until)))
        .mapEmpty();
  }

  /** A token of a sign-in that reaches none of its roles. */
  static Future<Void> insertSecond(SqlConnection sql, Buffer hash, UUID signIn, Instant until) {
    return sql.preparedQuery(
            """
            insert into access_token (hash, sign_in, expires_at, second_device)
            values ($1, $2, $3, true)
            """)
        .execute(Tuple.of(hash, signIn, at(until)))
        .mapEmpty();
  }

  /** Ends every token of a sign-in. */
  static Future<Void> deleteTokens(SqlConnection sql, UUID signIn) {
    return sql.preparedQuery("delete from access_token where sign_in = $1")
        .execute(Tuple.of(signIn))
        .mapEmpty();
  }

  /** Forgets what is of no use to anybody. */
  static Future<Void> clean(SqlClient sql, Instant now) {
    return sql.preparedQuery("delete from access_token where expires_at < $1")
        .execute(Tuple.of(at(now)))
        .mapEmpty();
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
