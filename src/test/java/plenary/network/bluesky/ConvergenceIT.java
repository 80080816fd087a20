package plenary.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plenary.network.Connector;
import plenary.network.MemoryInbox;
import plenary.network.MemoryInbox.Fault;
import plenary.support.Await;

/**
 * Whatever happens and whatever breaks, what is shown in the end is what stands at the source. Each
 * run is of a seed, which a failure names.
 */
class ConvergenceIT {
  private static final int RUNS = Boolean.getBoolean("long") ? 200 : 6;
  private static final int STEPS = 60;
  private static final int ACCOUNTS = 6;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    Await.result(vertx.close());
  }

  @Test
  void theFinalStateIsTheSources() {
    long first = Long.getLong("seed", Instant.now().toEpochMilli());
    int runs = Long.getLong("seed") == null ? RUNS : 1;
    for (long seed = first; seed < first + runs; seed++) {
      new Run(seed).check();
    }
  }

  /** One life of a hashtag. */
  private final class Run {
    private final long seed;
    private final SplittableRandom random;
    private final Source source = new Source(Instant.now());
    private final JetstreamSimulator stream;
    private final MemoryInbox inbox;
    private final List<Connector.Running> all = new ArrayList<>();
    private Connector.Running current;

    Run(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      boolean second = random.nextBoolean();
      stream = new JetstreamSimulator(vertx, source, !second, second);
      inbox = new MemoryInbox(vertx, Reader.account(stream.url(), "off"), "acc26");
      stream.duplicating(random.nextBoolean());
      stream.fragmenting(random.nextBoolean());
      current = start();
    }

    private Connector.Running start() {
      Connector.Running running = Reader.start(vertx, inbox.takeOver(), Reader.QUICK);
      all.add(running);
      return running;
    }

    void check() {
      // Before it follows there is nothing that it must know.
      Await.until(() -> stream.connections() > 0);
      for (int i = 0; i < STEPS; i++) {
        for (int j = random.nextInt(8); j >= 0; j--) {
          happen();
        }
        source.publishShuffled(random);
        disturb();
      }
      calm();
      Instant deadline = Instant.now().plusSeconds(15);
      while (!inbox.shown().equals(source.state("acc26"))) {
        if (Instant.now().isAfter(deadline)) {
          fail(
              "seed %d: shown %s, at the source %s, told %s",
              seed, inbox.shown(), source.state("acc26"), inbox.last());
        }
        Thread.onSpinWait();
      }
      assertThat(inbox.gaps()).as("seed %d", seed).isEmpty();
      all.forEach(Reader::stop);
      stream.close();
    }

    private void happen() {
      source.pass(random.nextInt(30));
      List<String> ids = source.ids();
      String any = ids.isEmpty() ? "" : ids.get(random.nextInt(ids.size()));
      String did = Source.did(random.nextInt(ACCOUNTS));
      String text = "text " + random.nextInt(1_000_000);
      int what = random.nextInt(12);
      if (what < 5 || ids.isEmpty()) {
        source.create(did, text, tags());
      } else if (what < 8) {
        source.put(any, text, tags());
      } else if (what < 10) {
        source.delete(any);
        if (random.nextInt(6) == 0) {
          source.put(any, text, tags());
        }
      } else {
        source.account(did, what == 10, random.nextBoolean() ? "deactivated" : "takendown");
      }
    }

    private String[] tags() {
      return random.nextInt(3) == 0 ? new String[0] : new String[] {"acc26"};
    }

    private void disturb() {
      switch (random.nextInt(10)) {
        case 0 -> stream.dropAll();
        case 1 -> stream.dropAfter(1 + random.nextInt(20));
        case 2 -> stream.dropAfter(-1);
        case 3 -> takeOver();
        case 4 -> {
          int every = 2 + random.nextInt(3);
          Fault fault = random.nextBoolean() ? Fault.LOST : Fault.UNANSWERED;
          inbox.faults(call -> call % every == 0 ? fault : Fault.NONE);
        }
        case 5 -> inbox.faults(call -> Fault.NONE);
        case 6 -> inbox.delay(Duration.ofMillis(random.nextInt(8)));
        case 7 -> stream.refuse(new JetstreamSimulator.Refusal(503, "", "warming up"));
        case 8 -> Await.until(() -> stream.connections() > 0);
        default -> {
          // Nothing breaks.
        }
      }
    }

    /** Another node goes on; the one before may not have noticed. */
    private void takeOver() {
      if (random.nextBoolean()) {
        Reader.stop(current);
      }
      current = start();
    }

    private void calm() {
      stream.dropAfter(-1);
      inbox.faults(call -> Fault.NONE);
      inbox.delay(Duration.ZERO);
    }
  }

  /** The order that the stream may have: what was seen first comes second. */
  private static final class OutOfOrder {
    private final Source source = new Source(Instant.now());
    private final JetstreamSimulator stream;
    private final MemoryInbox inbox;
    private final Vertx vertx;
    private final Pace pace;

    OutOfOrder(Vertx vertx, Pace pace) {
      this.vertx = vertx;
      this.pace = pace;
      stream = new JetstreamSimulator(vertx, source, true, false);
      inbox = new MemoryInbox(vertx, Reader.account(stream.url(), "off"), "acc26");
    }

    /** Whether the later of two, which was seen earlier, is there after a break between them. */
    boolean isComplete() {
      Connector.Running first = Reader.start(vertx, inbox.takeOver(), pace);
      Await.until(() -> stream.connections() > 0);
      stream.dropAfter(1);
      stream.dropAll();
      Await.until(() -> stream.connections() > 0);
      String late = source.create(Source.did(1), "seen first, told second", "acc26");
      source.pass(100);
      String early = source.create(Source.did(2), "seen second, told first", "acc26");
      source.swapStaged();
      source.publish();
      Await.until(() -> inbox.shown().containsKey(early));
      Reader.stop(first);
      stream.dropAfter(-1);
      Connector.Running second = Reader.start(vertx, inbox.takeOver(), pace);
      String last = source.create(Source.did(3), "last", "acc26");
      source.publish();
      Await.until(() -> inbox.shown().containsKey(last));
      Reader.stop(second);
      stream.close();
      return inbox.shown().containsKey(late);
    }
  }

  @Test
  void withTheRewindNothingIsLostThatComesOutOfOrder() {
    assertThat(new OutOfOrder(vertx, Reader.QUICK).isComplete()).isTrue();
  }

  @Test
  void withoutTheRewindAPostIsLost() {
    assertThat(new OutOfOrder(vertx, Reader.withoutRewind()).isComplete()).isFalse();
  }

  @Test
  void withTheCursorStoredBeforeThePostsAPostIsLost() {
    assertThat(survives(Fault.CURSOR_ONLY)).isFalse();
    assertThat(survives(Fault.LOST)).isTrue();
  }

  /** Whether a post is there after its batch went wrong and another node went on. */
  private boolean survives(Fault fault) {
    Source source = new Source(Instant.now());
    try (JetstreamSimulator stream = new JetstreamSimulator(vertx, source, true, false)) {
      MemoryInbox inbox = new MemoryInbox(vertx, Reader.account(stream.url(), "off"), "acc26");
      Connector.Running first = Reader.start(vertx, inbox.takeOver(), Reader.QUICK);
      Await.until(() -> inbox.cursor() != null);
      int before = inbox.accepted();
      inbox.faults(call -> fault);
      String post = source.create(Source.did(1), "once", "acc26");
      source.pass(10_000);
      source.create(Source.did(2), "something else");
      source.publish();
      Await.until(() -> inbox.accepted() > before);
      inbox.takeOver();
      Reader.stop(first);
      inbox.faults(call -> Fault.NONE);
      Connector.Running second = Reader.start(vertx, inbox.takeOver(), Reader.QUICK);
      String last = source.create(Source.did(3), "last", "acc26");
      source.publish();
      Await.until(() -> inbox.shown().containsKey(last));
      Reader.stop(second);
      return inbox.shown().containsKey(post);
    }
  }
}
