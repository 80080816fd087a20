package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.question.QuestionReport.Standing;

/** SQL of reports on questions: it only reads. */
final class ReportStore {
  private ReportStore() {}

  static Future<Map<UUID, Standing>> standings(SqlClient sql, UUID[] sessions) {
    return sql.preparedQuery(
            """
            select session_id,
                   count(*) filter (where status = 'incoming')::int as incoming,
                   count(*) filter (where status = 'approved')::int as approved,
                   count(*) filter (where status = 'queued')::int as queued,
                   count(*) filter (where status = 'answered')::int as answered,
                   max(text) filter (where status = 'stage') as stage,
                   max(greatest(asked_at, changed_at)) as active
            from question where session_id = any($1::uuid[]) group by session_id
            """)
        .execute(Tuple.of(sessions))
        .map(
            rows -> {
              Map<UUID, Standing> standings = new HashMap<>();
              for (Row row : rows) {
                standings.put(
                    row.getUUID("session_id"),
                    new Standing(
                        row.getInteger("incoming"),
                        row.getInteger("approved"),
                        row.getInteger("queued"),
                        row.getInteger("answered"),
                        row.getString("stage"),
                        Times.instant(row.getOffsetDateTime("active"))));
              }
              return standings;
            });
  }

  static Future<Set<UUID>> used(SqlClient sql, UUID[] sessions) {
    return sql.preparedQuery(
            """
            select id from unnest($1::uuid[]) as s (id)
            where exists (select 1 from question q where q.session_id = s.id)
            """)
        .execute(Tuple.of(sessions))
        .map(
            rows -> {
              Set<UUID> used = new HashSet<>();
              rows.forEach(row -> used.add(row.getUUID("id")));
              return used;
            });
  }

  static Future<List<JsonObject>> questions(
      SqlClient sql, UUID session, boolean names, @Nullable UUID after, int limit) {
    return sql.preparedQuery(
            """
            select id, status, text, original_text, author_name, author_role, source, asked_at,
              votes, labels, pinned, reason, note, assignee, merged_into, changed_by, changed_at,
              place, prompt, matched, origin::text as origin
            from question join question_tally on question_id = id
            where session_id = $1 and ($2::uuid is null or id > $2) order by id limit $3
            """)
        .execute(Tuple.of(session, after, limit))
        .map(
            rows -> {
              List<JsonObject> all = new ArrayList<>(rows.size());
              rows.forEach(row -> all.add(question(row, names)));
              return all;
            });
  }

  private static JsonObject question(Row row, boolean names) {
    boolean withdrawn = row.getString("status").equals(Status.WITHDRAWN.id());
    String text = row.getString("text");
    String original = row.getString("original_text");
    JsonObject body =
        new JsonObject()
            .put("id", row.getUUID("id").toString())
            .put("status", row.getString("status"))
            .put("text", withdrawn ? "" : text);
    put(body, "originalText", withdrawn || original.equals(text) ? null : original);
    put(body, "author", withdrawn || !names ? null : row.getString("author_name"));
    put(body, "authorRole", row.getString("author_role"));
    body.put("source", row.getString("source"))
        .put("askedAt", Times.text(row.getOffsetDateTime("asked_at").toInstant()))
        .put("votes", row.getInteger("votes"))
        .put("labels", new JsonArray(List.of(row.getArrayOfStrings("labels"))))
        .put("pinned", row.getBoolean("pinned"));
    put(body, "reason", row.getString("reason"));
    put(body, "note", row.getString("note"));
    put(body, "assignee", row.getString("assignee"));
    put(body, "mergedInto", row.getUUID("merged_into"));
    body.put("place", row.getString("place"));
    put(body, "prompt", row.getUUID("prompt"));
    put(body, "matched", row.getString("matched"));
    String origin = row.getString("origin");
    if (origin != null && !withdrawn) {
      JsonObject found = new JsonObject(origin);
      put(body, "handle", found.getString("handle"));
      put(body, "url", found.getString("url"));
    }
    put(body, "changedBy", row.getString("changed_by"));
    return body.put("changedAt", Times.text(row.getOffsetDateTime("changed_at").toInstant()));
  }

  private static void put(JsonObject body, String name, @Nullable Object value) {
    Question.put(body, name, value);
  }
}
