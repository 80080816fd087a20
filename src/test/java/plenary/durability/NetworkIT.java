package plenary.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import plenary.live.Faults;
import plenary.support.Cable;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/**
 * The network breaks, falls silent and is slow, between clients and server and between server and
 * database, under load: once each here, five times with {@code -Dlong=true}.
 */
class NetworkIT {
  private static final boolean LONG = Boolean.getBoolean("long");
  private static final int ROUNDS = LONG ? 5 : 1;

  /** The long form outlasts every deadline of server and clients. */
  private static final int STALL_MILLIS_MAX = LONG ? 16_000 : 4_000;

  private static final int SLOW_MILLIS = 100;

  /** The bar is five seconds on an idle machine; it is printed. */
  private static final long BACK_MILLIS_MAX = 10_000;

  private record Fault(String name, Consumer<Cable> of, int millisMax) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault("cut", Cable::cut, 2_000),
          new Fault("stall", Cable::stall, STALL_MILLIS_MAX),
          new Fault("slow", cable -> cable.delay(SLOW_MILLIS), 2_000));

  @Test
  void whatWasAcknowledgedIsThereOnceWhateverTheNetworkDoes() throws Exception {
    long seed = System.nanoTime();
    System.out.println("durability: seed " + seed);
    Random random = new Random(seed);
    PgConnectOptions database = TestPostgres.options();
    try (Cable behind = new Cable(UnixDomainSocketAddress.of(database.getSocketAddress().path()));
        TestServer server =
            TestServer.start(
                through(behind, database), Map.of("PLENARY_LIVE_PULSE_MS", "2000"), Faults.NONE);
        Cable front = new Cable(server.port());
        Trial trial = new Trial(seed, URI.create("http://127.0.0.1:" + front.port()))) {
      trial.begin();
      List<Long> backs = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (Cable cable : List.of(front, behind)) {
          for (Fault fault : FAULTS) {
            long took = suffer(trial, cable, fault, random);
            System.out.printf(
                "durability: %s of the %s, acknowledged %d ms after it was mended%n",
                fault.name, cable == front ? "clients' network" : "database's network", took);
            backs.add(took);
          }
        }
      }
      trial.someWhile();
      assertThat(trial.verdict(database)).isEmpty();
      assertThat(backs).allMatch(millis -> millis <= BACK_MILLIS_MAX);
    }
  }

  private static PgConnectOptions through(Cable cable, PgConnectOptions database) {
    return new PgConnectOptions(database).setHost("127.0.0.1").setPort(cable.port());
  }

  private static long suffer(Trial trial, Cable cable, Fault fault, Random random) {
    trial.someWhile();
    fault.of.accept(cable);
    int millis = fault.millisMax / 2 + random.nextInt(fault.millisMax / 2);
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    cable.mend();
    return trial.firstAck();
  }
}
