package plenary.durability;

import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import plenary.durability.Hall.Room;

/** A hall that asks, votes, moves and watches through whatever happens, and the verdict. */
final class Trial implements AutoCloseable {
  private static final int SESSIONS = 8;
  private static final int PEOPLE_EACH = 13;
  private static final int TOLD_MAX = 1_000;

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient sockets =
      vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(1 << 24));
  private final Random random;
  private final Hall hall;
  private final Load load;
  private final List<Watcher> watchers = new ArrayList<>();
  final Caller caller = new Caller();
  final Journal journal = new Journal();
  private int calmAcks;
  private long calmNanos;

  /** A hall on a server, or on the nodes that are one. */
  Trial(long seed, URI... nodes) {
    random = new Random(seed);
    caller.moved(nodes);
    hall = Hall.open(caller, SESSIONS, PEOPLE_EACH);
    load = new Load(caller, hall, journal, random.nextLong());
  }

  void begin() {
    for (Room room : hall.rooms()) {
      watch(room, "attendee", room.people().getFirst().token());
      for (String view : List.of("speaker", "moderator", "screen")) {
        watch(room, view, hall.organiser());
      }
    }
    watchers.forEach(Watcher::open);
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

  /** A random moment: after 100 to 700 more acknowledgements in peace. */
  void someWhile() {
    int before = journal.acknowledged.get();
    long start = System.nanoTime();
    acknowledge(100 + random.nextInt(600));
    calmAcks += journal.acknowledged.get() - before;
    calmNanos += System.nanoTime() - start;
  }

  /** Milliseconds until something that was sent after now is acknowledged. */
  long firstAck() {
    long start = System.nanoTime();
    until("nothing is acknowledged any more", () -> journal.lastAck() > start);
    // An answer may have been under way, so one more.
    acknowledge(1);
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Ends the load and tells everything that is wrong. */
  List<String> verdict(PgConnectOptions database) throws InterruptedException {
    load.stop();
    Checker checker = new Checker(caller, hall, journal);
    if (journal.open.get() > 0) {
      checker.wrong().add(journal.open.get() + " commands without a known outcome");
    }
    checker.database(vertx, database);
    checker.http();
    settled();
    watchers.forEach(Watcher::end);
    checker.streams(watchers);
    System.out.printf(
        "durability: %d acknowledged (%.0f/s in peace), refused: %s, %d resent; %d questions, %d"
            + " votes, %d moves; %d streams opened %d times; wrong: %s%n",
        journal.acknowledged.get(),
        calmAcks * 1e9 / Math.max(1, calmNanos),
        journal.refused,
        caller.resent.get(),
        journal.questions.size(),
        journal.votes.size(),
        journal.moves().size(),
        watchers.size(),
        watchers.stream().mapToInt(Watcher::resumed).sum(),
        some(checker.wrong()));
    return checker.wrong();
  }

  private static String some(List<String> wrong) {
    String all = wrong.toString();
    return all.length() <= TOLD_MAX ? all : all.substring(0, TOLD_MAX) + "…";
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

  static void until(String otherwise, BooleanSupplier condition) {
    long limit = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(otherwise);
      }
      LockSupport.parkNanos(5_000_000L);
    }
  }

  @Override
  public void close() {
    watchers.forEach(Watcher::end);
    result(vertx.close());
  }
}
