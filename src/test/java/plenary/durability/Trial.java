package plenary.durability;

import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import plenary.durability.Hall.Room;
import plenary.support.ServerProcess;
import plenary.support.TestPostgres;

/** A server under load that can be killed, and the verdict at the end. */
final class Trial implements AutoCloseable {
  private static final int SESSIONS = 8;
  private static final int PEOPLE_EACH = 13;

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient sockets =
      vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(1 << 24));
  private final Path directory = TestPostgres.directory();
  private final String main;
  private final Random random;
  private final Caller caller = new Caller();
  private final Journal journal = new Journal();
  private final Hall hall;
  private final Load load;
  private final List<Watcher> watchers = new ArrayList<>();
  final List<Long> restarts = new ArrayList<>();
  final List<Long> firstAcks = new ArrayList<>();
  private ServerProcess server;
  private long began;

  Trial(String main, long seed) throws IOException {
    this.main = main;
    this.random = new Random(seed);
    this.server = ServerProcess.start(directory, main, List.of("-Xmx256m"), Map.of());
    caller.moved(server.http());
    this.hall = Hall.open(caller, SESSIONS, PEOPLE_EACH);
    this.load = new Load(caller, hall, journal, random.nextLong());
  }

  /** Changes a setting of the running PostgreSQL, for every session of it. */
  void set(String setting, String value) {
    PgConnection sql = result(PgConnection.connect(vertx, server.database()));
    result(sql.query("alter system set " + setting + " = " + value).execute());
    result(sql.query("select pg_reload_conf()").execute());
    result(sql.close());
  }

  void begin() {
    for (Room room : hall.rooms()) {
      watch(room, "attendee", room.people().getFirst().token());
      for (String view : List.of("speaker", "moderator", "screen")) {
        watch(room, view, hall.organiser());
      }
    }
    watchers.forEach(Watcher::open);
    began = System.nanoTime();
    load.start();
  }

  private void watch(Room room, String view, String token) {
    watchers.add(new Watcher(vertx, sockets, caller::base, room.session(), view, token));
  }

  /** Goes on until so many more commands were acknowledged. */
  void acknowledge(int more) {
    int until = journal.acknowledged.get() + more;
    until("nothing is acknowledged any more", () -> journal.acknowledged.get() >= until);
  }

  /** A random moment: after 50 to 350 more acknowledgements. */
  void someWhile() {
    acknowledge(50 + random.nextInt(300));
  }

  void killServer() throws IOException {
    server.kill();
    server = ServerProcess.start(directory, main, List.of("-Xmx256m"), Map.of());
    caller.moved(server.http());
    restarts.add(server.readyMillis());
  }

  /** The postmaster and its children, at once; the server has to notice and start it again. */
  void killPostgres() throws IOException {
    long postmaster = server.postgres().getFirst().pid();
    ServerProcess.signal("KILL", server.postgres());
    long killed = System.nanoTime();
    until("PostgreSQL does not come back", () -> isBack(postmaster));
    until("nothing is acknowledged any more", () -> journal.lastAck() > killed);
    // An answer may have been under way when the database was killed, so one more.
    acknowledge(1);
    firstAcks.add((System.nanoTime() - killed) / 1_000_000);
  }

  private boolean isBack(long before) {
    try {
      List<ProcessHandle> now = server.postgres();
      return !now.isEmpty() && now.getFirst().pid() != before;
    } catch (IOException | NumberFormatException beingWritten) {
      return false;
    }
  }

  /** Ends the load and tells everything that is wrong. */
  List<String> verdict() throws InterruptedException {
    load.stop();
    double seconds = (System.nanoTime() - began) / 1e9;
    Checker checker = new Checker(caller, hall, journal);
    if (journal.open.get() > 0) {
      checker.wrong().add(journal.open.get() + " commands without a known outcome");
    }
    checker.database(vertx, server.database());
    checker.http();
    settled();
    watchers.forEach(Watcher::end);
    checker.streams(watchers);
    System.out.printf(
        "durability: %d acknowledged (%.0f/s), %d refused, %d resent; %d questions, %d votes, %d"
            + " moves; %d streams opened %d times; server ready after %s ms; first"
            + " acknowledgement after PostgreSQL's end %s ms; wrong: %s%n",
        journal.acknowledged.get(),
        journal.acknowledged.get() / seconds,
        journal.refused.get(),
        caller.resent.get(),
        journal.questions.size(),
        journal.votes.size(),
        journal.moves().size(),
        watchers.size(),
        watchers.stream().mapToInt(Watcher::resumed).sum(),
        restarts,
        firstAcks,
        checker.wrong());
    return checker.wrong();
  }

  /** Streams are as far as the server, or are not going to be; the checker tells which. */
  private void settled() {
    // What a view does not see reaches it as a pulse, at least every ten seconds.
    long limit = System.nanoTime() + 15_000_000_000L;
    for (Watcher watcher : watchers) {
      long head =
          caller
              .must(
                  "GET",
                  "/api/sessions/" + watcher.session() + "/state?view=" + watcher.view(),
                  hall.organiser(),
                  null)
              .getLong("version");
      while (watcher.have() < head && System.nanoTime() < limit) {
        LockSupport.parkNanos(10_000_000L);
      }
    }
  }

  private static void until(String otherwise, BooleanSupplier condition) {
    long limit = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(otherwise);
      }
      LockSupport.parkNanos(5_000_000L);
    }
  }

  @Override
  public void close() throws IOException {
    watchers.forEach(Watcher::end);
    server.close();
    result(vertx.close());
    TestPostgres.delete(directory);
  }
}
