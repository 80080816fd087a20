package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/** SQL of meetings and join codes. */
final class MeetingStore {
  private static final int CODE_TRIES = 8;
  private static final String SELECT =
      """
      select id, name, time_zone, starts_on, ends_on, hashtags, rules, accent, accent_dark, logo,
        join_code, sample, created_at
      from meeting
      """;

  private MeetingStore() {}

  static Future<Optional<Meeting>> find(SqlClient sql, UUID id) {
    return find(sql, id, "");
  }

  /** The meeting, and nobody changes it before this transaction ends. */
  static Future<Optional<Meeting>> lock(SqlConnection sql, UUID id) {
    return find(sql, id, "for no key update");
  }

  /** The meeting, and nobody erases it before this transaction ends. */
  static Future<Optional<Meeting>> keep(SqlConnection sql, UUID id) {
    return find(sql, id, "for key share");
  }

  private static Future<Optional<Meeting>> find(SqlClient sql, UUID id, String lock) {
    return sql.preparedQuery(SELECT + "where id = $1 " + lock)
        .execute(Tuple.of(id))
        .map(MeetingStore::first);
  }

  /** The meeting, and nobody adds a session or anything else to it any more. */
  static Future<Optional<Meeting>> lockForErasure(SqlConnection sql, UUID id) {
    return sql.preparedQuery("select id from meeting where id = $1 for update")
        .execute(Tuple.of(id))
        .compose(locked -> find(sql, id));
  }

  /**
   * A page, newest first.
   *
   * @param ids only these; null = all
   * @param after the last one of the page before
   */
  static Future<List<Meeting>> list(
      SqlClient sql, UUID @Nullable [] ids, @Nullable UUID after, int limit) {
    return sql.preparedQuery(
            SELECT
                + """
                where ($1::uuid[] is null or id = any($1::uuid[]))
                  and ($2::uuid is null or (created_at, id) <
                       ((select m.created_at from meeting m where m.id = $2::uuid), $2::uuid))
                order by created_at desc, id desc limit $3
                """)
        .execute(Tuple.of(ids, after, limit))
        .map(
            rows -> {
              List<Meeting> meetings = new ArrayList<>();
              rows.forEach(row -> meetings.add(read(row)));
              return meetings;
            });
  }

  /** Whether it was inserted; false when there is one of that id. */
  static Future<Boolean> insert(SqlConnection sql, Meeting meeting) {
    return sql.preparedQuery(
            """
            insert into meeting (id, name, time_zone, starts_on, ends_on, hashtags, rules,
              accent, accent_dark, logo, join_code, sample, created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) on conflict (id) do nothing
            """)
        .execute(
            Tuple.tuple()
                .addUUID(meeting.id())
                .addString(meeting.name())
                .addString(meeting.zone().getId())
                .addLocalDate(meeting.startsOn())
                .addLocalDate(meeting.endsOn())
                .addArrayOfString(meeting.hashtags().toArray(String[]::new))
                .addValue(meeting.rules().toJson())
                .addString(text(meeting.look().accent()))
                .addString(text(meeting.look().accentDark()))
                .addString(meeting.look().logo())
                .addString(meeting.joinCode())
                .addBoolean(meeting.sample())
                .addOffsetDateTime(Times.sql(meeting.createdAt())))
        .map(rows -> rows.rowCount() == 1);
  }

  static Future<Void> update(SqlConnection sql, Meeting meeting, Instant now) {
    return sql.preparedQuery(
            """
            update meeting set name = $2, time_zone = $3, starts_on = $4, ends_on = $5,
              hashtags = $6, rules = $7, updated_at = $8, accent = $9, accent_dark = $10
            where id = $1
            """)
        .execute(
            Tuple.tuple()
                .addUUID(meeting.id())
                .addString(meeting.name())
                .addString(meeting.zone().getId())
                .addLocalDate(meeting.startsOn())
                .addLocalDate(meeting.endsOn())
                .addArrayOfString(meeting.hashtags().toArray(String[]::new))
                .addValue(meeting.rules().toJson())
                .addOffsetDateTime(Times.sql(now))
                .addString(text(meeting.look().accent()))
                .addString(text(meeting.look().accentDark())))
        .mapEmpty();
  }

