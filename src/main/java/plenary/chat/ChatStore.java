package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import plenary.database.Times;
import plenary.network.Network;

/** Chats and their prompts in the database. Writes happen under the session's head lock. */
final class ChatStore {
  private ChatStore() {}

  static Future<Chat> find(SqlClient sql, UUID session) {
    return sql.preparedQuery(
            "select guests, accounts, wall_paused, published_at from chat where session_id = $1")
        .execute(Tuple.of(session))
        .map(
            rows -> {
              for (Row row : rows) {
                return new Chat(
                    List.of(row.getArrayOfStrings("guests")),
                    List.of(row.getArrayOfUUIDs("accounts")),
                    row.getBoolean("wall_paused"),
                    Times.instant(row.getOffsetDateTime("published_at")));
              }
              return Chat.NONE;
            });
  }

  /** A session's version, and whether anybody may read its transcript. */
  record Standing(long version, boolean published) {}

  static Future<Standing> standing(SqlClient sql, UUID session) {
    return sql.preparedQuery(
            """
            select h.version, c.published_at is not null as published
            from session_head h left join chat c on c.session_id = h.session_id
            where h.session_id = $1
            """)
        .execute(Tuple.of(session))
        .map(
            rows -> {
              for (Row row : rows) {
                return new Standing(row.getLong("version"), row.getBoolean("published"));
              }
              return new Standing(-1, false);
            });
  }

  static Future<Void> save(SqlClient sql, UUID session, UUID meeting, Chat chat) {
    return sql.preparedQuery(
            """
            insert into chat (session_id, meeting, guests, accounts, wall_paused, published_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (session_id) do update set guests = excluded.guests,
              accounts = excluded.accounts, wall_paused = excluded.wall_paused,
              published_at = excluded.published_at
            """)
        .execute(
            Tuple.of(
                session,
                meeting,
                chat.guests().toArray(String[]::new),
                chat.accounts().toArray(UUID[]::new),
                chat.wallPaused(),
                Times.sql(chat.publishedAt())))
        .mapEmpty();
  }

  static Future<RunSheet> prompts(SqlClient sql, UUID session) {
    return sql.preparedQuery(
            """
            select id, kind, number, text, texts, planned_at, state, out_at
            from chat_prompt where session_id = $1
            """)
        .execute(Tuple.of(session))
        .map(
            rows -> {
              List<Prompt> prompts = new ArrayList<>(rows.size());
              rows.forEach(row -> prompts.add(prompt(row)));
              return new RunSheet(prompts);
            });
  }

  static Future<Void> save(SqlClient sql, UUID session, List<Prompt> prompts) {
    if (prompts.isEmpty()) {
      return Future.succeededFuture();
    }
    return sql.preparedQuery(
            """
            insert into chat_prompt
              (id, session_id, kind, number, text, texts, planned_at, state, out_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do update set number = excluded.number, text = excluded.text,
              texts = excluded.texts, planned_at = excluded.planned_at, state = excluded.state,
              out_at = excluded.out_at
            """)
        .executeBatch(
            prompts.stream()
                .map(
                    prompt ->
                        Tuple.from(
                            new Object[] {
                              prompt.id(),
                              session,
                              prompt.kind().id(),
                              prompt.number(),
                              prompt.text(),
                              prompt.textsBody(),
                              Times.sql(prompt.plannedAt()),
                              prompt.state().id(),
                              Times.sql(prompt.outAt())
                            }))
                .toList())
        .mapEmpty();
  }

  static Future<Void> delete(SqlClient sql, UUID prompt) {
    return sql.preparedQuery("delete from chat_prompt where id = $1")
        .execute(Tuple.of(prompt))
        .mapEmpty();
  }

  /** A session in which a prompt is due. */
  record Due(UUID session, UUID meeting) {}

  /** Sessions in which a prompt is due. */
  static Future<List<Due>> due(SqlClient sql, Instant now, int limit) {
    return sql.preparedQuery(
            """
            select distinct c.session_id, c.meeting from (
              select session_id from chat_prompt where state = 'planned' and planned_at <= $1
              order by planned_at limit $2) due
            join chat c on c.session_id = due.session_id
            """)
        .execute(Tuple.of(Times.sql(now), limit))
        .map(
            rows -> {
              List<Due> sessions = new ArrayList<>();
              rows.forEach(
                  row -> sessions.add(new Due(row.getUUID("session_id"), row.getUUID("meeting"))));
              return sessions;
            });
  }

  private static Prompt prompt(Row row) {
    Map<Network, String> texts = new EnumMap<>(Network.class);
    ((JsonObject) row.getJson("texts"))
        .forEach(each -> texts.put(Network.named(each.getKey()), (String) each.getValue()));
    return new Prompt(
        row.getUUID("id"),
        Prompt.Kind.named(row.getString("kind")),
        row.getInteger("number"),
        row.getString("text"),
        texts,
        Times.instant(row.getOffsetDateTime("planned_at")),
        Prompt.State.named(row.getString("state")),
        Times.instant(row.getOffsetDateTime("out_at")));
  }
}
