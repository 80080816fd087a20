package plenary.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plenary.support.Await.result;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.problem.Failure;
import plenary.support.TestPostgres;

class DatabaseIT {
  private static Vertx vertx;
  private static PgConnectOptions options;
  private static Database database;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    options = TestPostgres.options();
    database = TestPostgres.open(vertx, options);
    run("CREATE TABLE mark (id int PRIMARY KEY, text text)");
  }

  @AfterAll
  static void stop() {
    result(database.close());
    result(vertx.close());
  }

  @Test
  void whatATransactionDidIsThereAfterIt() {
    result(database.transaction(sql -> mark(sql, 1)));
    assertThat(marked(1)).isTrue();
  }

  @Test
  void aRefusalRollsBackAndReachesTheCaller() {
    Failure refusal = new Failure.NotFound("question");
    assertThatThrownBy(
            () ->
                result(
                    database.transaction(
                        sql -> mark(sql, 2).compose(done -> Future.failedFuture(refusal)))))
        .isSameAs(refusal);
    assertThat(marked(2)).isFalse();
  }

  @Test
  void anErrorThatTheWorkSwallowsIsNeverReportedAsCommitted() {
    assertThatThrownBy(
            () ->
                result(
                    database.transaction(
                        sql ->
                            mark(sql, 3)
                                .compose(done -> sql.query("SELECT 1 / 0").execute())
                                .otherwiseEmpty())))
        .isNotNull();
    assertThat(marked(3)).isFalse();
  }

  @Test
  void aDeadlockRunsAgainByItself() {
    result(database.transaction(sql -> mark(sql, 10).compose(done -> mark(sql, 11))));
    AtomicInteger runs = new AtomicInteger();
    Promise<Void> both = Promise.promise();
    Future<?> one = database.transaction(sql -> touchBoth(sql, 10, 11, runs, both));
    Future<?> other = database.transaction(sql -> touchBoth(sql, 11, 10, runs, both));
    result(Future.all(one, other));
    assertThat(runs.get()).isEqualTo(3);
  }

  @Test
  void aSlowStatementIsEndedAndSaidToBeBusy() {
    long start = System.nanoTime();
    assertThatThrownBy(
            () ->
                result(
                    database.transaction(
                        sql -> sql.query("SELECT pg_sleep(20)").execute().mapEmpty())))
        .isInstanceOfSatisfying(
            Failure.Unavailable.class, failure -> assertThat(failure.type()).isEqualTo("busy"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aJobMayTakeLonger() {
    String limit =
        result(
            database.transaction(
                Duration.ofSeconds(8),
                sql -> sql.query("SHOW statement_timeout").execute().map(DatabaseIT::text)));
    assertThat(limit).isEqualTo("8s");
    assertThat(text(result(database.pool().query("SHOW statement_timeout").execute())))
        .isEqualTo("3s");
  }

  @Test
  void workThatOutlivesItsDeadlineIsNeverCommitted() {
    Promise<Void> late = Promise.promise();
    Promise<Void> ended = Promise.promise();
    Future<Void> transaction =
        database.transaction(
            Duration.ofMillis(300),
            sql ->
                mark(sql, 4)
                    .compose(done -> late.future())
                    .onComplete(done -> vertx.setTimer(200, timer -> ended.complete())));
    assertThatThrownBy(() -> result(transaction))
        .isInstanceOfSatisfying(
            Failure.Unavailable.class, failure -> assertThat(failure.type()).isEqualTo("internal"));
    late.complete();
    result(ended.future());
    assertThat(marked(4)).isFalse();
  }

  @Test
  void aConnectionLostBeforeTheCommitChangedNothing() {
    assertThatThrownBy(
            () ->
                result(
                    database.transaction(
                        sql ->
                            mark(sql, 5)
                                .compose(
                                    done ->
                                        sql.query("SELECT pg_terminate_backend(pg_backend_pid())")
                                            .execute()
                                            .mapEmpty()))))
        .isInstanceOfSatisfying(
            Failure.Unavailable.class, failure -> assertThat(failure.type()).isEqualTo("internal"));
    assertThat(marked(5)).isFalse();
  }

  @Test
  void aConnectionLostDuringTheCommitHasAnUnknownOutcome() {
    // A deferred trigger runs inside COMMIT and ends the connection there.
    run(
        """
        CREATE TABLE fatal (id int);
        CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1);
          RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER die AFTER INSERT ON fatal DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION die()
        """);
    assertThatThrownBy(
            () ->
                result(
                    database.transaction(
                        sql -> sql.query("INSERT INTO fatal VALUES (1)").execute().mapEmpty())))
        .isInstanceOfSatisfying(
            Failure.Unavailable.class,
            failure -> assertThat(failure.type()).isEqualTo("outcome-unknown"));
  }

  @Test
  void aViolatedConstraintStaysAFault() {
    result(database.transaction(sql -> mark(sql, 6)));
    assertThatThrownBy(() -> result(database.transaction(sql -> mark(sql, 6))))
        .isInstanceOfSatisfying(
            PgException.class, error -> assertThat(error.getSqlState()).isEqualTo("23505"));
  }

  @Test
  void whenEveryConnectionIsTakenTheCallerHearsBusyInTime() {
    Database small = result(Database.open(vertx, options, 1));
    try {
      SqlConnection held = result(small.pool().getConnection());
      long start = System.nanoTime();
      Future<?> statement = small.pool().query("SELECT 1").execute();
      assertThatThrownBy(() -> result(small.transaction(sql -> mark(sql, 7))))
          .isInstanceOfSatisfying(
              Failure.Unavailable.class, failure -> assertThat(failure.type()).isEqualTo("busy"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      Throwable raw = result(statement.<Throwable>mapEmpty().otherwise(error -> error));
      assertThat(Outages.told(raw))
          .isInstanceOfSatisfying(
              Failure.Unavailable.class, failure -> assertThat(failure.type()).isEqualTo("busy"));
      result(held.close());
      result(small.transaction(sql -> sql.query("SELECT 1").execute()));
    } finally {
      result(small.close());
    }
  }

  @Test
  void theQueueForConnectionsIsBounded() {
    Database small = result(Database.open(vertx, options, 1));
    try {
      result(small.pool().getConnection());
      List<Future<?>> waiting = new ArrayList<>();
      for (int caller = 0; caller < 2_001; caller++) {
        waiting.add(small.pool().query("SELECT 1").execute());
      }
      Throwable refused = result(waiting.getLast().<Throwable>mapEmpty().otherwise(e -> e), 1);
      assertThat(Outages.told(refused))
          .isInstanceOfSatisfying(
              Failure.Unavailable.class, failure -> assertThat(failure.type()).isEqualTo("busy"));
    } finally {
      result(small.close());
    }
  }

  @Test
  void aConnectionToKeepDoesNotCountInThePool() {
    Database small = result(Database.open(vertx, options, 1));
    try {
      SqlConnection own = result(small.connection());
      result(small.transaction(sql -> sql.query("SELECT 1").execute()));
      result(own.close());
    } finally {
      result(small.close());
    }
  }

  @Test
  void aDatabaseThatRefusesConnectionsIsNamedWithoutThePassword() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    PgConnectOptions nowhere =
        DatabaseUrl.parse("postgresql://anna:secret@127.0.0.1:" + port + "/hall");
    assertThatThrownBy(() -> result(Database.open(vertx, nowhere, 2)))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("anna")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void aDatabaseThatAcceptsAndSaysNothingIsGivenUpInTime() {
    NetServer silent = vertx.createNetServer().connectHandler(socket -> {});
    result(silent.listen(0, "127.0.0.1"));
    PgConnectOptions mute =
        DatabaseUrl.parse(
            "postgresql://a:b@127.0.0.1:" + silent.actualPort() + "/n?sslmode=disable");
    long start = System.nanoTime();
    assertThatThrownBy(() -> result(Database.open(vertx, mute, 2), 60))
        .isInstanceOf(DatabaseRefusal.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  private static Future<Void> touchBoth(
      SqlConnection sql, int first, int second, AtomicInteger runs, Promise<Void> both) {
    return touch(sql, first)
        .compose(
            done -> {
              if (runs.incrementAndGet() == 2) {
                both.complete();
              }
              return both.future();
            })
        .compose(done -> touch(sql, second));
  }

  private static Future<Void> touch(SqlConnection sql, int id) {
    return sql.query("UPDATE mark SET text = 'x' WHERE id = " + id).execute().mapEmpty();
  }

  private static Future<Void> mark(SqlConnection sql, int id) {
    return sql.query("INSERT INTO mark (id) VALUES (" + id + ")").execute().mapEmpty();
  }

  private static String text(RowSet<Row> rows) {
    return rows.iterator().next().getString(0);
  }

  private static boolean marked(int id) {
    return result(database.pool().query("SELECT 1 FROM mark WHERE id = " + id).execute()).size()
        == 1;
  }

  private static void run(String statement) {
    result(database.pool().query(statement).execute());
  }
}
