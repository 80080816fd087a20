package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/** The moderation log, which is only ever added to. */
final class LogStore {
  private static final String COLUMNS =
      """
      l.id, l.version, l.at, l.actor_name, l.actor_role, l.action, l.reason,
      l.changes::text as changes, l.undoes,
      (select u.id from moderation_log u where u.undoes = l.id) as undone_by
      """;

  private LogStore() {}

  static Future<Void> insert(SqlClient sql, UUID session, LogEntry entry, UUID actor) {
    return sql.preparedQuery(
            """
            insert into moderation_log
              (id, session_id, version, at, actor, actor_name, actor_role, action, reason, changes,
               undoes)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::json, $11)
            """)
        .execute(
            Tuple.from(
                new Object[] {
                  entry.id(),
                  session,
                  entry.version(),
                  Times.sql(entry.at()),
                  actor,
                  entry.by(),
                  entry.role(),
                  entry.action(),
                  entry.reason(),
                  entry.changes().encode(),
                  entry.undoes()
                }))
        .mapEmpty();
  }

  /** Takes the words of questions out of the log, not what was done with them. */
  static Future<Void> forgetWords(SqlClient sql, UUID session, List<UUID> questions) {
    return questions.isEmpty()
        ? Future.succeededFuture()
        : sql.preparedQuery("select forget_words($1, $2::text[])")
            .execute(
                Tuple.tuple()
                    .addValue(session)
                    .addValue(questions.stream().map(UUID::toString).toArray(String[]::new)))
            .mapEmpty();
  }

  static Future<Optional<LogEntry>> find(SqlClient sql, UUID session, UUID id) {
    return sql.preparedQuery(
            "select " + COLUMNS + " from moderation_log l where l.session_id = $1 and l.id = $2")
        .execute(Tuple.of(session, id))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(entry(rows.iterator().next())));
  }

  /** Newest first. */
  static Future<List<LogEntry>> page(SqlClient sql, UUID session, int limit, @Nullable UUID after) {
    return page(sql, session, limit, after, "l.id < $2", "desc");
  }

  /** Oldest first. */
  static Future<List<LogEntry>> oldest(
      SqlClient sql, UUID session, int limit, @Nullable UUID after) {
    return page(sql, session, limit, after, "l.id > $2", "asc");
  }

  private static Future<List<LogEntry>> page(
      SqlClient sql,
      UUID session,
      int limit,
      @Nullable UUID after,
      String beyond,
      String direction) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + " from moderation_log l where l.session_id = $1 and ($2::uuid is null or "
                + beyond
                + ") order by l.id "
                + direction
                + " limit $3")
        .execute(Tuple.tuple().addValue(session).addValue(after).addValue(limit))
        .map(
            rows -> {
              List<LogEntry> entries = new ArrayList<>(rows.size());
              rows.forEach(row -> entries.add(entry(row)));
              return entries;
            });
  }

  private static LogEntry entry(Row row) {
    return new LogEntry(
        row.getUUID("id"),
        row.getLong("version"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("actor_name"),
        row.getString("actor_role"),
        row.getString("action"),
        row.getString("reason"),
        new JsonArray(row.getString("changes")),
        row.getUUID("undoes"),
        row.getUUID("undone_by"));
  }

  /** The body of the contract's page. */
  static JsonObject body(List<LogEntry> entries) {
    JsonArray array = new JsonArray();
    entries.forEach(entry -> array.add(entry.toJson()));
    return new JsonObject().put("entries", array);
  }
}
