package plenary.bench;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import plenary.Main;

/**
 * What a database under load does not show at once: the time of a vote while a backup is written,
 * and how large the tables get that every commit updates.
 */
final class Upkeep {
  private static final int RATE = 2_000;
  private static final int STORM = 5_000;
  private static final List<String> HOT =
      List.of("session_head", "live_entity", "question", "question_tally");

  private Upkeep() {}

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            "Backup and upkeep under votes in one session",
            "what",
            "votes/s",
            "p50 / p99 ms",
            "× without backup (p99)",
            "KiB at half time",
            "KiB at the end",
            "KiB after a full vacuum",
            "× full vacuum");
    try (Wire wire = new Wire();
        VoteStorm.Hall hall = VoteStorm.Hall.open(wire, sizes, 1, Map.of(), false)) {
      Node node = hall.node();
      hall.vote(STORM, sizes.seconds() * 2);
      Map<String, Long> half = tables(node);
      hall.vote(STORM, sizes.seconds() * 2);
      Map<String, Long> end = tables(node);
      backup(table, sizes, hall);
      vacuum(node);
      Map<String, Long> least = tables(node);
      for (String name : HOT) {
        double now = end.getOrDefault(name, 0L);
        double then = least.getOrDefault(name, 1L);
        table.row(
            "table " + name + " with its indexes",
            STORM,
            "–",
            "–",
            half.getOrDefault(name, 0L) / 1024,
            end.getOrDefault(name, 0L) / 1024,
            least.getOrDefault(name, 0L) / 1024,
            now / then);
      }
    }
    table.note(
        "The storm before the sizes were taken lasted %d s at %,d votes/s; pages of 8 KiB, so a"
            + " table of one row has %d KiB at least; without the maps of free space, which a full"
            + " vacuum throws away.",
        sizes.seconds() * 4 + 2, STORM, 24);
    return table;
  }

  private static void backup(Table table, Sizes sizes, VoteStorm.Hall hall) {
    int seconds = sizes.seconds() * 2;
    VoteStorm.Result calm = hall.vote(RATE, seconds);
    double usual = calm.times().millis(99);
    table.row("votes", calm.perSecond(), calm.times(), 1.0, "–", "–", "–", "–");
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    Thread backups =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    write(hall.node(), written.incrementAndGet());
                  }
                });
    VoteStorm.Result busy;
    try {
      busy = hall.vote(RATE, seconds);
    } finally {
      stop.set(true);
      join(backups);
    }
    table.row(
        String.format(Locale.ROOT, "votes while %d backups are written", written.get()),
        busy.perSecond(),
        busy.times(),
        busy.times().millis(99) / usual,
        "–",
        "–",
        "–",
        "–");
  }

  /** One backup, as the start script writes it: by a process of its own, of low priority. */
  private static void write(Node node, int number) {
    Path file = node.directory().resolve("backup-" + number + ".zip");
    try (JavaProcess process =
        JavaProcess.nice(
            Main.class,
            Map.of("PLENARY_DATA_DIR", node.directory().toString()),
            "--backup",
            file.toString())) {
      process.line("wrote ");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(180_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Long> tables(Node node) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (String name : HOT) {
      sql(node, "select pg_relation_size('" + name + "') + pg_indexes_size('" + name + "')")
          .forEach(row -> sizes.put(name, row.getLong(0)));
    }
    return sizes;
  }

  private static void vacuum(Node node) {
    HOT.forEach(name -> sql(node, "vacuum full " + name));
  }

  private static Iterable<Row> sql(Node node, String statement) {
    Vertx vertx = Vertx.vertx();
    try {
      return PgConnection.connect(vertx, node.database())
          .compose(sql -> sql.query(statement).execute().eventually(sql::close))
          .await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      vertx.close().await();
    }
  }
}
