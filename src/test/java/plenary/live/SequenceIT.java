package plenary.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static plenary.support.Await.result;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.database.Database;
import plenary.support.TestPostgres;

/**
 * Why a session's position is a row that its writers lock: a reader of "everything after the last I
 * saw" misses rows when positions are drawn from a sequence, for they commit in another order. Both
 * kinds of writers are read with the engine's own query.
 */
class SequenceIT {
  private static final int WRITERS = 6;
  private static final int ROWS_EACH = 60;
  private static final int TRIES = 5;

  private static Vertx vertx;
  private static Database database;

  private interface Numbers {
    /** The position of the next row of a session, within the writer's transaction. */
    Future<Long> next(SqlConnection sql, UUID session);
  }

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    database = TestPostgres.database(vertx);
    result(database.pool().query("create sequence position_sequence").execute());
  }

  @AfterAll
  static void stop() {
    result(database.close());
    result(vertx.close());
  }

  @Test
  void aReaderOfALockedHeadMissesNothing() throws Exception {
    assertThat(missed(SequenceIT::underTheLock)).isEmpty();
  }

  @Test
  void aReaderOfASequenceMissesRows() throws Exception {
    Set<String> missed = Set.of();
    for (int i = 0; i < TRIES && missed.isEmpty(); i++) {
      missed = missed(SequenceIT::fromASequence);
    }
    assertThat(missed).isNotEmpty();
  }

  private static Future<Long> underTheLock(SqlConnection sql, UUID session) {
    return EntityStore.lockHeads(sql, List.of(session))
        .map(heads -> Objects.requireNonNull(heads.get(session)) + 1);
  }

  private static Future<Long> fromASequence(SqlConnection sql, UUID session) {
    return sql.query("select nextval('position_sequence')")
        .execute()
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** What many writers committed and one reader never saw. */
  private static Set<String> missed(Numbers numbers) throws InterruptedException {
    UUID session = UUID.randomUUID();
    result(EntityStore.makeHeads(database.pool(), List.of(session)));
    Set<String> written = ConcurrentHashMap.newKeySet();
    AtomicInteger left = new AtomicInteger(WRITERS);
    CountDownLatch done = new CountDownLatch(WRITERS);
    for (int w = 0; w < WRITERS; w++) {
      String name = "question/" + w + '-';
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (int i = 0; i < ROWS_EACH; i++) {
                    write(session, name + i, numbers);
                    written.add(name + i);
                  }
                } finally {
                  left.decrementAndGet();
                  done.countDown();
                }
              });
    }
    Set<String> seen = new HashSet<>();
    long have = 0;
    boolean last;
    do {
      last = left.get() == 0;
      EntityStore.Reading reading =
          Objects.requireNonNull(result(EntityStore.read(database.pool(), session, have)));
      reading.entities().forEach(entity -> seen.add(entity.key()));
      have = Math.max(have, reading.head());
    } while (!last);
    assertThat(done.await(20, SECONDS)).isTrue();
    Set<String> missed = new HashSet<>(written);
    missed.removeAll(seen);
    return missed;
  }

  /**
   * One row in a transaction of its own that takes a moment between its position and its commit.
   */
  private static void write(UUID session, String key, Numbers numbers) {
    double pause = ThreadLocalRandom.current().nextDouble(0.003);
    result(
        database.transaction(
            sql ->
                numbers
                    .next(sql, session)
                    .compose(
                        position ->
                            EntityStore.upsert(
                                    sql,
                                    session,
                                    List.of(
                                        new Entity(key, position, View.ALL, View.ALL, null, "{}")),
                                    Instant.now())
                                .compose(
                                    written ->
                                        sql.preparedQuery("select pg_sleep($1)")
                                            .execute(Tuple.of(pause)))
                                .compose(slept -> moveHead(sql, session, position)))));
  }

  /** A head that only grows: a later position may have been committed before. */
  private static Future<Void> moveHead(SqlConnection sql, UUID session, long position) {
    return EntityStore.heads(sql, List.of(session))
        .compose(
            heads ->
                Objects.requireNonNull(heads.get(session)) < position
                    ? EntityStore.moveHeads(sql, Map.of(session, position))
                    : Future.succeededFuture());
  }
}
