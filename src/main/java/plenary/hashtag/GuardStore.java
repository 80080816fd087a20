package plenary.hashtag;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import plenary.database.Times;

/** SQL of what meetings ask for beside their hashtags. */
final class GuardStore {
  private GuardStore() {}

  static Future<Guard> find(SqlClient sql, UUID meeting) {
    return sql.preparedQuery(
            "select second_tags, known, topics from hashtag_guard where meeting = $1")
        .execute(Tuple.of(meeting))
        .map(
            rows -> {
              for (Row row : rows) {
                return new Guard(
                    List.of(row.getArrayOfStrings("second_tags")),
                    row.getBoolean("known"),
                    List.of(row.getArrayOfStrings("topics")));
              }
              return Guard.OPEN;
            });
  }

  /** Waits for whoever erases the meeting; false when it is gone then. */
  static Future<Boolean> put(SqlClient sql, UUID meeting, Guard guard, Instant now) {
    return sql.preparedQuery(
            """
            insert into hashtag_guard (meeting, second_tags, known, topics, updated_at)
            select m.id, $2::text[], $3::boolean, $4::text[], $5::timestamptz
            from meeting m where m.id = $1 for key share
            on conflict (meeting) do update set second_tags = excluded.second_tags,
              known = excluded.known, topics = excluded.topics, updated_at = excluded.updated_at
            """)
        .execute(
            Tuple.of(
                meeting,
                guard.secondTags().toArray(String[]::new),
                guard.known(),
                guard.topics().toArray(String[]::new),
                Times.sql(now)))
        .map(rows -> rows.rowCount() > 0);
  }

  static Future<Void> erase(SqlClient sql, UUID meeting) {
    return sql.preparedQuery("delete from hashtag_guard where meeting = $1")
        .execute(Tuple.of(meeting))
        .mapEmpty();
  }
}
