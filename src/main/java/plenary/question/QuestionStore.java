package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/** Questions in the database. Writes happen under the session's head lock. */
final class QuestionStore {
  private static final String COLUMNS =
      """
      id, session_id, asker, author_name, author_role, source, asked_at, original_text,
      reasons::text as reasons, lookalikes::text as lookalikes, post, origin::text as origin,
      carried_from, text, status, rank,
      merged_into, labels, pinned, reason, note, assignee, place, prompt, matched, changed_by,
      changed_at, version, root, votes, crowded_out
      """;

  private static final String SELECT =
      "select " + COLUMNS + " from question join question_tally on question_id = id";

  private QuestionStore() {}

  static Future<Void> insert(SqlClient sql, Question q) {
    return sql.preparedQuery(
            """
            with sketch as (
              insert into question_sketch (question_id, keys) values ($1, $14::integer[])
            ), tally as (
              insert into question_tally (question_id) values ($1)
            )
            insert into question (id, session_id, asker, author_name, author_role, source, asked_at,
              original_text, reasons, lookalikes, carried_from, text, status, changed_by, changed_at,
              version, labels, note, root, place, prompt, matched, post, origin)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::json, $10::text::json, $11, $12, $13,
              $15, $16, $17, $18, $19, $1, $20, $21, $22, $23, $24::text::json)
            """)
        .execute(
            Tuple.from(
                new Object[] {
                  q.id(),
                  q.session(),
                  q.asker(),
                  q.authorName(),
                  q.authorRole(),
                  q.source(),
                  Times.sql(q.askedAt()),
                  q.originalText(),
                  q.reasons().encode(),
                  q.similar().encode(),
                  q.carriedFrom(),
                  q.fields().text(),
                  q.status().id(),
                  Wording.of(q.fields().text()).keys(q.session()),
                  q.changedBy(),
                  Times.sql(q.changedAt()),
                  q.version(),
                  q.fields().labels().toArray(String[]::new),
                  q.fields().note(),
                  q.fields().place().kind().id(),
                  q.fields().place().prompt(),
                  matched(q.fields().place()),
                  q.found() == null ? null : q.found().post(),
                  q.found() == null ? null : q.found().toJson().encode()
                }))
        .mapEmpty();
  }

  /** Writes what moderators may change. */
  static Future<Void> update(SqlClient sql, Question q) {
    Fields fields = q.fields();
    return sql.preparedQuery(
            """
            update question set text = $2, status = $3, rank = $4, merged_into = $5, labels = $6,
              pinned = $7, reason = $8, note = $9, assignee = $10, changed_by = $11,
              changed_at = $12, version = $13, crowded_out = $14, place = $15, prompt = $16,
              matched = $17
            where id = $1
            """)
        .execute(
            Tuple.from(
                new Object[] {
                  q.id(),
                  fields.text(),
                  fields.status().id(),
                  fields.rank(),
                  fields.mergedInto(),
                  fields.labels().toArray(String[]::new),
                  fields.pinned(),
                  fields.reason(),
                  fields.note(),
                  fields.assignee(),
                  q.changedBy(),
                  Times.sql(q.changedAt()),
                  q.version(),
                  q.crowdedOut(),
                  fields.place().kind().id(),
                  fields.place().prompt(),
                  matched(fields.place())
                }))
        .mapEmpty();
  }

  /** The questions of a session by id, in the order asked for; unknown ids are left out. */
  static Future<Map<UUID, Question>> find(SqlClient sql, UUID session, Collection<UUID> ids) {
    return sql.preparedQuery(SELECT + " where session_id = $1 and id = any($2::uuid[])")
        .execute(Tuple.tuple().addValue(session).addValue(ids.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Question> found = new LinkedHashMap<>();
              for (Row row : rows) {
                Question question = question(row);
                found.put(question.id(), question);
              }
              return found;
            });
  }

  static Future<Optional<Question>> onStage(SqlClient sql, UUID session) {
    return sql.preparedQuery(SELECT + " where session_id = $1 and status = 'stage'")
        .execute(Tuple.of(session))
        .map(rows -> list(rows).stream().findFirst());
  }

