package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/** SQL of accounts on networks. */
final class AccountStore {
  private static final String COLUMNS =
      """
      id, meeting, network, server, handle, credentials::text as credentials,
      settings::text as settings, reads, posts, fence, state, problem, told_at, figures::text as figures,
      spent_month, spent_micros
      """;

  private static final String NOT_REMOVED = " and settings ->> 'removed' is null";

  private AccountStore() {}

  /**
   * An account with how it stands.
   *
   * @param fence the number of whoever reads with it, or a greater one when it was changed since
   * @param state as its connector said last; {@code off} before the first
   */
  record Kept(
      Account account,
      boolean reads,
      boolean posts,
      long fence,
      String state,
      @Nullable String problem,
      @Nullable Instant toldAt,
      JsonObject figures,
      @Nullable LocalDate spentMonth,
      long spentMicros) {}

  static Future<Void> insert(SqlClient sql, Kept kept, Instant now) {
    Account account = kept.account();
    return sql.preparedQuery(
            """
            insert into network_account (id, meeting, network, server, handle, credentials,
              settings, reads, posts, created_at)
            values ($1, $2, $3, $4, $5, $6::text::json, $7::text::json, $8, $9, $10)
            """)
        .execute(
            Tuple.tuple()
                .addValue(account.id())
                .addValue(account.meeting())
                .addValue(account.network().id())
                .addValue(account.server())
                .addValue(account.handle())
                .addValue(account.credentials().encode())
                .addValue(account.settings().encode())
                .addValue(kept.reads())
                .addValue(kept.posts())
                .addValue(Times.sql(now)))
        .mapEmpty();
  }

  /** Writes what organisers change; whoever reads with it is superseded and starts again. */
  static Future<Void> update(SqlClient sql, Kept kept) {
    Account account = kept.account();
    return sql.preparedQuery(
            """
            update network_account set server = $2, handle = $3, credentials = $4::text::json,
              settings = $5::text::json, reads = $6, posts = $7, fence = fence + 1,
              state = case when $6 then state else 'off' end,
              problem = null
            where id = $1
            """)
        .execute(
            Tuple.tuple()
                .addValue(account.id())
                .addValue(account.server())
                .addValue(account.handle())
                .addValue(account.credentials().encode())
                .addValue(account.settings().encode())
                .addValue(kept.reads())
                .addValue(kept.posts()))
        .mapEmpty();
  }

  /**
   * Removes an account for everybody to see, and its secrets. What is left watches over the posts
   * that stand, which needs no secret but on X; there they go with the last account.
   */
  static Future<Void> remove(SqlClient sql, UUID meeting, UUID id) {
    return sql.preparedQuery(
            "delete from network_account where id = $1 and meeting = $2 and network = 'x'")
        .execute(Tuple.of(id, meeting))
        .compose(
            gone ->
                gone.rowCount() > 0
                    ? PostStore.dueAll(sql, meeting, Network.X)
                    : sql.preparedQuery(
                            """
                            update network_account set credentials = '{}', handle = null,
                              settings = (settings::jsonb || '{"removed": true}')::json,
                              reads = false, posts = false, fence = fence + 1
                            where id = $1 and meeting = $2
                            """)
                        .execute(Tuple.of(id, meeting))
                        .mapEmpty());
  }

  /** The accounts, of those that are there and that were removed, whose posts still stand. */
  static Future<Set<UUID>> watched(SqlClient sql, Instant since) {
    return sql.preparedQuery(
            """
            select a.id from network_account a where exists (
              select 1 from post_meeting m join post p on p.id = m.post
              where m.meeting = a.meeting and m.posted_at > $1 and p.network = a.network
                and p.deleted_at is null)
            """)
        .execute(Tuple.of(Times.sql(since)))
        .map(
            rows -> {
              Set<UUID> ids = new HashSet<>();
              rows.forEach(row -> ids.add(row.getUUID(0)));
              return ids;
            });
  }

  /** Nothing is left of removed accounts but of these. */
  static Future<Void> forget(SqlClient sql, Set<UUID> watched) {
    return sql.preparedQuery(
            "delete from network_account where settings ->> 'removed' is not null"
                + " and id <> all($1::uuid[])")
        .execute(Tuple.tuple().addValue(watched.toArray(UUID[]::new)))
        .mapEmpty();
  }

