package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.network.Following.Prompt;
import plenary.network.Network;
import plenary.network.Placement.Asked;
import plenary.network.Publisher.Sent;

/**
 * The outbox in the database. Rows are reserved and settled under the session's head lock; they are
 * taken without it, by whichever node is first.
 */
final class OutboxStore {
  private static final String COLUMNS =
      """
      prompt, account, network, handle, identity, text, language, state, problem, reserved_at,
      due_at, tries, tried_at, url
      """;

  private OutboxStore() {}

  static Future<Void> reserve(SqlClient sql, UUID session, List<Posting> postings) {
    if (postings.isEmpty()) {
      return Future.succeededFuture();
    }
    return sql.preparedQuery(
            """
            insert into chat_outbox (prompt, account, session_id, network, handle, identity, text,
              language, state, problem, reserved_at, due_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """)
        .executeBatch(
            postings.stream()
                .map(
                    each ->
                        Tuple.from(
                            new Object[] {
                              each.prompt(),
                              each.account(),
                              session,
                              each.network().id(),
                              each.handle(),
                              each.identity(),
                              each.text(),
                              each.language(),
                              each.state().id(),
                              each.problem(),
                              Times.sql(each.reservedAt()),
                              Times.sql(each.dueAt())
                            }))
                .toList())
        .mapEmpty();
  }

