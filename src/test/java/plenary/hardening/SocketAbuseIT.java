package plenary.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.live.Faults;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/**
 * Sockets that flood, that send data, that break the protocol, and that never read: each was run
 * against the bare framework first (F1 to F5, F8), where it exhausted the heap or stayed for ever.
 */
class SocketAbuseIT {
  private static final int GONE_MILLIS = 1_000;

  private static final int REVOKED_MILLIS = 2_000;

  private static final int STALLED_MILLIS = 3_000;
  private static final int FLOOD_BYTES_MAX = 64 << 20;

  private static final long HEAP_GROWTH_MAX = 64L << 20;

  private static TestServer server;
  private static Stage stage;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            TestPostgres.options(),
            Map.of(
                "PLENARY_LIVE_STALLED_MS",
                Integer.toString(STALLED_MILLIS),
                "PLENARY_LIMITS_SOCKET_PARTICIPANT_MAX",
                "1000"),
            Faults.NONE);
    stage = new Stage(server.port(), server.managementPort());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Peer peer() throws IOException {
    return Peer.watching(stage.port, stage.session, "attendee", stage.token);
  }

  private static boolean within(int millis, BooleanSupplier condition) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(20_000_000L);
    }
    return true;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aPingFloodThatNobodyReadsEndsAtOnceAndCostsNothing() throws Exception {
    byte[] pings = new byte[0];
    byte[] ping = Peer.frame(Peer.FINAL | Peer.PING, new byte[125]);
    for (int i = 0; i < 100; i++) {
      byte[] more = new byte[pings.length + ping.length];
      System.arraycopy(pings, 0, more, 0, pings.length);
      System.arraycopy(ping, 0, more, pings.length, ping.length);
      pings = more;
    }
    long before = heap();
    try (Peer peer = peer()) {
      assertThat(within(GONE_MILLIS, () -> stage.sockets() == 1)).isTrue();
      long start = System.nanoTime();
      long sent = 0;
      try {
        while (sent < FLOOD_BYTES_MAX) {
          peer.write(pings);
          sent += pings.length;
        }
      } catch (SocketException gone) {
        // The server has freed the socket, which is what is asked of it.
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.printf("hardening: ping flood ended after %d ms, %d bytes%n", millis, sent);
      assertThat(sent).isLessThan(FLOOD_BYTES_MAX);
      assertThat(millis).isLessThan(GONE_MILLIS);
      assertThat(within(GONE_MILLIS, () -> stage.sockets() == 0)).isTrue();
    }
    assertThat(heap() - before).isLessThan(HEAP_GROWTH_MAX);
  }

  @Test
  void aFewPingsAreAnsweredAndManyEndTheSocketWithAWord() throws Exception {
    try (Peer peer = peer()) {
      assertThat(peer.read().text()).contains("\"snapshot\"");
      peer.write(Peer.frame(Peer.FINAL | Peer.PING, new byte[] {'x'}));
      assertThat(peer.read()).isEqualTo(new Peer.Frame(0xA, "x"));
      // In one piece: the socket may be gone before the last of them could be sent alone.
      ByteArrayOutputStream pings = new ByteArrayOutputStream();
      for (int i = 0; i < 25; i++) {
        pings.write(Peer.frame(Peer.FINAL | Peer.PING, new byte[0]));
      }
      peer.write(pings.toByteArray());
      assertThat(peer.isClosedWithin(GONE_MILLIS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Peer.FINAL | Peer.TEXT, Peer.FINAL | Peer.BINARY, Peer.TEXT})
  void dataEndsTheSocketWithAWord(int first) throws Exception {
    try (Peer peer = peer()) {
      assertThat(peer.read().text()).contains("\"snapshot\"");
      peer.write(Peer.frame(first, "{}".getBytes(StandardCharsets.UTF_8)));
      Peer.Frame next = peer.read();
      if (next.opcode() == Peer.TEXT && next.text().contains("\"pulse\"")) {
        next = peer.read();
      }
      assertThat(next.text()).contains("\"bye\"").contains("flooded");
      assertThat(peer.isClosedWithin(GONE_MILLIS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_500, 70_000, 1_000_000})
  void aFrameBeyondTheLimitEndsTheSocket(int bytes) throws Exception {
    try (Peer peer = peer()) {
      try {
        peer.write(Peer.frame(Peer.FINAL | Peer.TEXT, new byte[bytes]));
      } catch (SocketException gone) {
        // It was refused by its length, before it was sent whole.
      }
      assertThat(peer.isClosedWithin(GONE_MILLIS)).isTrue();
    }
    assertThat(within(GONE_MILLIS, () -> stage.sockets() == 0)).isTrue();
  }

  @Test
  void framesThatBreakTheProtocolEndTheSocket() throws Exception {
    List<byte[]> broken =
        List.of(
            new byte[] {(byte) (Peer.FINAL | Peer.PING), 1, 'x'},
            Peer.frame(Peer.FINAL | 0x40 | Peer.PING, new byte[0]),
            Peer.frame(Peer.FINAL | 0x3, new byte[0]),
            Peer.frame(Peer.FINAL | 0xB, new byte[0]),
            Peer.frame(Peer.FINAL | Peer.CONTINUATION, new byte[] {'x'}),
            Peer.frame(Peer.PING, new byte[0]));
    for (byte[] frame : broken) {
      try (Peer peer = peer()) {
        peer.write(frame);
        assertThat(peer.isClosedWithin(GONE_MILLIS)).as(List.of(frame[0]).toString()).isTrue();
      }
    }
    assertThat(within(GONE_MILLIS, () -> stage.sockets() == 0)).isTrue();
  }

  @Test
  void compressionIsNeverAgreedUpon() throws Exception {
    try (Peer peer = new Peer(stage.port)) {
      int status =
          peer.upgrade(
              Peer.path(stage.session, "attendee"),
              "Authorization: Bearer " + stage.token,
              "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits,"
                  + " x-webkit-deflate-frame");
      assertThat(status).isEqualTo(101);
      assertThat(peer.head()).doesNotContain("sec-websocket-extensions");
    }
  }

  @Test
  void aRevokedSocketThatNobodyReadsIsFreedWithinTwoSeconds() throws Exception {
    JsonObject invited =
        Stage.done(
            stage.send(
                "POST",
                "/api/meetings/" + stage.meeting + "/invitations",
                stage.organiser,
                JsonObject.of("role", "moderator", "name", "Max")));
    String moderator =
        Stage.done(
                stage.send(
                    "POST",
                    "/api/invitations/accept",
                    "",
                    JsonObject.of("token", invited.getString("token"))))
            .getString("token");
    try (Peer peer = Peer.watching(stage.port, stage.session, "moderator", moderator)) {
      for (int i = 0; i < 20; i++) {
        stage.change(14_000);
      }
      assertThat(stage.sockets()).isEqualTo(1);
      long start = System.nanoTime();
      Stage.done(
          stage.send(
              "DELETE",
              "/api/meetings/" + stage.meeting + "/invitations/" + invited.getString("id"),
              stage.organiser,
              null));
      assertThat(within(REVOKED_MILLIS, () -> stage.sockets() == 0)).isTrue();
      System.out.printf(
          "hardening: revoked and not reading, freed after %d ms%n",
          (System.nanoTime() - start) / 1_000_000);
      assertThat(peer.isClosedWithin(REVOKED_MILLIS)).isTrue();
    }
  }

  @Test
  void readersGoOnBesideManyThatNeverReadWhoCatchUpOrGo() throws Exception {
    List<Peer> slow = new ArrayList<>();
    long before = heap();
    try (Peer reader = peer()) {
      for (int i = 0; i < 300; i++) {
        slow.add(peer());
      }
      long worst = 0;
      for (int i = 0; i < 25; i++) {
        long start = System.nanoTime();
        stage.change(14_000);
        String title = "";
        while (!title.contains("\"change\"")) {
          Peer.Frame frame = reader.read();
          assertThat(frame.opcode()).isNotEqualTo(-1);
          title = frame.text();
        }
        worst = Math.max(worst, (System.nanoTime() - start) / 1_000_000);
      }
      long grown = heap() - before;
      System.out.printf(
          "hardening: beside 300 that never read, worst change seen after %d ms, heap %+d KiB%n",
          worst, grown / 1_024);
      assertThat(grown).isLessThan(HEAP_GROWTH_MAX);
      long head = stage.send("GET", statePath(), stage.token, null).body().getLong("version");
      Peer late = slow.getFirst();
      long have = 0;
      while (have < head) {
        Peer.Frame frame = late.read();
        assertThat(frame.opcode()).isNotEqualTo(-1);
        have =
            frame.opcode() == Peer.TEXT
                ? Math.max(have, new JsonObject(frame.text()).getLong("version", 0L))
                : have;
      }
      assertThat(within(STALLED_MILLIS + 10_000, () -> stage.sockets() <= 2)).isTrue();
      assertThat(stage.metric("plenary_hard_closes_total", "stalled")).isGreaterThan(200);
    } finally {
      for (Peer peer : slow) {
        peer.close();
      }
    }
    assertThat(within(GONE_MILLIS, () -> stage.sockets() == 0)).isTrue();
  }

  private static String statePath() {
    return "/api/sessions/" + stage.session + "/state?view=attendee";
  }
}
