package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import plenary.database.Times;

/** SQL of agenda imports. Any node answers for the import of any other. */
final class ImportStore {
  /** An import that said nothing for so long belongs to a node that has died. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  private ImportStore() {}

  /**
   * Begins an import.
   *
   * @return false when one of the meeting is under way
   */
  static Future<Boolean> begin(SqlClient sql, UUID id, UUID meeting, ImportPlan plan, Instant now) {
    return sql.preparedQuery(
            """
            insert into agenda_import
              (id, meeting, state, format, total, changes, problems, created_at, heartbeat_at)
            values ($1, $2, 'running', $3, $4, $5, $6, $7, $7)
            on conflict do nothing
            """)
        .execute(
            Tuple.of(
                id,
                meeting,
                plan.format(),
                plan.steps().size(),
                plan.counts(),
                plan.problems(),
                Times.sql(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Says how far an import is.
   *
   * @return false when it was given up meanwhile, so that it has to stop
   */
  static Future<Boolean> progress(SqlClient sql, UUID id, int done, Instant now) {
    return sql.preparedQuery(
            """
            update agenda_import set done = $2, heartbeat_at = $3
            where id = $1 and state = 'running'
            """)
        .execute(Tuple.of(id, done, Times.sql(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Ends an import. */
  static Future<Void> end(
      SqlClient sql, UUID id, String state, int done, JsonArray problems, Instant now) {
    return sql.preparedQuery(
            """
            update agenda_import set state = $2, done = $3, problems = problems || $4::jsonb,
              heartbeat_at = $5
            where id = $1 and state = 'running'
            """)
        .execute(Tuple.of(id, state, done, problems, Times.sql(now)))
        .mapEmpty();
  }

  /** Gives up imports whose node has died. */
  static Future<Void> giveUp(SqlClient sql, Instant now) {
    JsonArray problem =
        new JsonArray()
            .add(
                new JsonObject()
                    .put(
                        "detail",
                        "The server stopped during this import. What was written stays; import the"
                            + " file again to go on."));
    return sql.preparedQuery(
            """
            update agenda_import set state = 'failed', problems = problems || $2::jsonb
            where state = 'running' and heartbeat_at < $1
            """)
        .execute(Tuple.of(Times.sql(now.minus(SILENCE_MAX)), problem))
        .mapEmpty();
  }

  /** An import as the contract shows it. */
  record Stored(UUID id, UUID meeting, JsonObject body) {}

  static Future<Optional<Stored>> find(SqlClient sql, UUID id) {
    return sql.preparedQuery(
            """
            select id, meeting, state, format, done, total, changes, problems
            from agenda_import where id = $1
            """)
        .execute(Tuple.of(id))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(read(row));
              }
              return Optional.empty();
            });
  }

  private static Stored read(Row row) {
    UUID id = row.getUUID("id");
    UUID meeting = row.getUUID("meeting");
    return new Stored(
        id,
        meeting,
        new JsonObject()
            .put("id", id.toString())
            .put("meeting", meeting.toString())
            .put("state", row.getString("state"))
            .put("format", row.getString("format"))
            .put("done", row.getInteger("done"))
            .put("total", row.getInteger("total"))
            .put("changes", row.getJson("changes"))
            .put("problems", row.getJson("problems")));
  }
}
