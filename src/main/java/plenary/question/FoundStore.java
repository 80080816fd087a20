package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.live.View;

/**
 * SQL of questions that were found on a network: many at once, and what their source does to them.
 */
final class FoundStore {
  private FoundStore() {}

  /** The sessions that have a post, by post. */
  static Future<Map<UUID, Set<UUID>>> sessions(SqlClient sql, Collection<UUID> posts) {
    return sql.preparedQuery("select post, session_id from question where post = any($1::uuid[])")
        .execute(Tuple.tuple().addValue(posts.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Set<UUID>> sessions = new HashMap<>();
              for (Row row : rows) {
                sessions
                    .computeIfAbsent(row.getUUID(0), any -> new HashSet<>())
                    .add(row.getUUID(1));
              }
              return sessions;
            });
  }

  /** A session's questions by the post they were found as. */
  static Future<Map<UUID, Question>> byPost(SqlClient sql, UUID session, Collection<UUID> posts) {
    return sql.preparedQuery(
            "select id from question where post = any($2::uuid[]) and session_id = $1")
        .execute(Tuple.tuple().addValue(session).addValue(posts.toArray(UUID[]::new)))
        .compose(
            rows -> {
              Set<UUID> ids = new HashSet<>();
              rows.forEach(row -> ids.add(row.getUUID(0)));
              return ids.isEmpty()
                  ? Future.succeededFuture(Map.of())
                  : QuestionStore.find(sql, session, ids);
            })
        .map(
            questions -> {
              Map<UUID, Question> byPost = new HashMap<>();
              for (Question question : questions.values()) {
                byPost.put(Objects.requireNonNull(question.found()).post(), question);
              }
              return byPost;
            });
  }

  /** Undecided posts that a view pages to instead of having them in its stream. */
  static Future<Integer> waitingBeyond(SqlClient sql, UUID session, View view) {
    return sql.preparedQuery(
            """
            select count(*)::int from question
            where session_id = $1 and status = 'incoming' and post is not null
              and crowded_out & $2::int <> 0
            """)
        .execute(Tuple.tuple().addValue(session).addValue(view.bit()))
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  /** How often each was turned down as unsuitable. */
  static Future<Map<UUID, Integer>> unsuitable(
      SqlClient sql, UUID session, Collection<UUID> writers) {
    return sql.preparedQuery(
            """
            select asker, count(*)::int from question
            where session_id = $1 and asker = any($2::uuid[])
              and status = 'dismissed' and reason = 'unsuitable'
            group by asker
            """)
        .execute(Tuple.tuple().addValue(session).addValue(writers.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Integer> counts = new HashMap<>();
              rows.forEach(row -> counts.put(row.getUUID(0), row.getInteger(1)));
              return counts;
            });
  }

  static Future<Void> insert(SqlClient sql, List<Question> questions) {
    if (questions.isEmpty()) {
      return Future.succeededFuture();
    }
    JsonArray rows = new JsonArray();
    questions.forEach(question -> rows.add(row(question)));
    return sql.preparedQuery(
            """
            with found as (
              select * from json_to_recordset($1::text::json) as f (
                id uuid, session uuid, asker uuid, name text, source text, asked_at timestamptz,
                text text, reasons json, lookalikes json, status text, changed_at timestamptz,
                version bigint, place text, prompt uuid, matched text, post uuid, origin json,
                keys integer[])
            ), sketches as (
              insert into question_sketch (question_id, keys) select id, keys from found
            ), tallies as (
              insert into question_tally (question_id) select id from found
            )
            insert into question (id, session_id, asker, author_name, source, asked_at,
              original_text, text, reasons, lookalikes, status, changed_at, version, root, place,
              prompt, matched, post, origin)
            select id, session, asker, name, source, asked_at, text, text, reasons, lookalikes,
              status, changed_at, version, id, place, prompt, matched, post, origin
            from found
            """)
        .execute(Tuple.of(rows.encode()))
        .mapEmpty();
  }

  private static JsonObject row(Question q) {
    Found found = Objects.requireNonNull(q.found());
    Place place = q.fields().place();
    return new JsonObject()
        .put("id", q.id().toString())
        .put("session", q.session().toString())
        .put("asker", text(q.asker()))
        .put("name", q.authorName())
        .put("source", q.source())
        .put("asked_at", Times.text(q.askedAt()))
        .put("text", q.fields().text())
        .put("reasons", q.reasons())
        .put("lookalikes", q.similar())
        .put("status", q.status().id())
        .put("changed_at", Times.text(q.changedAt()))
        .put("version", q.version())
        .put("place", place.kind().id())
        .put("prompt", text(place.prompt()))
        .put("matched", place.matched() == null ? null : place.matched().id())
        .put("post", found.post().toString())
        .put("origin", found.toJson())
        .put("keys", new JsonArray(List.of(Wording.of(q.fields().text()).keys(q.session()))));
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  /** Writes what the source changed, its words above all. */
  static Future<Void> update(SqlClient sql, Question q) {
    Found found = Objects.requireNonNull(q.found());
    return QuestionStore.update(sql, q)
        .compose(
            done ->
                sql.preparedQuery(
                        """
                        update question set original_text = $2, author_name = $3,
                          reasons = $4::text::json, origin = $5::text::json
                        where id = $1
                        """)
                    .execute(
                        Tuple.of(
                            q.id(),
                            q.originalText(),
                            q.authorName(),
                            q.reasons().encode(),
                            found.toJson().encode())))
        .compose(done -> SketchStore.put(sql, q.session(), q.id(), Wording.of(q.fields().text())));
  }
}