  /** The accounts of a meeting, in the order they were added. */
  static Future<List<Kept>> of(SqlClient sql, UUID meeting) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + " from network_account where meeting = $1"
                + NOT_REMOVED
                + " order by id")
        .execute(Tuple.of(meeting))
        .map(AccountStore::list);
  }

  static Future<Optional<Kept>> find(SqlClient sql, UUID meeting, UUID id) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + " from network_account where id = $1 and meeting = $2"
                + NOT_REMOVED)
        .execute(Tuple.of(id, meeting))
        .map(rows -> list(rows).stream().findFirst());
  }

  /** Keeps everybody else from the accounts of a meeting until the transaction ends. */
  static Future<Void> lock(SqlClient sql, UUID meeting) {
    return sql.preparedQuery(
            "select id from network_account where meeting = $1 order by id for update")
        .execute(Tuple.of(meeting))
        .mapEmpty();
  }

  /** Every account, those that were removed last. */
  static Future<List<Kept>> all(SqlClient sql) {
    return sql.preparedQuery(
            "select "
                + COLUMNS
                + " from network_account order by settings ->> 'removed' nulls first, id")
        .execute()
        .map(AccountStore::list);
  }

  /**
   * The credentials of an account, and nobody else's to renew until the transaction ends; they are
   * readable meanwhile.
   */
  static Future<Optional<JsonObject>> renewing(SqlClient sql, UUID id) {
    return sql.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
        .execute(Tuple.of("plenary.network_account " + id))
        .compose(
            locked ->
                sql.preparedQuery("select credentials::text from network_account where id = $1")
                    .execute(Tuple.of(id)))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(new JsonObject(row.getString(0)));
              }
              return Optional.empty();
            });
  }

  static Future<Void> keep(SqlClient sql, UUID id, JsonObject credentials) {
    return sql.preparedQuery(
            "update network_account set credentials = $2::text::json where id = $1")
        .execute(Tuple.of(id, credentials.encode()))
        .mapEmpty();
  }

  /** What a connector goes on with. */
  record Taken(long fence, @Nullable JsonObject cursor) {}

  /** Makes this node the one that reads; whoever did before is superseded. */
  static Future<Optional<Taken>> take(SqlClient sql, UUID id) {
    return sql.preparedQuery(
            """
            update network_account set fence = fence + 1 where id = $1
            returning fence, cursor::text
            """)
        .execute(Tuple.of(id))
        .map(
            rows -> {
              for (Row row : rows) {
                String cursor = row.getString(1);
                return Optional.of(
                    new Taken(row.getLong(0), cursor == null ? null : new JsonObject(cursor)));
              }
              return Optional.empty();
            });
  }

  /** Keeps the cursor, as long as nobody else has taken over; locks the account. */
  static Future<Boolean> advance(SqlClient sql, UUID id, long fence, @Nullable JsonObject cursor) {
    return sql.preparedQuery(
            """
            update network_account set cursor = coalesce($3::text::json, cursor)
            where id = $1 and fence = $2
            """)
        .execute(Tuple.of(id, fence, cursor == null ? null : cursor.encode()))
        .map(done -> done.rowCount() > 0);
  }

  static Future<Void> tell(
      SqlClient sql,
      UUID id,
      long fence,
      String state,
      @Nullable String problem,
      JsonObject figures,
      Instant now) {
    return sql.preparedQuery(
            """
            update network_account
            set state = $3, problem = $4, figures = $5::text::json, told_at = $6
            where id = $1 and fence = $2
            """)
        .execute(Tuple.of(id, fence, state, problem, figures.encode(), Times.sql(now)))
        .mapEmpty();
  }

  /**
   * Adds to the month's spending unless that would go beyond the limit.
   *
   * @return what was spent this month then; empty when nothing was added
   */
  static Future<Optional<Long>> spend(
      SqlClient sql, UUID id, LocalDate month, long micros, long cap) {
    return sql.preparedQuery(
            """
            update network_account set spent_month = $2,
              spent_micros = case when spent_month = $2 then spent_micros else 0 end + $3
            where id = $1
              and case when spent_month = $2 then spent_micros else 0 end + $3 <= $4
            returning spent_micros
            """)
        .execute(Tuple.of(id, month, micros, cap))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(row.getLong(0));
              }
              return Optional.empty();
            });
  }

  private static List<Kept> list(Iterable<Row> rows) {
    List<Kept> all = new ArrayList<>();
    for (Row row : rows) {
      all.add(
          new Kept(
              new Account(
                  row.getUUID("id"),
                  row.getUUID("meeting"),
                  Network.named(row.getString("network")),
                  row.getString("server"),
                  row.getString("handle"),
                  new JsonObject(row.getString("credentials")),
                  new JsonObject(row.getString("settings"))),
              row.getBoolean("reads"),
              row.getBoolean("posts"),
              row.getLong("fence"),
              row.getString("state"),
              row.getString("problem"),
              Times.instant(row.getOffsetDateTime("told_at")),
              new JsonObject(row.getString("figures")),
              row.getLocalDate("spent_month"),
              row.getLong("spent_micros")));
    }
    return all;
  }
}
