package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.meeting.Session.Slot;

/** SQL of sessions. */
final class SessionStore {
  private static final String COLUMNS =
      """
      id, meeting, external_id, title, abstract, speakers, room, track, language, url, starts_at,
      ends_at, hashtags, state, state_set_at, next_change, join_code, missing_since,
      asking_paused
      """;

  private SessionStore() {}

  static Future<Optional<Session>> find(SqlClient sql, UUID id) {
    return sql.preparedQuery("select " + COLUMNS + " from session where id = $1")
        .execute(Tuple.of(id))
        .map(SessionStore::first);
  }

  /**
   * The session with its row locked. The head's lock orders commands; this one orders them with
   * {@link #lookAgain}, which runs outside of any session's commit.
   */
  static Future<Optional<Session>> lock(SqlConnection sql, UUID id) {
    return sql.preparedQuery("select " + COLUMNS + " from session where id = $1 for no key update")
        .execute(Tuple.of(id))
        .map(SessionStore::first);
  }

  /** Every session of a meeting. */
  static Future<List<UUID>> ids(SqlClient sql, UUID meeting) {
    return sql.preparedQuery("select id from session where meeting = $1 order by id")
        .execute(Tuple.of(meeting))
        .map(SessionStore::ids);
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    List<UUID> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getUUID("id")));
    return ids;
  }

  /** Deletes every session of a meeting. */
  static Future<Void> erase(SqlClient sql, UUID meeting) {
    return sql.preparedQuery("delete from session where meeting = $1")
        .execute(Tuple.of(meeting))
        .mapEmpty();
  }

  /** Every session of a meeting by time, drafts last. */
  static Future<List<Session>> all(SqlClient sql, UUID meeting) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + """
                 from session where meeting = $1
                order by coalesce(starts_at, 'infinity'::timestamptz), id
                """)
        .execute(Tuple.of(meeting))
        .map(SessionStore::all);
  }

  static Future<Optional<UUID>> meetingOf(SqlClient sql, UUID id) {
    return sql.preparedQuery("select meeting from session where id = $1")
        .execute(Tuple.of(id))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(row.getUUID("meeting"));
              }
              return Optional.empty();
            });
  }

  /**
   * A page of an agenda by time, drafts last.
   *
   * @param state only sessions in it
   * @param after where the page before ended
   */
  static Future<List<Session>> list(
      SqlClient sql, UUID meeting, @Nullable SessionState state, @Nullable Place after, int limit) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + """
                 from session
                where meeting = $1 and ($2::text is null or state = $2)
                  and ($4::uuid is null
                       or (coalesce(starts_at, 'infinity'::timestamptz), id)
                          > (coalesce($3::timestamptz, 'infinity'::timestamptz), $4::uuid))
                order by coalesce(starts_at, 'infinity'::timestamptz), id limit $5
                """)
        .execute(
            Tuple.of(
                meeting,
                state == null ? null : state.id(),
                after == null ? null : Times.sql(after.startsAt()),
                after == null ? null : after.id(),
                limit))
        .map(SessionStore::all);
  }

  /** Where a page of an agenda ended. */
  record Place(@Nullable Instant startsAt, UUID id) {}

  /** The sessions of a meeting that people can take part in now, live ones first. */
  static Future<List<Session>> current(SqlClient sql, UUID meeting, int limit) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + """
                 from session
                where meeting = $1 and state in ('open', 'live')
                order by state = 'live' desc, coalesce(starts_at, 'infinity'::timestamptz), id
                limit $2
                """)
        .execute(Tuple.of(meeting, limit))
        .map(SessionStore::all);
  }

  /** Every session of a meeting that came from an agenda's file. */
  static Future<List<Session>> imported(SqlClient sql, UUID meeting) {
    return sql.preparedQuery(
            "select " + COLUMNS + " from session where meeting = $1 and external_id is not null")
        .execute(Tuple.of(meeting))
        .map(SessionStore::all);
  }

  /** Whether there is a session of that id, or of that external id in its meeting. */
  static Future<Boolean> exists(SqlConnection sql, Session session) {
    return sql.preparedQuery(
            """
            select 1 from session where id = $1
            union all select 1 from session where meeting = $2 and external_id = $3::text
            """)
        .execute(Tuple.of(session.id(), session.meeting(), session.externalId()))
        .map(rows -> rows.size() > 0);
  }

  /**
   * Inserts a session and takes its join code, in one statement.
   *
   * @return false, with nothing written, when the code is taken or the session {@link #exists}
   */
  static Future<Boolean> insert(SqlConnection sql, Session session, Instant now) {
    return sql.preparedQuery(
            """
            with taken as (
              insert into join_code (code, meeting, session, created_at)
              select $19, $17, $1, $16
              where not exists (
                select 1 from session where id = $1
                union all select 1 from session where meeting = $17 and external_id = $18)
              on conflict (code) do nothing returning code)
            insert into session (id, meeting, external_id, title, abstract, speakers, room, track,
              language, url, starts_at, ends_at, hashtags, state, state_set_at, next_change,
              missing_since, join_code, created_at, updated_at)
            select $1, $17, $18, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
              code, $16, $16
            from taken
            """)
        .execute(
            facts(session)
                .addOffsetDateTime(Times.sql(now))
                .addUUID(session.meeting())
                .addString(session.externalId())
                .addString(session.joinCode()))
        .map(rows -> rows.rowCount() == 1);
  }

  static Future<Void> update(SqlConnection sql, Session session, Instant now) {
    return sql.preparedQuery(
            """
            update session set title = $2, abstract = $3, speakers = $4, room = $5, track = $6,
              language = $7, url = $8, starts_at = $9, ends_at = $10, hashtags = $11, state = $12,
              state_set_at = $13, next_change = $14, missing_since = $15, updated_at = $16,
              asking_paused = $17
            where id = $1
            """)
        .execute(
            facts(session).addOffsetDateTime(Times.sql(now)).addBoolean(session.askingPaused()))
        .mapEmpty();
  }

  private static Tuple facts(Session session) {
    Slot slot = session.slot();
    return Tuple.tuple()
        .addUUID(session.id())
        .addString(slot.title())
        .addString(slot.abstractText())
        .addArrayOfString(slot.speakers().toArray(String[]::new))
        .addString(slot.room())
        .addString(slot.track())
        .addString(slot.language())
        .addString(slot.url())
        .addOffsetDateTime(Times.sql(slot.startsAt()))
        .addOffsetDateTime(Times.sql(slot.endsAt()))
        .addArrayOfString(session.hashtags().toArray(String[]::new))
        .addString(session.state().id())
        .addOffsetDateTime(Times.sql(session.stateSetAt()))
        .addOffsetDateTime(Times.sql(session.nextChange()))
        .addOffsetDateTime(Times.sql(session.missingSince()));
  }

  /** Sessions the clock has to look at, those that wait longest first. */
  static Future<List<UUID>> due(SqlClient sql, Instant now, int limit) {
    return sql.preparedQuery(
            "select id from session where next_change <= $1 order by next_change limit $2")
        .execute(Tuple.of(Times.sql(now), limit))
        .map(SessionStore::ids);
  }

  /** Has the clock of some node look at every session of a meeting. */
  static Future<Void> lookAgain(SqlConnection sql, UUID meeting, Instant now) {
    return sql.preparedQuery("update session set next_change = $2 where meeting = $1")
        .execute(Tuple.of(meeting, Times.sql(now)))
        .mapEmpty();
  }

  /** Sessions that the clock may have other boundaries for than when they were written. */
  static Future<List<Session>> timed(SqlClient sql) {
    return sql.preparedQuery("select " + COLUMNS + " from session where starts_at is not null")
        .execute()
        .map(SessionStore::all);
  }

  /** When the clock shall look at a session instead of when it would. */
  record Rescheduled(Session session, @Nullable Instant next) {}

  /** Sets when the clock looks at sessions, unless something else set it in the meantime. */
  static Future<Void> reschedule(SqlClient sql, List<Rescheduled> moved) {
    if (moved.isEmpty()) {
      return Future.succeededFuture();
    }
    return sql.preparedQuery(
            """
            update session set next_change = $3
            where id = $1 and next_change is not distinct from $2
            """)
        .executeBatch(
            moved.stream()
                .map(
                    each ->
                        Tuple.of(
                            each.session().id(),
                            Times.sql(each.session().nextChange()),
                            Times.sql(each.next())))
                .toList())
        .mapEmpty();
  }

  private static Optional<Session> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(read(row));
    }
    return Optional.empty();
  }

  private static List<Session> all(RowSet<Row> rows) {
    List<Session> sessions = new ArrayList<>(rows.size());
    rows.forEach(row -> sessions.add(read(row)));
    return sessions;
  }

  private static Session read(Row row) {
    return new Session(
        row.getUUID("id"),
        row.getUUID("meeting"),
        row.getString("external_id"),
        new Slot(
            row.getString("title"),
            row.getString("abstract"),
            List.of(row.getArrayOfStrings("speakers")),
            row.getString("room"),
            row.getString("track"),
            row.getString("language"),
            row.getString("url"),
            Times.instant(row.getOffsetDateTime("starts_at")),
            Times.instant(row.getOffsetDateTime("ends_at"))),
        List.of(row.getArrayOfStrings("hashtags")),
        SessionState.named(row.getString("state")),
        Times.instant(row.getOffsetDateTime("state_set_at")),
        Times.instant(row.getOffsetDateTime("next_change")),
        row.getString("join_code"),
        Times.instant(row.getOffsetDateTime("missing_since")),
        row.getBoolean("asking_paused"));
  }
}
