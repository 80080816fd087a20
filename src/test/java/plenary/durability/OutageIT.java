package plenary.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.durability.Caller.Reply;
import plenary.durability.Hall.Room;
import plenary.live.Faults;
import plenary.support.ServerProcess;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/** The database does not answer for a while; and the connection that carries signals is cut. */
class OutageIT {
  private static final int OUTAGE_SECONDS = Boolean.getBoolean("long") ? 30 : 8;

  private static final long ANSWER_MILLIS_MAX = 5_000;

  private static final long HEALED_MILLIS_MAX = 2_000;

  private static Vertx vertx;
  private static WebSocketClient sockets;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    sockets = vertx.createWebSocketClient();
  }

  @AfterAll
  static void stop() {
    result(vertx.close());
  }

  /** What a stream tells, frame by frame; an empty object when it ends. */
  private static BlockingQueue<JsonObject> watch(URI base, String session, String token) {
    BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    ClientWebSocket socket = sockets.webSocket();
    socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
    socket.closeHandler(closed -> frames.add(new JsonObject()));
    result(
        socket.connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(base.getPort())
                .setURI("/api/sessions/" + session + "/live?view=moderator")
                .addHeader("Authorization", "Bearer " + token)));
    return frames;
  }

  private static @Nullable JsonObject next(
      BlockingQueue<JsonObject> frames, long millis, Predicate<JsonObject> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (true) {
      JsonObject frame = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (frame == null || wanted.test(frame)) {
        return frame;
      }
    }
  }

  private static boolean contains(JsonObject frame, String question) {
    return frame.encode().contains("question/" + question);
  }

  @Test
  void whileTheDatabaseIsSilentCommandsAreRefusedInTimeAndStreamsStayAndSaySo() throws Exception {
    var directory = TestPostgres.directory();
    try (ServerProcess server = ServerProcess.start(directory)) {
      Caller caller = new Caller();
      caller.moved(server.http());
      Hall hall = Hall.open(caller, 1, 1);
      Room room = hall.rooms().getFirst();
      String ask = "/api/sessions/" + room.session() + "/questions";
      String token = room.people().getFirst().token();
      BlockingQueue<JsonObject> frames = watch(server.http(), room.session(), hall.organiser());
      assertThat(next(frames, 5_000, frame -> true)).isNotNull();
      caller.must("POST", ask, token, JsonObject.of("text", "Is it there now?"));

      var silent = server.postgres();
      ServerProcess.signal("STOP", silent);
      long stopped = System.nanoTime();
      AtomicBoolean delayed = new AtomicBoolean();
      long slowest = 0;
      int refused = 0;
      try {
        while (System.nanoTime() - stopped < OUTAGE_SECONDS * 1_000_000_000L) {
          long start = System.nanoTime();
          Reply reply =
              caller.once(
                  "POST", ask, token, "silent-" + refused, JsonObject.of("text", "Anybody there?"));
          slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
          assertThat(reply.status()).isEqualTo(503);
          refused++;
        }
        JsonObject pulse =
            next(
                frames,
                ANSWER_MILLIS_MAX,
                frame -> frame.isEmpty() || frame.getBoolean("delayed", false));
        delayed.set(pulse != null && !pulse.isEmpty());
      } finally {
        ServerProcess.signal("CONT", silent);
      }
      long healed = System.nanoTime();
      JsonObject asked =
          caller.must("POST", ask, token, JsonObject.of("text", "Is it back again now?"));
      long back = (System.nanoTime() - healed) / 1_000_000;
      System.out.printf(
          "durability: silent for %d s: %d refused, slowest after %d ms; acknowledged %d ms"
              + " after%n",
          OUTAGE_SECONDS, refused, slowest, back);
      assertThat(slowest).isLessThan(ANSWER_MILLIS_MAX);
      assertThat(delayed).as("a pulse that says delayed, on a stream that stayed").isTrue();
      assertThat(back).isLessThan(ANSWER_MILLIS_MAX);
      JsonObject seen =
          next(frames, 5_000, frame -> frame.isEmpty() || contains(frame, asked.getString("id")));
      assertThat(seen).as("the question, on the same stream").isNotNull();
      assertThat(seen.isEmpty()).isFalse();
    } finally {
      TestPostgres.delete(directory);
    }
  }

  @Test
  void withTheListeningConnectionCutViewersOfAnotherNodeCatchUpWithinTwoSeconds() throws Exception {
    PgConnectOptions database = TestPostgres.options();
    try (TestServer here = TestServer.start(database, Map.of(), Faults.NONE);
        TestServer there = TestServer.start(database, Map.of(), Faults.NONE)) {
      Caller caller = new Caller();
      caller.moved(URI.create("http://127.0.0.1:" + here.port()));
      Hall hall = Hall.open(caller, 1, 1);
      Room room = hall.rooms().getFirst();
      String ask = "/api/sessions/" + room.session() + "/questions";
      String token = room.people().getFirst().token();
      BlockingQueue<JsonObject> frames =
          watch(URI.create("http://127.0.0.1:" + there.port()), room.session(), hall.organiser());
      assertThat(next(frames, 5_000, frame -> true)).isNotNull();

      PgConnection sql = result(PgConnection.connect(vertx, database));
      long cut =
          result(
              sql.query(
                      """
                      select count(pg_terminate_backend(pid)) from pg_stat_activity
                      where datname = current_database() and pid <> pg_backend_pid()
                        and query ilike 'listen%'
                      """)
                  .execute()
                  .map(rows -> rows.iterator().next().getLong(0)));
      assertThat(cut).isEqualTo(2);
      String asked =
          caller
              .must("POST", ask, token, JsonObject.of("text", "Does a poll heal this?"))
              .getString("id");
      long start = System.nanoTime();
      JsonObject seen = next(frames, 5_000, frame -> frame.isEmpty() || contains(frame, asked));
      long took = (System.nanoTime() - start) / 1_000_000;
      System.out.printf(
          "durability: signals cut, the other node's viewer saw it %d ms after%n", took);
      result(sql.close());
      assertThat(seen).isNotNull();
      assertThat(seen.isEmpty()).isFalse();
      assertThat(took).isLessThan(HEALED_MILLIS_MAX);
    }
  }
}