  /** What is public and still to be taken, by votes. */
  static Future<List<Question>> top(SqlClient sql, UUID session, int most) {
    return sql.preparedQuery(
            SELECT
                + " where session_id = $1 and status in ('approved', 'queued')"
                + " and place = 'question' order by votes desc, id limit $2")
        .execute(Tuple.of(session, most))
        .map(QuestionStore::list);
  }

  /** The public ones of a place, the newest first; one that is on stage is there. */
  static Future<List<Question>> newest(SqlClient sql, UUID session, Place.Kind place, int most) {
    return sql.preparedQuery(
            SELECT
                + " where session_id = $1 and place = $2"
                + " and status in ('approved', 'queued', 'answered') order by id desc limit $3")
        .execute(Tuple.of(session, place.id(), most))
        .map(QuestionStore::list);
  }

  /** The queue's ids and ranks, in order. */
  static Future<LinkedHashMap<UUID, String>> queue(SqlClient sql, UUID session) {
    return sql.preparedQuery(
            """
            select id, rank from question
            where session_id = $1 and status = 'queued' order by rank
            """)
        .execute(Tuple.of(session))
        .map(
            rows -> {
              LinkedHashMap<UUID, String> ranks = new LinkedHashMap<>();
              rows.forEach(row -> ranks.put(row.getUUID(0), row.getString(1)));
              return ranks;
            });
  }

  /**
   * What an asker did before in a session.
   *
   * @param same their question of exactly this text that still stands
   * @param taken came on stage
   * @param unsuitable was dismissed as unsuitable
   */
  record Record(@Nullable UUID same, int taken, int unsuitable) {}

