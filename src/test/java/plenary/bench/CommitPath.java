package plenary.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import plenary.database.Database;
import plenary.live.CommitLimits;
import plenary.live.Faults;
import plenary.live.Live;
import plenary.live.LiveLimits;
import plenary.question.Ballots;

/**
 * The commit path alone: the engine in this process, on the database of a node that is idle, takes
 * votes without HTTP. Beside it a COPY of as many rows, the least that PostgreSQL can do for them.
 */
final class CommitPath {
  private static final int UNDER_WAY = 2_000;

  private CommitPath() {}

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            "Commit path alone, one session, no HTTP",
            "what",
            "votes/s (median)",
            "× reference",
            "PostgreSQL CPU-s per million",
            "counted / acknowledged");
    try (Wire wire = new Wire();
        Node node = Node.start(Map.of())) {
      Room room = Room.open(node, 1, false).getFirst();
      String asker = room.join(wire, 1)[0];
      int runs = sizes.runs();
      int votes = sizes.voters() * 30;
      double[] reference = new double[runs];
      double[] ours = new double[runs];
      double[] referenceCpu = new double[runs];
      double[] oursCpu = new double[runs];
      int counted = 0;
      Vertx vertx = Vertx.vertx();
      try {
        Database database = Database.open(vertx, node.database(), 4).await(20, TimeUnit.SECONDS);
        Live live =
            Live.start(
                    vertx,
                    database.options(),
                    database.pool(),
                    CommitLimits.DEFAULT,
                    LiveLimits.DEFAULT,
                    new SimpleMeterRegistry(),
                    Faults.NONE)
                .await(20, TimeUnit.SECONDS);
        UUID session = UUID.fromString(room.session());
        storm(live, session, UUID.fromString(room.ask(asker, "Is this warm?")), votes);
        for (int i = 0; i < runs; i++) {
          UUID direct = UUID.fromString(room.ask(asker, "Is it " + i + " directly?"));
          double cpu = node.postgresCpu();
          reference[i] = votes / copy(database, session, direct, votes);
          referenceCpu[i] = (node.postgresCpu() - cpu) / votes * 1e6;
          UUID question = UUID.fromString(room.ask(asker, "Is it " + i + " through the path?"));
          cpu = node.postgresCpu();
          ours[i] = votes / storm(live, session, question, votes);
          oursCpu[i] = (node.postgresCpu() - cpu) / votes * 1e6;
          counted += tally(node, room, question);
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        vertx.close().await();
      }
      double best = Table.median(reference);
      table.row("COPY of the rows", best, 1.0, Table.median(referenceCpu), "–");
      table.row(
          "commands, group commit",
          Table.median(ours),
          Table.median(ours) / best,
          Table.median(oursCpu),
          counted + " / " + votes * runs);
    }
    table.note(
        "%d commands wait at a time; runs interleaved. The reference copies the same rows into"
            + " the vote table from a file, in one transaction, without counting.",
        UNDER_WAY);
    return table;
  }

  /** How long PostgreSQL takes to read the rows from a file, without parsing and planning a row. */
  private static double copy(Database database, UUID session, UUID question, int votes)
      throws Exception {
    String now = Instant.now().toString();
    List<String> rows = new ArrayList<>(votes);
    for (int i = 0; i < votes; i++) {
      rows.add(question + "\t" + UUID.randomUUID() + '\t' + session + '\t' + now);
    }
    Path file = Files.createTempFile("plenary-bench-", ".tsv");
    try {
      Files.write(file, rows);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      long start = System.nanoTime();
      database
          .pool()
          .query("copy vote (question_id, participant_id, session_id, at) from '" + file + "'")
          .execute()
          .await(60, TimeUnit.SECONDS);
      return (System.nanoTime() - start) / 1e9;
    } finally {
      Files.delete(file);
    }
  }

  private static double storm(Live live, UUID session, UUID question, int votes) throws Exception {
    Ballots ballots = new Ballots();
    Semaphore places = new Semaphore(UNDER_WAY);
    CountDownLatch answered = new CountDownLatch(votes);
    AtomicInteger failures = new AtomicInteger();
    long start = System.nanoTime();
    for (int i = 0; i < votes; i++) {
      places.acquire();
      live.submit(ballots.cast(session, question, UUID.randomUUID()))
          .onComplete(
              done -> {
                if (done.failed()) {
                  failures.incrementAndGet();
                }
                places.release();
                answered.countDown();
              });
    }
    if (!answered.await(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS)
        || failures.get() > 0) {
      throw new IllegalStateException(failures + " votes failed");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static int tally(Node node, Room room, UUID question) {
    JsonObject page = node.call("GET", room.path("/questions?limit=200"), room.organiser(), null);
    return page.getJsonArray("questions").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("id").equals(question.toString()))
        .mapToInt(one -> one.getInteger("votes"))
        .sum();
  }
}
