package plenary.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What an earlier server left running or lying in a data directory. We hold the directory's lock,
 * so whatever still serves it has lost its owner.
 */
final class Orphans {
  /** A watchdog whose server has just ended needs about 50 ms; a checkpoint may take longer. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(70);
  private static final Duration MEMORY_LIMIT = Duration.ofSeconds(10);

  private Orphans() {}

  /**
   * Waits for an orphan that is stopping, stops one that is not, and removes a {@code
   * postmaster.pid} whose process id now belongs to somebody else: PostgreSQL would take that for a
   * running server and refuse to start (in a restarted container the numbers repeat).
   */
  static void settle(Path data, Path folder, PostgresUser user, PostgresBinaries binaries)
      throws IOException {
    Postmaster left = Postmaster.of(data);
    if (left == null) {
      return;
    }
    await(GRACE, () -> !left.serves(data));
    if (left.serves(data)) {
      Program.run(
          folder,
          user.command(
              binaries.program("pg_ctl"), "stop", "-D", data.toString(), "-m", "fast", "-w"),
          STOP_LIMIT);
    }
    if (left.serves(data)) {
      throw new IOException("process " + left.pid() + " still serves " + data);
    }
    // Backends of a killed server end by themselves, but only a moment later.
    await(MEMORY_LIMIT, () -> !left.sharedMemoryInUse());
    if (left.equals(Postmaster.of(data)) && !left.sharedMemoryInUse()) {
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    }
  }

  private static void await(Duration limit, Condition condition) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }
}
