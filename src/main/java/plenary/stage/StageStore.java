package plenary.stage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import plenary.database.Times;
import plenary.stage.Stage.Cue;
import plenary.stage.Stage.Last;
import plenary.stage.Stage.Shown;

/** The stages in the database. Writes happen under the session's head lock. */
final class StageStore {
  private StageStore() {}

  static Future<Stage> find(SqlClient sql, UUID session) {
    return sql.preparedQuery(
            """
            select scene, blackout, frozen, chair, cue, cued_by, cued_at, clock_ends_at,
              clock_left_ms, changed_by, changed_at, version
            from stage where session_id = $1
            """)
        .execute(Tuple.of(session))
        .map(
            rows -> {
              for (Row row : rows) {
                return stage(row);
              }
              return Stage.UNTOUCHED;
            });
  }

  static Future<Void> save(SqlClient sql, UUID session, Stage stage) {
    Shown shown = stage.shown();
    Cue cue = stage.cue();
    Duration left = stage.clock().left();
    Last last = Objects.requireNonNull(stage.last());
    return sql.preparedQuery(
            """
            insert into stage (session_id, scene, blackout, frozen, chair, cue, cued_by, cued_at,
              clock_ends_at, clock_left_ms, changed_by, changed_at, version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (session_id) do update set scene = excluded.scene,
              blackout = excluded.blackout, frozen = excluded.frozen, chair = excluded.chair,
              cue = excluded.cue, cued_by = excluded.cued_by, cued_at = excluded.cued_at,
              clock_ends_at = excluded.clock_ends_at, clock_left_ms = excluded.clock_left_ms,
              changed_by = excluded.changed_by, changed_at = excluded.changed_at,
              version = excluded.version
            """)
        .execute(
            Tuple.from(
                new Object[] {
                  session,
                  shown.scene(),
                  shown.blackout(),
                  shown.frozen(),
                  shown.chair(),
                  cue == null ? null : cue.question(),
                  cue == null ? null : cue.by(),
                  cue == null ? null : Times.sql(cue.at()),
                  Times.sql(stage.clock().endsAt()),
                  left == null ? null : left.toMillis(),
                  last.by(),
                  Times.sql(last.at()),
                  last.version()
                }))
        .mapEmpty();
  }

  private static Stage stage(Row row) {
    UUID cue = row.getUUID("cue");
    Long left = row.getLong("clock_left_ms");
    return new Stage(
        new Shown(
            row.getString("scene"),
            row.getBoolean("blackout"),
            row.getBoolean("frozen"),
            row.getBoolean("chair")),
        cue == null ? null : new Cue(cue, row.getString("cued_by"), instant(row, "cued_at")),
        new Clock(
            Times.instant(row.getOffsetDateTime("clock_ends_at")),
            left == null ? null : Duration.ofMillis(left)),
        new Last(row.getString("changed_by"), instant(row, "changed_at"), row.getLong("version")));
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
