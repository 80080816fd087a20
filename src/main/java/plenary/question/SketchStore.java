package plenary.question;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What wordings are found by. */
final class SketchStore {
  /** In a flood of questions like one another any of them will do, and nobody may wait for it. */
  private static final int CANDIDATES_MAX = 24;

  private SketchStore() {}

  /** Questions of a session that share a key with the wording; their score is not known yet. */
  static Future<List<Lookalike>> candidates(
      SqlClient sql, UUID session, Wording wording, Set<Status> statuses) {
    return sql.preparedQuery(
            """
            select q.id, q.text, q.status, t.votes
            from question_near($2::integer[], $4) near (id) join question q on q.id = near.id
              join question_tally t on t.question_id = q.id
            where q.session_id = $1 and q.status = any($3::text[])
            """)
        .execute(
            Tuple.tuple()
                .addValue(session)
                .addValue(wording.keys(session))
                .addValue(statuses.stream().map(Status::id).toArray(String[]::new))
                .addValue(CANDIDATES_MAX))
        .map(
            rows -> {
              List<Lookalike> candidates = new ArrayList<>(rows.size());
              for (Row row : rows) {
                candidates.add(
                    new Lookalike(
                        row.getUUID(0),
                        row.getString(1),
                        Status.named(row.getString(2)),
                        row.getInteger(3),
                        0));
              }
              return candidates;
            });
  }

  /** Makes a question be found by another text than before. */
  static Future<Void> put(SqlClient sql, UUID session, UUID question, Wording wording) {
    return sql.preparedQuery(
            """
            insert into question_sketch (question_id, keys) values ($1, $2::integer[])
            on conflict (question_id) do update set keys = excluded.keys
            """)
        .execute(Tuple.tuple().addValue(question).addValue(wording.keys(session)))
        .mapEmpty();
  }
}
