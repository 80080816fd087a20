package plenary.stage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import plenary.database.Times;

/** Messages to the podium in the database. Writes happen under the session's head lock. */
final class MessageStore {
  private MessageStore() {}

  static Future<Void> insert(SqlClient sql, UUID session, Message message) {
    return sql.preparedQuery(
            """
            insert into stage_message (id, session_id, text, sent_by, sent_at)
            values ($1, $2, $3, $4, $5)
            """)
        .execute(
            Tuple.of(message.id(), session, message.text(), message.by(), Times.sql(message.at())))
        .mapEmpty();
  }

  static Future<Optional<Message>> find(SqlClient sql, UUID session, UUID id) {
    return sql.preparedQuery(
            """
            select id, text, sent_by, sent_at, received_by, received_at, gone_at
            from stage_message where session_id = $1 and id = $2
            """)
        .execute(Tuple.of(session, id))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(message(row));
              }
              return Optional.empty();
            });
  }

  static Future<Void> receive(SqlClient sql, Message message) {
    return sql.preparedQuery(
            "update stage_message set received_by = $2, received_at = $3 where id = $1")
        .execute(Tuple.of(message.id(), message.receivedBy(), Times.sql(message.receivedAt())))
        .mapEmpty();
  }

  /** Takes a message back. */
  static Future<Void> go(SqlClient sql, UUID id, Instant now) {
    return sql.preparedQuery("update stage_message set gone_at = $2 where id = $1")
        .execute(Tuple.of(id, Times.sql(now)))
        .mapEmpty();
  }

  /** Lets the oldest go, so that no more than the newest few stay. Gives the ids of those gone. */
  static Future<List<UUID>> crowdOut(SqlClient sql, UUID session, int stay, Instant now) {
    return sql.preparedQuery(
            """
            update stage_message set gone_at = $3 where id in (
              select id from stage_message where session_id = $1 and gone_at is null
              order by id desc offset $2)
            returning id
            """)
        .execute(Tuple.of(session, stay, Times.sql(now)))
        .map(
            rows -> {
              List<UUID> gone = new ArrayList<>();
              rows.forEach(row -> gone.add(row.getUUID("id")));
              return gone;
            });
  }

  private static Message message(Row row) {
    return new Message(
        row.getUUID("id"),
        row.getString("text"),
        row.getString("sent_by"),
        row.getOffsetDateTime("sent_at").toInstant(),
        row.getString("received_by"),
        Times.instant(row.getOffsetDateTime("received_at")),
        Times.instant(row.getOffsetDateTime("gone_at")));
  }
}
