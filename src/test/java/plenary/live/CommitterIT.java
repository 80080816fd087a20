package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plenary.support.Await.result;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.problem.Failure;
import plenary.support.Cable;
import plenary.support.TestPostgres;

/** What commands are promised, on a real database. */
class CommitterIT {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final String CONFLICT =
      "do $$ begin raise exception using errcode = '40001'; end $$";
  private static final String MARK = "update session_head set purged_below = 77";

  private static Vertx vertx;
  private static Database database;

  private final UUID session = Ids.next();
  private final ConcurrentLinkedQueue<Committed> committed = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    database = TestPostgres.database(vertx);
  }

  @AfterAll
  static void stop() {
    result(database.close());
    result(vertx.close());
  }

  private Committer committer(CommitLimits limits) {
    return committer(limits, database.options());
  }

  private Committer committer(CommitLimits limits, PgConnectOptions options) {
    Committer committer =
        new Committer(
            vertx,
            vertx.getOrCreateContext(),
            options,
            limits,
            committed::add,
            new LiveMeters(new SimpleMeterRegistry()),
            Faults.NONE);
    result(committer.submit(put("session", null)));
    return committer;
  }

  private static CommitLimits limits(int crowdQueue, Duration deadline) {
    return new CommitLimits(
        1, 500, 2_000, crowdQueue, Duration.ofMillis(10), deadline, Duration.ofSeconds(8));
  }

  private record Ask(
      UUID session,
      Command.@Nullable Once once,
      Lane lane,
      Function<Change, Future<JsonObject>> work)
      implements Command {
    @Override
    public String kind() {
      return "test";
    }

    @Override
    public boolean createsSession() {
      return true;
    }

    @Override
    public Future<JsonObject> run(Change change) {
      return work.apply(change);
    }
  }

  private Command command(Function<Change, Future<JsonObject>> work) {
    return new Ask(session, null, Command.Lane.CROWD, work);
  }

  private Command put(String key, Command.@Nullable Once once) {
    return new Ask(
        session,
        once,
        Command.Lane.CROWD,
        change -> {
          change.put(key, View.ALL, new JsonObject().put("at", change.version()));
          return Future.succeededFuture(new JsonObject().put("key", key));
        });
  }

  @Test
  void aConflictInAWriteThatWasSentAheadRunsTheWholeBatchAgain() throws Exception {
    Committer committer = committer(limits(100, DEADLINE));
    AtomicInteger runs = new AtomicInteger();
    Future<JsonObject> conflicting =
        committer.submit(
            command(
                change -> {
                  if (runs.incrementAndGet() == 1) {
                    change.beforeCommit(change.sql().query(CONFLICT).execute());
                  }
                  return change
                      .sql()
                      .query("select 1")
                      .execute()
                      .map(
                          rows -> {
                            change.put("question:1", View.ALL, new JsonObject());
                            return new JsonObject();
                          });
                }));
    Future<JsonObject> beside = committer.submit(put("question:2", null));

    result(conflicting);
    result(beside);

    assertThat(runs).hasValue(2);
    assertThat(committed).as("the session, then both commands in one batch").hasSize(2);
  }

  @Test
  void whatABatchWouldStillDoWhenItsTimeIsOverIsUndone() throws Exception {
    PgConnectOptions direct = database.options();
    try (Cable cable = new Cable(UnixDomainSocketAddress.of(direct.getSocketAddress().path()))) {
      Committer committer =
          committer(
              new CommitLimits(
                  1, 500, 2_000, 100, Duration.ofMillis(10), DEADLINE, Duration.ofSeconds(1)),
              new PgConnectOptions(direct).setHost("127.0.0.1").setPort(cable.port()));
      Promise<Void> over = Promise.promise();
      Future<JsonObject> stuck =
          committer.submit(
              command(
                  change -> {
                    cable.stall();
                    return change
                        .sql()
                        .query("select 1")
                        .execute()
                        .compose(rows -> change.sql().query(MARK).execute())
                        .onComplete(done -> over.complete())
                        .map(new JsonObject());
                  }));
      assertThatThrownBy(() -> result(stuck))
          .isInstanceOfSatisfying(
              Failure.Unavailable.class,
              failure -> assertThat(failure.type()).isEqualTo("outcome-unknown"));
      cable.mend();
      result(over.future());
      result(committer.submit(put("after", null)));
      long marked =
          result(
              database
                  .pool()
                  .query("select count(*) from session_head where purged_below = 77")
                  .execute()
                  .map(rows -> rows.iterator().next().getLong(0)));
      assertThat(marked).isZero();
    }
  }

  /** Keeps the committer busy until the promise is kept. */
  private Future<JsonObject> hold(Committer committer, Promise<JsonObject> until) {
    Promise<Void> running = Promise.promise();
    Future<JsonObject> held =
        committer.submit(
            command(
                change -> {
                  running.complete();
                  return until.future();
                }));
    result(running.future());
    return held;
  }

  private long head() {
    return result(EntityStore.heads(database.pool(), List.of(session))).get(session);
  }

  @Test
  void aKeyUsedAgainGetsTheSameAnswerAndWithAnotherBodyNone() {
    Committer committer = committer(CommitLimits.DEFAULT);
    UUID who = Ids.next();
    JsonObject first = result(committer.submit(put("a", new Command.Once(who, "k", "h1"))));
    long head = head();
    JsonObject again = result(committer.submit(put("b", new Command.Once(who, "k", "h1"))));
    assertThat(again).isEqualTo(first);
    assertThatThrownBy(() -> result(committer.submit(put("c", new Command.Once(who, "k", "h2")))))
        .isInstanceOfSatisfying(
            Failure.Invalid.class, refused -> assertThat(refused.type()).isEqualTo("key-reused"));
    assertThat(head()).isEqualTo(head);
    JsonObject other = result(committer.submit(put("d", new Command.Once(Ids.next(), "k", "h2"))));
    assertThat(other.getLong("version")).isEqualTo(head + 1);
  }

  @Test
  void twoAtOnceUnderOneKeyHaveOneEffectAlsoOnTwoNodes() {
    Committer here = committer(CommitLimits.DEFAULT);
    Committer there = committer(CommitLimits.DEFAULT);
    long head = head();
    Command.Once once = new Command.Once(Ids.next(), "k", "h");
    AtomicInteger runs = new AtomicInteger();
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(
          (i % 2 == 0 ? here : there)
              .submit(
                  new Ask(
                      session,
                      once,
                      Command.Lane.CROWD,
                      change -> {
                        change.put(
                            "k", View.ALL, new JsonObject().put("n", runs.incrementAndGet()));
                        return Future.succeededFuture(new JsonObject());
                      })));
    }
    for (Future<JsonObject> answer : answers) {
      assertThat(result(answer).getLong("version")).isEqualTo(head + 1);
    }
    assertThat(runs).hasValue(1);
    assertThat(head()).isEqualTo(head + 1);
  }

  @Test
  void whatWaitsTogetherIsCommittedTogetherWithVersionsOfItsOwn() {
    Committer committer = committer(CommitLimits.DEFAULT);
    long head = head();
    Promise<JsonObject> until = Promise.promise();
    Future<JsonObject> held = hold(committer, until);
    committed.clear();
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      answers.add(committer.submit(put("k" + i % 7, null)));
    }
    until.complete(new JsonObject());
    result(held);
    List<Long> versions =
        answers.stream().map(answer -> result(answer).getLong("version")).toList();
    assertThat(versions)
        .containsExactlyElementsOf(LongStream.rangeClosed(head + 1, head + 120).boxed().toList());
    // Fifty at a time: each takes round trips of its own, and a batch must end within its time.
    assertThat(committed.stream().map(Committed::to))
        .containsExactly(head + 50, head + 100, head + 120);
    assertThat(committed.peek().from()).isEqualTo(head);
  }

  @Test
  void oneGuiltyCommandFailsAloneAndTheOthersCommit() {
    Committer committer = committer(CommitLimits.DEFAULT);
    long head = head();
    Promise<JsonObject> until = Promise.promise();
    Future<JsonObject> held = hold(committer, until);
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(committer.submit(put("k" + i, null)));
    }
    Future<JsonObject> guilty =
        committer.submit(
            command(change -> change.sql().query("select 1 / 0").execute().mapEmpty()));
    Future<JsonObject> throwing =
        committer.submit(
            command(
                change -> {
                  throw new IllegalStateException("a mistake");
                }));
    for (int i = 40; i < 80; i++) {
      answers.add(committer.submit(put("k" + i, null)));
    }
    until.complete(new JsonObject());
    result(held);
    assertThatThrownBy(() -> result(guilty)).hasMessageContaining("division by zero");
    assertThatThrownBy(() -> result(throwing)).isInstanceOf(IllegalStateException.class);
    List<Long> versions =
        answers.stream().map(answer -> result(answer).getLong("version")).toList();
    assertThat(versions)
        .containsExactlyElementsOf(LongStream.rangeClosed(head + 1, head + 80).boxed().toList());
    assertThat(head()).isEqualTo(head + 80);
  }

  @Test
  void aFullQueueRefusesAtOnceAndTheOthersAreDone() {
    Committer committer = committer(limits(3, Duration.ofSeconds(5)));
    Promise<JsonObject> until = Promise.promise();
    Future<JsonObject> held = hold(committer, until);
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(committer.submit(put("k" + i, null)));
    }
    Future<JsonObject> staff =
        committer.submit(
            new Ask(
                session,
                null,
                Command.Lane.STAFF,
                change -> Future.succeededFuture(new JsonObject())));
    assertThat(answers.get(3).cause()).isInstanceOf(Failure.Unavailable.class);
    assertThat(answers.get(4).cause()).isInstanceOf(Failure.Unavailable.class);
    assertThat(staff.failed()).as("staff have a queue of their own").isFalse();
    until.complete(new JsonObject());
    result(held);
    result(staff);
    answers.subList(0, 3).forEach(answer -> assertThat(result(answer)).isNotNull());
  }

  @Test
  void whatWaitedTooLongIsRefusedAndNeverRunLate() {
    Committer committer = committer(limits(100, Duration.ofMillis(200)));
    Promise<JsonObject> until = Promise.promise();
    Future<JsonObject> held = hold(committer, until);
    AtomicInteger runs = new AtomicInteger();
    Future<JsonObject> late =
        committer.submit(
            command(
                change -> {
                  runs.incrementAndGet();
                  return Future.succeededFuture(new JsonObject());
                }));
    assertThatThrownBy(() -> result(late)).isInstanceOf(Failure.Unavailable.class);
    until.complete(new JsonObject());
    result(held);
    result(committer.submit(put("after", null)));
    assertThat(runs).hasValue(0);
  }

  @Test
  void aRefusedCommandLeavesNoTrace() {
    Committer committer = committer(CommitLimits.DEFAULT);
    long head = head();
    Command.Once once = new Command.Once(Ids.next(), "k", "h");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  result(
                      committer.submit(
                          new Ask(
                              session,
                              once,
                              Command.Lane.CROWD,
                              change -> {
                                change.put("k", View.ALL, new JsonObject());
                                throw new Failure.NotFound("question");
                              }))))
          .isInstanceOf(Failure.NotFound.class);
    }
    assertThat(head()).isEqualTo(head);
    assertThat(result(committer.submit(put("k", once))).getLong("version")).isEqualTo(head + 1);
  }

  @Test
  void twoNodesNumberOneSessionWithoutGapOrDouble() {
    Committer here = committer(CommitLimits.DEFAULT);
    Committer there = committer(CommitLimits.DEFAULT);
    long head = head();
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      answers.add((i % 2 == 0 ? here : there).submit(put("k" + i % 20, null)));
    }
    assertThat(answers.stream().map(answer -> result(answer).getLong("version")))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(head + 1, head + 400).boxed().toList());
  }
}
