package plenary.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The connections to PostgreSQL: one per process, for managed and external databases alike. Safe
 * for use by several threads; nothing here blocks.
 *
 * <p>A database that has vanished is noticed within five seconds: connecting may take 2 s, a
 * statement 3 s, and unacknowledged bytes 5 s (that one needs the native transport on Linux;
 * without it the deadline of {@link #transaction} still answers the caller in time).
 */
public final class Database {
  private static final System.Logger LOG = System.getLogger(Database.class.getName());

  /** How long connecting may take, and waiting for a connection of the pool. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /** How long one statement may take, unless a job says {@code SET LOCAL statement_timeout}. */
  static final Duration STATEMENT_LIMIT = Duration.ofSeconds(3);

  /** How long a whole transaction may take, waiting for a connection included. */
  static final Duration TRANSACTION_LIMIT = Duration.ofMillis(4_500);

  /** How long a transaction may wait for its next statement; a leak must not hold locks. */
  static final Duration IDLE_IN_TRANSACTION_LIMIT = Duration.ofSeconds(10);

  private static final int TCP_SILENCE_MILLIS_MAX = 5_000;
  private static final int WAITERS_MAX = 2_000;
  private static final int OWN_CONNECTIONS_MAX = 32;
  private static final int STATEMENTS_CACHED_MAX = 512;
  private static final int STATEMENT_CHARACTERS_CACHED_MAX = 16_384;

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final Pool pool;
  private final Pool own;

  private Database(Vertx vertx, PgConnectOptions options, int poolSize) {
    this.vertx = vertx;
    this.options = options;
    this.pool = pool("plenary", poolSize, WAITERS_MAX);
    this.own = pool("plenary-own", OWN_CONNECTIONS_MAX, 0);
  }

  /**
   * Connects and checks that the database can be used: PostgreSQL 15 or newer, writable, UTF-8, and
   * nothing that makes a commit forgettable.
   *
   * @param poolSize the most connections of {@link #pool()}
   * @return fails with {@link DatabaseRefusal}, one sentence for the operator, if not
   */
  public static Future<Database> open(Vertx vertx, PgConnectOptions options, int poolSize) {
    Database database = new Database(vertx, complete(options), poolSize);
    return Requirements.check(database)
        .map(database)
        .recover(error -> database.close().transform(closed -> Future.failedFuture(error)));
  }

  private static PgConnectOptions complete(PgConnectOptions given) {
    return new PgConnectOptions(given)
        .setPipeliningLimit(1)
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(STATEMENTS_CACHED_MAX)
        .setPreparedStatementCacheSqlLimit(STATEMENT_CHARACTERS_CACHED_MAX)
        .addProperty("application_name", "plenary")
        .addProperty("TimeZone", "UTC")
        .addProperty("statement_timeout", Long.toString(STATEMENT_LIMIT.toMillis()))
        .addProperty(
            "idle_in_transaction_session_timeout",
            Long.toString(IDLE_IN_TRANSACTION_LIMIT.toMillis()));
  }

  private Pool pool(String name, int size, int waiters) {
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setName(name)
                .setMaxSize(size)
                .setMaxWaitQueueSize(waiters)
                .setConnectionTimeout((int) CONNECT_LIMIT.toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
        .with(
            new NetClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setTcpKeepAlive(!options.isUsingDomainSocket())
                .setTcpUserTimeout(options.isUsingDomainSocket() ? 0 : TCP_SILENCE_MILLIS_MAX))
        .connectingTo(options)
        .using(vertx)
        .build();
  }

  /**
   * For reads and single statements. Prepared statements are cached; a connection does one thing at
   * a time. At most 2,000 callers wait for a connection, each for at most 2 s. Errors are raw here:
   * map them with {@link Outages#told}.
   */
  public Pool pool() {
    return pool;
  }

  /**
   * Runs work in one READ COMMITTED transaction and commits it. After a deadlock or a serialization
   * failure it runs again, three times at most, so the work must not keep anything of a failed run.
   *
   * @return what the work gave, once committed. Fails with the work's own error after a rollback;
   *     with {@link plenary.problem.Failure.Unavailable} of type {@code busy} or {@code internal}
   *     when the database could not do it within 4.5 s and nothing was changed; with {@code
   *     outcome-unknown} when the connection was lost during the commit
   */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
    return new Transaction<>(vertx, pool, "", work).run(TRANSACTION_LIMIT);
  }

  /** Like {@link #transaction(Function)}, for jobs that need longer than a person waits. */
  public <T> Future<T> transaction(Duration limit, Function<SqlConnection, Future<T>> work) {
    String opening =
        "SET LOCAL statement_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d"
            .formatted(limit.toMillis(), limit.plus(IDLE_IN_TRANSACTION_LIMIT).toMillis());
    return new Transaction<>(vertx, pool, opening, work).run(limit);
  }

  /**
   * A connection to keep: for a committer, for LISTEN, for an advisory lock. It has the same limits
   * as those of the pool but does not count there; at most 32 at a time. Closing it gives it back,
   * so undo first what belongs to it (LISTEN, locks).
   */
  public Future<PgConnection> connection() {
    return own.getConnection().map(PgConnection::cast).map(Database::quiet);
  }

  /** Without a handler Vert.x prints a stack trace when the server ends a connection. */
  private static PgConnection quiet(PgConnection connection) {
    return connection.exceptionHandler(
        error -> LOG.log(System.Logger.Level.DEBUG, "A database connection broke", error));
  }

  /** How to connect: for what has to make its own connections ({@code PgSubscriber}). */
  public PgConnectOptions options() {
    return new PgConnectOptions(options);
  }

  /** The instance the connections belong to. */
  Vertx vertx() {
    return vertx;
  }

  /** Closes every connection, those handed out too. */
  public Future<Void> close() {
    return Future.join(pool.close(), own.close()).mapEmpty();
  }
}
