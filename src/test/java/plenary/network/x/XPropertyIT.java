package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import plenary.network.Account;
import plenary.network.Connector;
import plenary.network.Hosts;
import plenary.network.MemoryInbox;
import plenary.network.Network;
import plenary.support.Await;

/**
 * Whatever happens in whatever order, what is stored ends as what there is on X, or what is missing
 * lies in a marked gap; and never more is spent than the limit.
 */
class XPropertyIT {
  private static final boolean LONG = Boolean.getBoolean("long");
  private static final int SEEDS = LONG ? 120 : 6;
  private static final int AT_ONCE = LONG ? 4 : 6;
  private static final long NO_LIMIT = Long.MAX_VALUE / 2;
  private static final int STEPS = LONG ? 250 : 120;
  private static final long FIRST_SEED = Long.getLong("seed", LONG ? System.nanoTime() : 4_711);

  @Test
  void anyInterleavingEndsAsItIsOnXOrIsMarkedWithinTheLimit() throws Exception {
    assertThat(all()).isEmpty();
  }

  /** Negative control: an inbox that stores the cursor without the news must be found out. */
  @Test
  void aCursorThatPassesNewsIsFoundOut() throws Exception {
    try (Trial trial = new Trial(5, NO_LIMIT)) {
      trial.inbox.faults(call -> MemoryInbox.Fault.CURSOR_ONLY);
      String post = trial.x.source().create("1", "lost #acc26");
      trial.takeOver();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(800));
      assertThat(trial.missing()).containsKey(post);
    }
  }

  private static List<String> all() throws InterruptedException, ExecutionException {
    List<String> wrong = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < SEEDS; i++) {
        long seed = FIRST_SEED + i;
        long limit = i % 2 == 0 ? NO_LIMIT : 500_000 + i % 7 * 200_000;
        results.add(
            executor.submit(
                () -> {
                  try (Trial trial = new Trial(seed, limit)) {
                    return trial.run();
                  }
                }));
      }
      for (Future<String> result : results) {
        if (!result.get().isEmpty()) {
          wrong.add(result.get());
        }
      }
    }
    return wrong;
  }

  /** One seed's life of a hashtag. */
  private static final class Trial implements AutoCloseable {
    private static final Pace FAST = new Pace(100, 7_200);

    private final long seed;
    private final long limit;
    private final Random random;
    private final Vertx vertx = Vertx.vertx();
    private final XServer x;
    private final Books books;
    private final MemoryInbox inbox;
    private final List<Connector.Running> running = new ArrayList<>();
    private final List<String> posts = new ArrayList<>();

    Trial(long seed, long limit) {
      this.seed = seed;
      this.limit = limit;
      this.random = new Random(seed);
      this.x = new XServer(vertx, seed);
      this.books = new Books(limit);
      x.skew(Duration.ofMinutes(random.nextInt(-200, 200)));
      x.spell(random.nextBoolean());
      x.stream().faults(0.1, 0.2, random.nextInt(60), random.nextBoolean());
      JsonObject settings = new JsonObject().put("capMicros", limit);
      JsonObject credentials = new JsonObject().put("bearer", XServer.BEARER);
      UUID id = UUID.randomUUID();
      this.inbox =
          new MemoryInbox(
              vertx, new Account(id, id, Network.X, x.url(), null, credentials, settings), "acc26");
    }

    String run() {
      takeOver();
      for (int i = 0; i < STEPS; i++) {
        step(i);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(12)));
      }
      x.stream().faults(0, 0, 0, false);
      x.forgetAnswers();
      inbox.faults(call -> MemoryInbox.Fault.NONE);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!problem().isEmpty() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      return problem().isEmpty() ? "" : "-Dseed=" + seed + ": " + problem();
    }

    private void step(int i) {
      int dice = random.nextInt(100);
      if (dice < 55 || posts.isEmpty()) {
        posts.add(x.source().create("w" + random.nextInt(20), i + " #acc26"));
      } else if (dice < 65) {
        x.source().edit(any(), i + " edited #Acc26");
      } else if (dice < 70) {
        x.source().edit(any(), i + " without");
      } else if (dice < 80) {
        x.source().delete(any());
      } else if (dice < 83) {
        x.stream().cut();
      } else if (dice < 85) {
        x.stream().stall();
      } else if (dice < 87) {
        JsonObject error = new JsonObject().put("title", "operational-disconnect");
        x.stream().disconnect(new JsonObject().put("errors", new JsonArray().add(error)));
      } else if (dice < 89) {
        takeOver();
      } else if (dice < 91) {
        int every = 2 + random.nextInt(4);
        inbox.faults(call -> call % every == 0 ? MemoryInbox.Fault.LOST : MemoryInbox.Fault.NONE);
      } else if (dice < 95) {
        int[] answers = {503, 500, 403, XServer.CUT, XServer.UNANSWERED, XServer.CUT, 429, 503};
        String path = random.nextBoolean() ? "/2/tweets/search" : "/2/tweets";
        x.answer(XServer.Canned.of(path, answers[random.nextInt(answers.length)], "{}"));
      } else {
        x.source().create("w1", "RT #acc26", any(), x.now());
      }
    }

    private String any() {
      return posts.get(random.nextInt(posts.size()));
    }

    /** Another node goes on; the one before does not know yet, or is dead already. */
    void takeOver() {
      if (random.nextBoolean() && !running.isEmpty()) {
        Await.result(running.removeLast().stop());
      }
      running.add(
          new XConnector(vertx, InstantSource.system(), new Hosts(vertx, true), FAST)
              .follow(books.over(inbox.takeOver())));
    }

    /** What is on X and not here. */
    Map<String, String> missing() {
      TreeMap<String, String> missing = x.source().truth("acc26");
      missing.keySet().removeAll(inbox.shown().keySet());
      return missing;
    }

    /** What is not as it should be; empty when all is. */
    private String problem() {
      if (books.spent() > limit || x.source().micros() > limit) {
        return books.spent() + " booked, " + x.source().micros() + " charged, limit " + limit;
      }
      boolean capped = inbox.gaps().stream().anyMatch(gap -> gap.why().contains("limit"));
      List<String> lost =
          missing().keySet().stream().filter(post -> !isMarked(x.source().postedAt(post))).toList();
      if (!lost.isEmpty()) {
        return lost.size() + " missing and not marked of " + posts.size() + ": " + inbox.last();
      }
      TreeMap<String, String> truth = x.source().truth("acc26");
      if (!capped && !inbox.shown().equals(truth)) {
        truth.entrySet().removeAll(inbox.shown().entrySet());
        return truth + " are otherwise, or something is left: " + inbox.last();
      }
      return "";
    }

    private boolean isMarked(Instant at) {
      return inbox.gaps().stream()
          .anyMatch(gap -> !at.isBefore(gap.from()) && !at.isAfter(gap.until()));
    }

    @Override
    public void close() {
      running.forEach(one -> Await.result(one.stop()));
      x.close();
      Await.result(vertx.close());
    }
  }
}