  static Future<List<Posting>> of(SqlClient sql, UUID session) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + " from chat_outbox where session_id = $1 order by network, account")
        .execute(Tuple.of(session))
        .map(OutboxStore::postings);
  }

  static Future<List<Posting>> of(SqlClient sql, UUID session, UUID prompt) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + " from chat_outbox where session_id = $1 and prompt = $2"
                + " order by network, account")
        .execute(Tuple.of(session, prompt))
        .map(OutboxStore::postings);
  }

  /**
   * What a node has taken to send.
   *
   * @param again whether somebody may have sent it before
   * @param waited whether its network had asked to wait until now
   */
  record Taken(UUID session, UUID meeting, Posting posting, boolean again, boolean waited) {}

  /** Whether anything is due, or held. */
  static Future<Boolean> due(SqlClient sql, Instant now) {
    return sql.preparedQuery(
            """
            select 1 from chat_outbox
            where state in ('reserved', 'sending', 'waiting', 'unknown') and due_at <= $1 limit 1
            """)
        .execute(Tuple.of(Times.sql(now)))
        .map(rows -> rows.size() > 0);
  }

  /**
   * Takes the next posting that is due, for a while: one of each account at a time, and one whose
   * holder did not say in time what became of it. One node takes at a time, or two would not see
   * that the other has just taken one of the same account.
   */
  static Future<Optional<Taken>> take(
      Pool pool, List<Network> networks, Instant now, UUID holder, Duration lease) {
    return pool.withTransaction(
        sql ->
            sql.query("select pg_advisory_xact_lock(hashtext('plenary.chat_outbox'))")
                .execute()
                .compose(locked -> next(sql, networks, now, holder, lease)));
  }

  private static Future<Optional<Taken>> next(
      SqlClient sql, List<Network> networks, Instant now, UUID holder, Duration lease) {
    return sql.preparedQuery(
            """
            update chat_outbox o set state = 'sending', holder = $3, tries = o.tries + 1,
              held_until = clock_timestamp() + $4 * interval '1 millisecond',
              tried_at = coalesce(o.tried_at, $2)
            from (
              select prompt, account, state as was from chat_outbox w
              where state in ('reserved', 'sending', 'waiting', 'unknown')
                and due_at <= $2 and network = any($1::text[])
                and (state <> 'sending' or held_until < clock_timestamp())
                and not exists (select 1 from chat_outbox s where s.account = w.account
                  and s.state = 'sending' and s.held_until >= clock_timestamp())
              order by due_at, reserved_at,
                (select case kind when 'welcome' then 0 when 'prompt' then number else 100 end
                 from chat_prompt where id = w.prompt)
              limit 1 for update skip locked) due
            join chat_prompt p on p.id = due.prompt
            join chat c on c.session_id = p.session_id
            where o.prompt = due.prompt and o.account = due.account
            returning c.session_id, c.meeting, o.prompt, o.account, network, handle, identity,
              o.text, language, o.state, problem, reserved_at, due_at, tries, tried_at, url,
              due.was
            """)
        .execute(
            Tuple.of(
                networks.stream().map(Network::id).toArray(String[]::new),
                Times.sql(now),
                holder,
                lease.toMillis()))
        .map(
            rows -> {
              for (Row row : rows) {
                Posting posting = posting(row);
                return Optional.of(
                    new Taken(
                        row.getUUID("session_id"),
                        row.getUUID("meeting"),
                        posting,
                        posting.tries() > 1,
                        row.getString("was").equals(Posting.State.WAITING.id())));
              }
              return Optional.empty();
            });
  }

  /** Notes that it was sent, whoever holds it now: it is there, and will not go away. */
  static Future<Boolean> sent(SqlClient sql, Posting posting, Sent sent, Instant at) {
    return sql.preparedQuery(
            """
            update chat_outbox set state = 'sent', problem = null, post_id = $3, url = $4,
              reference = $5, sent_at = $6, holder = null, held_until = null
            where prompt = $1 and account = $2 and state <> 'sent'
            """)
        .execute(
            Tuple.of(
                posting.prompt(),
                posting.account(),
                sent.id(),
                sent.url(),
                sent.reference(),
                Times.sql(at)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** What the chats of meetings have posted, by meeting. */
  static Future<Map<UUID, List<Asked>>> asked(SqlClient sql, Set<UUID> meetings) {
    return sql.preparedQuery(
            """
            select c.meeting, o.session_id, o.network, o.account, o.post_id, o.reference, o.sent_at
            from chat c join chat_outbox o on o.session_id = c.session_id
            where c.meeting = any($1::uuid[]) and o.post_id is not null
            order by o.sent_at, o.post_id
            """)
        .execute(Tuple.tuple().addValue(meetings.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, List<Asked>> asked = new HashMap<>();
              for (Row row : rows) {
                JsonObject reference = row.getJsonObject("reference");
                asked
                    .computeIfAbsent(row.getUUID("meeting"), any -> new ArrayList<>())
                    .add(
                        new Asked(
                            row.getUUID("session_id"),
                            Network.named(row.getString("network")),
                            new Prompt(
                                row.getString("post_id"),
                                row.getUUID("account"),
                                reference == null ? new JsonObject() : reference),
                            row.getOffsetDateTime("sent_at").toInstant()));
              }
              return asked;
            });
  }

  /** Notes that it was not, or that nobody knows; nothing when another node has taken it. */
  static Future<Boolean> unsent(
      SqlClient sql,
      Posting posting,
      UUID holder,
      Posting.State state,
      String problem,
      @Nullable Instant due) {
    return sql.preparedQuery(
            """
            update chat_outbox set state = $4, problem = $5, due_at = $6, holder = null,
              held_until = null
            where prompt = $1 and account = $2 and holder = $3 and state = 'sending'
            """)
        .execute(
            Tuple.of(
                posting.prompt(), posting.account(), holder, state.id(), problem, Times.sql(due)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Has what did not go out tried again, as something that may have been sent. */
  static Future<Integer> again(SqlClient sql, UUID prompt, Instant now) {
    return sql.preparedQuery(
            """
            update chat_outbox set state = case when tries > 0 then 'unknown' else 'reserved' end,
              problem = null, due_at = $2, reserved_at = $2
            where prompt = $1 and state in ('refused', 'missed', 'unknown', 'waiting')
            """)
        .execute(Tuple.of(prompt, Times.sql(now)))
        .map(rows -> rows.rowCount());
  }

  /** What was sent of a session's prompts, arrived or not. */
  static Future<List<Sending>> sent(SqlClient sql, UUID session) {
    return sql.preparedQuery(
            """
            select prompt, network, text, post_id from chat_outbox
            where session_id = $1 and tries > 0
            """)
        .execute(Tuple.of(session))
        .map(
            rows -> {
              List<Sending> sent = new ArrayList<>();
              rows.forEach(
                  row ->
                      sent.add(
                          new Sending(
                              row.getUUID("prompt"),
                              Network.named(row.getString("network")),
                              row.getString("text"),
                              row.getString("post_id"))));
              return sent;
            });
  }

  /**
   * A prompt's post on a network.
   *
   * @param post its id, once it is known
   */
  record Sending(UUID prompt, Network network, String text, @Nullable String post) {}

  private static List<Posting> postings(RowSet<Row> rows) {
    List<Posting> postings = new ArrayList<>(rows.size());
    rows.forEach(row -> postings.add(posting(row)));
    return postings;
  }

  private static Posting posting(Row row) {
    return new Posting(
        row.getUUID("prompt"),
        row.getUUID("account"),
        Network.named(row.getString("network")),
        row.getString("handle"),
        row.getString("identity"),
        row.getString("text"),
        row.getString("language"),
        Posting.State.named(row.getString("state")),
        row.getString("problem"),
        row.getOffsetDateTime("reserved_at").toInstant(),
        Times.instant(row.getOffsetDateTime("due_at")),
        row.getInteger("tries"),
        Times.instant(row.getOffsetDateTime("tried_at")),
        row.getString("url"));
  }
}