  static Future<Record> record(SqlClient sql, UUID session, UUID asker, String text) {
    return sql.preparedQuery(
            """
            select (array_agg(id) filter (where original_text = $3 and status <> 'withdrawn'))[1],
                   count(*) filter (where status in ('stage', 'answered'))::int,
                   count(*) filter (where status = 'dismissed' and reason = 'unsuitable')::int
            from question where session_id = $1 and asker = $2
            """)
        .execute(Tuple.of(session, asker, text))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Record(row.getUUID(0), row.getInteger(1), row.getInteger(2));
            });
  }

  /** A text as it was asked. */
  record Asked(UUID id, UUID asker, Instant at, String text) {}

  /**
   * What participants asked with ids after one, and changed after a version: the newest of it,
   * oldest first.
   */
  static Future<List<Asked>> askedSince(
      SqlClient sql, UUID session, UUID after, long version, int limit) {
    return sql.preparedQuery(
            """
            select id, asker, asked_at, original_text from question
            where session_id = $1 and id > $2 and version > $3 and asker is not null
            order by id desc limit $4
            """)
        .execute(Tuple.of(session, after, version, limit))
        .map(
            rows -> {
              List<Asked> asked = new ArrayList<>(rows.size());
              for (Row row : rows) {
                asked.addFirst(
                    new Asked(
                        row.getUUID(0),
                        row.getUUID(1),
                        row.getOffsetDateTime(2).toInstant(),
                        row.getString(3)));
              }
              return asked;
            });
  }

  /**
   * Copies that a session has of questions of another one, by the id of what they are copies of.
   */
  static Future<Map<UUID, Question>> carried(
      SqlClient sql, UUID session, Collection<UUID> origins) {
    return sql.preparedQuery(SELECT + " where carried_from = any($2::uuid[]) and session_id = $1")
        .execute(Tuple.tuple().addValue(session).addValue(origins.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Question> copies = new LinkedHashMap<>();
              for (Row row : rows) {
                copies.put(row.getUUID("carried_from"), question(row));
              }
              return copies;
            });
  }

  /** An asker's record in a session. */
  static Future<Question.Standing> standing(SqlClient sql, UUID session, UUID asker) {
    return standings(sql, session, List.of(asker))
        .map(found -> found.getOrDefault(asker, new Question.Standing(0, 0, 0)));
  }

  static Future<Map<UUID, Question.Standing>> standings(
      SqlClient sql, UUID session, Collection<UUID> askers) {
    return sql.preparedQuery(
            """
            select asker, count(*)::int,
                   count(*) filter (where status in ('stage', 'answered'))::int,
                   count(*) filter (where status = 'dismissed')::int
            from question where session_id = $1 and asker = any($2::uuid[]) group by asker
            """)
        .execute(Tuple.tuple().addValue(session).addValue(askers.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Question.Standing> standings = new LinkedHashMap<>();
              for (Row row : rows) {
                standings.put(
                    row.getUUID(0),
                    new Question.Standing(row.getInteger(1), row.getInteger(2), row.getInteger(3)));
              }
              return standings;
            });
  }

  static Future<List<Question>> askedBy(SqlClient sql, UUID session, UUID asker) {
    return sql.preparedQuery(
            SELECT + " where session_id = $1 and asker = $2 order by id limit 1000")
        .execute(Tuple.of(session, asker))
        .map(QuestionStore::list);
  }

  /**
   * A page of questions.
   *
   * @param after the last one of the page before
   */
  static Future<List<Question>> page(SqlClient sql, Listing wanted, @Nullable UUID after) {
    String key =
        switch (wanted.sort()) {
          case VOTES -> "votes";
          case NEWEST -> "id";
          case QUEUE -> "coalesce(rank, 'zzzz')";
        };
    boolean upwards = wanted.sort() == Listing.Sort.QUEUE;
    String way = upwards ? " asc" : " desc";
    return sql.preparedQuery(
            SELECT
                + " where session_id = $1 and status = any($2::text[])"
                + " and ($3::text is null or text ilike $3 escape '!')"
                + (" and ($4::uuid is null or (" + key + ", id)" + (upwards ? " > " : " < "))
                + ("(select "
                    + key
                    + ", id from question join question_tally on question_id = id where id = $4 and"
                    + " session_id = $1))")
                + (" order by " + key + way + ", id" + way)
                + " limit $5")
        .execute(
            Tuple.tuple()
                .addValue(wanted.session())
                .addValue(wanted.statuses().stream().map(Status::id).toArray(String[]::new))
                .addValue(wanted.pattern())
                .addValue(after)
                .addValue(wanted.limit()))
        .map(QuestionStore::list);
  }

  private static List<Question> list(RowSet<Row> rows) {
    List<Question> questions = new ArrayList<>(rows.size());
    rows.forEach(row -> questions.add(question(row)));
    return questions;
  }

  private static @Nullable String matched(Place place) {
    return place.matched() == null ? null : place.matched().id();
  }

  private static Place place(Row row) {
    String matched = row.getString("matched");
    return new Place(
        Place.Kind.named(row.getString("place")),
        row.getUUID("prompt"),
        matched == null ? null : Place.Matched.named(matched));
  }

  private static Question question(Row row) {
    Fields fields =
        new Fields(
            row.getString("text"),
            Status.named(row.getString("status")),
            row.getString("rank"),
            row.getUUID("merged_into"),
            List.of(row.getArrayOfStrings("labels")),
            row.getBoolean("pinned"),
            row.getString("reason"),
            row.getString("note"),
            row.getString("assignee"),
            place(row));
    OffsetDateTime askedAt = row.getOffsetDateTime("asked_at");
    return new Question(
        row.getUUID("id"),
        row.getUUID("session_id"),
        row.getUUID("asker"),
        row.getString("author_name"),
        row.getString("author_role"),
        row.getString("source"),
        askedAt.toInstant(),
        row.getString("original_text"),
        new JsonArray(row.getString("reasons")),
        new JsonArray(row.getString("lookalikes")),
        Found.of(row.getUUID("post"), row.getString("origin")),
        row.getUUID("carried_from"),
        fields,
        row.getString("changed_by"),
        row.getOffsetDateTime("changed_at").toInstant(),
        row.getLong("version"),
        row.getUUID("root"),
        row.getInteger("votes"),
        row.getInteger("crowded_out"));
  }
}