  private static @Nullable String text(@Nullable Colour colour) {
    return colour == null ? null : colour.text();
  }

  private static @Nullable Colour colour(@Nullable String text) {
    return text == null ? null : Colour.read(text);
  }

  /** Takes a free join code for a meeting or, when one is named, for its session. */
  static Future<String> takeCode(
      SqlConnection sql, UUID meeting, @Nullable UUID session, Instant now) {
    return takeCode(sql, meeting, session, now, CODE_TRIES);
  }

  private static Future<String> takeCode(
      SqlConnection sql, UUID meeting, @Nullable UUID session, Instant now, int tries) {
    String code = JoinCodes.random();
    return sql.preparedQuery(
            """
            insert into join_code (code, meeting, session, created_at) values ($1, $2, $3, $4)
            on conflict (code) do nothing
            """)
        .execute(Tuple.of(code, meeting, session, Times.sql(now)))
        .compose(
            rows -> {
              if (rows.rowCount() == 1) {
                return Future.succeededFuture(code);
              }
              return tries > 1
                  ? takeCode(sql, meeting, session, now, tries - 1)
                  : Future.failedFuture(new IllegalStateException("no free join code found"));
            });
  }

  /** The meeting and the session a code leads to. */
  static Future<Optional<CodeTarget>> target(SqlClient sql, String code) {
    return sql.preparedQuery("select meeting, session from join_code where code = $1")
        .execute(Tuple.of(code))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(new CodeTarget(row.getUUID("meeting"), row.getUUID("session")));
              }
              return Optional.empty();
            });
  }

  /** Meetings whose last day, and last change, is longer ago than their rules keep them. */
  static Future<List<UUID>> outlived(SqlClient sql, Instant now, int limit) {
    return sql.preparedQuery(
            """
            select id from meeting
            where greatest(ends_on::timestamp, updated_at at time zone 'UTC')
                + make_interval(days => 1 + (rules -> 'retention' ->> 'publicDays')::int)
                < $1::timestamptz at time zone 'UTC'
              and ends_on is not null
            order by ends_on limit $2
            """)
        .execute(Tuple.of(Times.sql(now), limit))
        .map(
            rows -> {
              List<UUID> ids = new ArrayList<>();
              rows.forEach(row -> ids.add(row.getUUID("id")));
              return ids;
            });
  }

  /** Deletes a meeting and what belongs to it alone; its sessions have to be gone. */
  static Future<Void> erase(SqlConnection sql, UUID id) {
    return sql.preparedQuery("delete from agenda_import where meeting = $1")
        .execute(Tuple.of(id))
        .compose(done -> LogoStore.delete(sql, id))
        .compose(
            done -> sql.preparedQuery("delete from meeting where id = $1").execute(Tuple.of(id)))
        .mapEmpty();
  }

  /** What a join code stands for. */
  record CodeTarget(UUID meeting, @Nullable UUID session) {}

  private static Optional<Meeting> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(read(row));
    }
    return Optional.empty();
  }

  private static Meeting read(Row row) {
    return new Meeting(
        row.getUUID("id"),
        row.getString("name"),
        ZoneId.of(row.getString("time_zone")),
        row.getLocalDate("starts_on"),
        row.getLocalDate("ends_on"),
        List.of(row.getArrayOfStrings("hashtags")),
        Rules.DEFAULT.with((JsonObject) row.getJson("rules")),
        new Look(
            colour(row.getString("accent")),
            colour(row.getString("accent_dark")),
            row.getString("logo")),
        row.getString("join_code"),
        row.getBoolean("sample"),
        row.getOffsetDateTime("created_at").toInstant());
  }
}
