package plenary.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plenary.support.ServerProcess;
import plenary.support.TestPostgres;

/**
 * Twenty sockets that flood at once, and three hundred that never read, against a server with a
 * heap of 256 MB that ends when it is exhausted. The bare framework was exhausted in seconds.
 */
class FloodIT {
  private static final int OFFENDERS = 20;
  private static final int DEAF = 300;
  private static final int STALLED_MILLIS = 3_000;
  private static final int FLOOD_BYTES_MAX = 64 << 20;

  /** The bar is one second; the rest is for a busy machine. It is printed. */
  private static final int GONE_MILLIS_MAX = 5_000;

  private static final int SEEN_MILLIS_MAX = 3_000;
  private static final long GROWTH_KIB_MAX = 96 * 1024;

  private static final Path DIRECTORY = TestPostgres.directory();

  private static ServerProcess server;
  private static Stage stage;

  /** What is sent again and again. */
  enum Flood {
    PING(Peer.FINAL | Peer.PING, 125),
    TEXT(Peer.FINAL | Peer.TEXT, 1_000),
    FRAGMENT(Peer.TEXT, 1_000),
    OVERSIZE(Peer.FINAL | Peer.TEXT, 1 << 20);

    private final int first;
    private final int bytes;

    Flood(int first, int bytes) {
      this.first = first;
      this.bytes = bytes;
    }

    byte[] opening() {
      return Peer.frame(first, new byte[bytes]);
    }

    byte[] burst() throws IOException {
      int again = this == FRAGMENT ? Peer.CONTINUATION : first;
      ByteArrayOutputStream burst = new ByteArrayOutputStream();
      while (burst.size() < 16 * 1024) {
        burst.write(Peer.frame(again, new byte[bytes]));
      }
      return burst.toByteArray();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        ServerProcess.start(
            DIRECTORY,
            "plenary.Main",
            List.of("-Xmx256m"),
            Map.of(
                "PLENARY_LIVE_STALLED_MS",
                Integer.toString(STALLED_MILLIS),
                "PLENARY_LIMITS_SOCKET_PARTICIPANT_MAX",
                "1000"));
    stage = new Stage(server.http().getPort(), server.management().getPort());
    watchChanges(10, 1_000);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    TestPostgres.delete(DIRECTORY);
  }

  private static Peer peer() throws IOException {
    return Peer.watching(stage.port, stage.session, "attendee", stage.token);
  }

  /** What the process holds, in KiB. */
  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + server.process().pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** Changes that one reader has to see; the milliseconds of the slowest. */
  private static long watchChanges(int changes, int bytes) throws IOException {
    long worst = 0;
    try (Peer reader = peer()) {
      // What is changed before the snapshot is in it, and not told again.
      await(reader, "\"snapshot\"");
      for (int i = 0; i < changes; i++) {
        long start = System.nanoTime();
        stage.change(bytes);
        await(reader, "\"change\"");
        worst = Math.max(worst, (System.nanoTime() - start) / 1_000_000);
      }
    }
    return worst;
  }

  private static void await(Peer reader, String part) throws IOException {
    String frame = "";
    while (!frame.contains(part)) {
      Peer.Frame next = reader.read();
      assertThat(next.opcode()).as("the reader is still served").isNotEqualTo(-1);
      frame = next.text();
    }
  }

  /** Milliseconds until it cannot send any more. */
  private static long flood(Flood flood, CountDownLatch together) throws Exception {
    byte[] burst = flood.burst();
    try (Peer peer = peer()) {
      together.countDown();
      together.await();
      long start = System.nanoTime();
      try {
        peer.write(flood.opening());
        for (long sent = 0; sent < FLOOD_BYTES_MAX; sent += burst.length) {
          peer.write(burst);
        }
      } catch (SocketException gone) {
        return (System.nanoTime() - start) / 1_000_000;
      }
      throw new AssertionError("it took all of a " + flood + " flood");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFloodFromTwentySocketsEndsThemAndNobodyElse(Flood flood) throws Exception {
    long before = resident();
    long gone = 0;
    long seen;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch together = new CountDownLatch(OFFENDERS);
      List<Future<Long>> offenders = new ArrayList<>();
      for (int i = 0; i < OFFENDERS; i++) {
        offenders.add(threads.submit((Callable<Long>) () -> flood(flood, together)));
      }
      seen = watchChanges(10, 1_000);
      for (Future<Long> offender : offenders) {
        gone = Math.max(gone, done(offender));
      }
    }
    freed();
    System.out.printf(
        "hardening: %s flood from %d sockets: the last gone after %d ms, others saw changes within"
            + " %d ms, %+d KiB%n",
        flood, OFFENDERS, gone, seen, resident() - before);
    assertThat(gone).isLessThan(GONE_MILLIS_MAX);
    assertThat(seen).isLessThan(SEEN_MILLIS_MAX);
    assertThat(resident() - before).isLessThan(GROWTH_KIB_MAX);
  }

  private static long done(Future<Long> offender) throws Exception {
    try {
      return offender.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    }
  }

  private static void freed() {
    long end = System.nanoTime() + GONE_MILLIS_MAX * 1_000_000L;
    while (stage.sockets() > 0) {
      assertThat(System.nanoTime()).as("sockets that are still there").isLessThan(end);
      LockSupport.parkNanos(20_000_000L);
    }
  }

  @Test
  void threeHundredThatNeverReadCostLittleAndStopNobody() throws Exception {
    long before = resident();
    List<Peer> deaf = new ArrayList<>();
    try {
      for (int i = 0; i < DEAF; i++) {
        deaf.add(peer());
      }
      long seen = watchChanges(40, 14_000);
      long grown = resident() - before;
      System.out.printf(
          "hardening: beside %d that never read, changes seen within %d ms, %+d KiB%n",
          DEAF, seen, grown);
      assertThat(seen).isLessThan(SEEN_MILLIS_MAX);
      assertThat(grown).isLessThan(GROWTH_KIB_MAX);
    } finally {
      for (Peer peer : deaf) {
        peer.close();
      }
    }
    freed();
  }
}
