package plenary.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.network.MemoryInbox;
import plenary.support.Await;

/**
 * Whatever is written, edited, deleted, lost, turned round, doubled and taken over: after one
 * repair it stands as on the server.
 */
class MastodonPropertyIT {
  private static final boolean LONG = Boolean.getBoolean("long");
  private static final int RUNS = LONG ? 200 : 8;
  private static final int STEPS = LONG ? 150 : 60;
  private static final int AT_A_TIME = 8;
  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    Await.result(vertx.close());
  }

  @Test
  void afterOneRepairEverythingStandsAsOnTheServer() throws Exception {
    long first = Long.getLong("seed", System.nanoTime());
    try (ExecutorService runs = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Callable<String>> all = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        long seed = first + i;
        all.add(() -> run(seed, false));
      }
      for (Future<String> run : runs.invokeAll(all)) {
        assertThat(run.get()).isEmpty();
      }
    }
  }

  /** The control: where the walk finds nothing, what a disconnection lost stays lost. */
  @Test
  void withoutTheWalkItDoesNot() {
    assertThat(run(7, true)).isNotEmpty();
  }

  /** The control: where a deletion that comes ahead is forgotten, its post stays. */
  @Test
  void withoutMemoryOfEarlyDeletionsAPostStays() {
    assertThat(earlyDeletion(new Seen())).isEmpty();
    assertThat(
            earlyDeletion(
                new Seen() {
                  @Override
                  boolean isGone(String local) {
                    return false;
                  }
                }))
        .hasSize(1);
  }

  private static TreeMap<String, String> earlyDeletion(Seen seen) {
    MastodonServer server = new MastodonServer(vertx, 1);
    Rig rig = new Rig(vertx, server, Rig.STREAM_ALONE, "acc26").remembering(seen);
    try (rig) {
      rig.start();
      Await.until(() -> server.channels.subscriptions() == 1);
      rig.awaitLive();
      server.channels.fault(Channels.Fault.LATE, true);
      server.delete(server.post("gone", "acc26"));
      LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
      server.channels.heal();
      Toot stays = server.post("stays", "acc26");
      Await.until(() -> rig.inbox.shown().containsKey(stays.uri));
      TreeMap<String, String> others = rig.inbox.shown();
      others.remove(stays.uri);
      return others;
    }
  }

  /** One history; what is wrong at its end, or nothing. */
  private static String run(long seed, boolean blind) {
    Random random = new Random(seed);
    MastodonServer server = new MastodonServer(vertx, seed);
    try (Rig rig = new Rig(vertx, server, Rig.HURRIED, "acc26", "cardio")) {
      rig.start();
      if (blind) {
        Await.until(() -> server.channels.subscriptions() > 0);
        server.wrong =
            path ->
                path.contains("/timelines/")
                    ? new MastodonServer.Wrong(200, "application/json", "[]")
                    : null;
      }
      List<Toot> toots = new ArrayList<>();
      for (int i = 0; i < STEPS; i++) {
        step(random, rig, toots, blind);
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(25)).toNanos());
      }
      heal(rig, blind);
      return settled(rig, seed, blind ? 1 : 15);
    }
  }

  private static void step(Random random, Rig rig, List<Toot> toots, boolean blind) {
    MastodonServer server = rig.server;
    Toot any = toots.isEmpty() ? null : toots.get(random.nextInt(toots.size()));
    int kind = random.nextInt(100);
    if (kind < 35 || any == null) {
      toots.add(create(random, server, toots.size()));
    } else if (kind < 55) {
      if (!any.deleted) {
        server.edit(any, any.text + "!", tags(random));
      }
    } else if (kind < 68) {
      if (!any.deleted) {
        server.delete(any);
      }
    } else if (kind < 74) {
      server.channels.cut();
    } else if (kind < 76) {
      server.channels.stall();
    } else if (kind < 88) {
      Channels.Fault[] faults = Channels.Fault.values();
      server.channels.fault(faults[random.nextInt(faults.length)], random.nextBoolean());
    } else if (kind < 92 && !blind) {
      MastodonServer.Wrong[] wrongs = {
        MastodonServer.Wrong.json(503, "Busy"),
        MastodonServer.Wrong.html(502),
        MastodonServer.Wrong.html(200),
        MastodonServer.Wrong.html(404),
        MastodonServer.Wrong.json(429, "Too many requests"),
        MastodonServer.Wrong.json(401, "The access token is invalid")
      };
      MastodonServer.Wrong wrong = wrongs[random.nextInt(wrongs.length)];
      int share = random.nextInt(3);
      server.wrong = path -> Math.floorMod(path.hashCode(), 3) >= share ? wrong : null;
    } else if (kind < 95) {
      server.wrong = blind ? server.wrong : path -> null;
    } else if (kind < 97) {
      rig.inbox.faults(call -> faults(random));
    } else {
      rig.bury();
      rig.start();
    }
  }

  private static MemoryInbox.Fault faults(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> MemoryInbox.Fault.LOST;
      case 1 -> MemoryInbox.Fault.UNANSWERED;
      default -> MemoryInbox.Fault.NONE;
    };
  }

  private static Toot create(Random random, MastodonServer server, int number) {
    boolean far = random.nextInt(3) == 0;
    return far
        ? server.post(
            "bob@far.example",
            Duration.ofSeconds(random.nextInt(1_200)),
            "far " + number,
            tags(random))
        : server.post("near " + number, tags(random));
  }

  private static String[] tags(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new String[] {"other"};
      case 1 -> new String[] {"acc26", "cardio"};
      case 2 -> new String[] {"cardio"};
      default -> new String[] {"acc26"};
    };
  }

  /** Nothing goes wrong any more, and the connection is made once again. */
  private static void heal(Rig rig, boolean blind) {
    rig.server.channels.heal();
    if (!blind) {
      rig.server.wrong = path -> null;
    }
    rig.inbox.faults(call -> MemoryInbox.Fault.NONE);
    rig.server.channels.cut();
  }

  private static String settled(Rig rig, long seed, int seconds) {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    TreeMap<String, String> truth = rig.server.truth("acc26");
    truth.putAll(rig.server.truth("cardio"));
    while (!rig.inbox.shown().equals(truth)) {
      if (System.nanoTime() > deadline) {
        return "seed "
            + seed
            + " shows "
            + rig.inbox.shown()
            + " and not "
            + truth
            + "; told "
            + rig.inbox.last()
            + "; asked "
            + rig.server.requests().reversed().stream().limit(12).toList();
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return rig.inbox.gaps().isEmpty() ? "" : "seed " + seed + " says " + rig.inbox.gaps();
  }
}
