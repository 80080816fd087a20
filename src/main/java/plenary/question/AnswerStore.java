package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import plenary.database.Times;

/** SQL of a chat's figures. */
final class AnswerStore {
  private AnswerStore() {}

  static Future<JsonArray> prompts(SqlClient sql, UUID session, List<JsonObject> prompts) {
    return sql.preparedQuery(
            """
            select q.prompt,
              count(*) filter (where status in ('approved', 'queued', 'stage', 'answered'))::int
                as answers,
              count(*) filter (where status = 'incoming')::int as incoming,
              count(*) filter (where matched = 'time')::int as guessed,
              count(distinct coalesce(asker, q.id))::int as people,
              (extract(epoch from min(asked_at - out_at)) * 1000)::bigint as first_ms,
              (percentile_cont(0.5) within group (order by extract(epoch from asked_at - out_at))
                * 1000)::bigint as median_ms
            from question q
            join unnest($2::uuid[], $3::timestamptz[]) p (id, out_at) on p.id = q.prompt
            where q.session_id = $1 and status not in ('withdrawn', 'dismissed')
            group by q.prompt
            """)
        .execute(
            Tuple.of(
                session,
                prompts.stream()
                    .map(each -> UUID.fromString(each.getString("id")))
                    .toArray(UUID[]::new),
                prompts.stream()
                    .map(each -> Times.sql(Times.read(each.getString("outAt"), "/outAt")))
                    .toArray(OffsetDateTime[]::new)))
        .map(
            rows -> {
              JsonArray all = new JsonArray();
              for (Row row : rows) {
                all.add(
                    new JsonObject()
                        .put("prompt", row.getUUID("prompt").toString())
                        .put("answers", row.getInteger("answers"))
                        .put("incoming", row.getInteger("incoming"))
                        .put("guessed", row.getInteger("guessed"))
                        .put("people", row.getInteger("people"))
                        .put("firstMs", Math.max(0, row.getLong("first_ms")))
                        .put("medianMs", Math.max(0, row.getLong("median_ms"))));
              }
              return all;
            });
  }

  static Future<JsonObject> people(SqlClient sql, UUID session, int limit) {
    return sql.preparedQuery(
            """
            with here as (
              select asker, min(author_name) as name, min(source) as source
              from question where session_id = $1 and asker is not null
                and status not in ('withdrawn', 'dismissed')
              group by asker
            ), earlier as (
              select distinct q.asker, min(q.author_name) as name, min(q.source) as source
              from question q join session s on s.id = q.session_id
              where s.meeting = (select meeting from session where id = $1)
                and q.session_id <> $1 and q.asker is not null and q.status <> 'withdrawn'
              group by q.asker
            ), newcomer as (
              select * from here where asker not in (select asker from earlier)
            ), quiet as (
              select * from earlier where asker not in (select asker from here)
            ), silent as (
              select distinct v.participant_id from vote v join question q on q.id = v.question_id
              where q.session_id = $1 and v.participant_id not in (select asker from here)
                and v.participant_id not in (select asker from quiet)
            ), helpful as (
              select q.asker, min(q.author_name) as name, min(q.source) as source,
                count(distinct v.participant_id)::int as peers
              from question q join vote v on v.question_id = q.id and v.participant_id <> q.asker
              where q.session_id = $1 and q.place = 'answer'
                and q.status in ('approved', 'queued', 'stage', 'answered')
              group by q.asker order by 4 desc, 1 limit $2
            )
            select 'people' as what, null as name, null as source, count(*)::int as n from here
            union all select 'newcomers', name, source, 1 from newcomer
            union all select 'quiet', name, source, 1 from quiet
            union all select 'silent', null, null, count(*)::int from silent
            union all select 'helpful', name, source, peers from helpful
            """)
        .execute(Tuple.of(session, limit))
        .map(rows -> people(rows, limit));
  }

  private static JsonObject people(RowSet<Row> rows, int limit) {
    JsonObject body = new JsonObject().put("people", 0).put("quietCount", 0);
    JsonArray newcomers = new JsonArray();
    JsonArray quiet = new JsonArray();
    JsonArray helpful = new JsonArray();
    int newcomerCount = 0;
    int quietCount = 0;
    for (Row row : rows) {
      JsonObject person = new JsonObject();
      Question.put(person, "name", row.getString("name"));
      Question.put(person, "source", row.getString("source"));
      int count = row.getInteger("n");
      switch (row.getString("what")) {
        case "people" -> body.put("people", count);
        case "newcomers" -> {
          newcomerCount++;
          listed(newcomers, person, limit);
        }
        case "quiet" -> {
          quietCount++;
          listed(quiet, person, limit);
        }
        case "silent" -> quietCount += count;
        default -> listed(helpful, person.put("peers", count), limit);
      }
    }
    return body.put("newcomerCount", newcomerCount)
        .put("quietCount", quietCount)
        .put("newcomers", newcomers)
        .put("quiet", quiet)
        .put("helpful", helpful);
  }

  /** Those without a name are counted alone. */
  private static void listed(JsonArray all, JsonObject person, int limit) {
    if (all.size() < limit && person.containsKey("name")) {
      all.add(person);
    }
  }

  static Future<JsonArray> unanswered(SqlClient sql, UUID session, int limit) {
    return sql.preparedQuery(
            """
            select id, text, author_name, source, asked_at, votes
            from question join question_tally on question_id = id
            where session_id = $1 and place = 'question' and status in ('approved', 'queued')
            order by votes desc, asked_at limit $2
            """)
        .execute(Tuple.of(session, limit))
        .map(
            rows -> {
              JsonArray all = new JsonArray();
              for (Row row : rows) {
                JsonObject each =
                    new JsonObject()
                        .put("id", row.getUUID("id").toString())
                        .put("text", row.getString("text"))
                        .put("source", row.getString("source"))
                        .put("askedAt", Times.text(row.getOffsetDateTime("asked_at").toInstant()))
                        .put("votes", row.getInteger("votes"));
                Question.put(each, "name", row.getString("author_name"));
                all.add(each);
              }
              return all;
            });
  }
}
