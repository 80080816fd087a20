package plenary.database;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data directory of the managed PostgreSQL: making one, and checking one that exists. */
final class PostgresCluster {
  /** The database superuser; only processes that may enter the socket directory can be it. */
  static final String USER = "plenary";

  private static final Duration INIT_LIMIT = Duration.ofMinutes(3);
  private static final long MEBIBYTE = 1 << 20;

  private PostgresCluster() {}

  /**
   * Makes the data directory unless it exists. It gets its name only when it is complete, so a
   * crash in the middle costs nothing but the next start's time.
   *
   * @throws DatabaseRefusal if it was written by another major version
   */
  static void prepare(Path folder, PostgresUser user, PostgresBinaries binaries)
      throws IOException {
    Path data = folder.resolve("data");
    if (Files.exists(data)) {
      refuseOtherVersion(data, binaries);
      return;
    }
    Path part = folder.resolve("data.new");
    Trees.delete(part);
    user.own(part);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binaries.program("initdb"), "-D", part.toString()));
    command.addAll(List.of("--auth-local=trust", "--auth-host=reject", "-U", USER, "-E", "UTF8"));
    // The builtin provider sorts the same whatever libc or ICU the system has or gets.
    command.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    command.add("--data-checksums");
    defaults().forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
    Program initdb = Program.run(folder, user.command(command.toArray(String[]::new)), INIT_LIMIT);
    if (!initdb.succeeded()) {
      throw new DatabaseRefusal(
          "The database could not be initialised in " + data + ": " + initdb.output());
    }
    Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel parent = FileChannel.open(folder)) {
      parent.force(true);
    }
  }

  /**
   * Written to {@code postgresql.conf} once, where an operator may change them. Durability is left
   * at PostgreSQL's defaults, which are the safe ones, and checked when the database is opened. The
   * log keeps no values of rows or statements: they may be personal.
   */
  private static Map<String, String> defaults() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("shared_buffers", sharedBuffersMebibytes() + "MB");
    settings.put("max_connections", "60");
    settings.put("autovacuum_naptime", "5s");
    settings.put("random_page_cost", "1.1");
    settings.put("jit", "off");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("log_checkpoints", "off");
    settings.put("log_error_verbosity", "terse");
    settings.put("log_min_error_statement", "panic");
    return settings;
  }

  /** An eighth of the memory this process may use, from 64 to 512 MiB. */
  private static long sharedBuffersMebibytes() {
    long total = 0;
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      total = system.getTotalMemorySize();
    }
    return Math.clamp(total / 8 / MEBIBYTE, 64, 512);
  }

  private static void refuseOtherVersion(Path data, PostgresBinaries binaries) throws IOException {
    Path file = data.resolve("PG_VERSION");
    if (!Files.exists(file)) {
      throw new DatabaseRefusal(
          data + " exists but holds no PostgreSQL data; choose another PLENARY_DATA_DIR.");
    }
    String version = Files.readString(file).strip();
    if (!version.equals(Integer.toString(binaries.major()))) {
      throw new DatabaseRefusal(
          "The data in "
              + data
              + " was written by PostgreSQL "
              + version
              + ", and this release brings "
              + binaries.major()
              + ". Start the release that wrote it with --backup FILE, then this one with --restore"
              + " FILE and an empty PLENARY_DATA_DIR.");
    }
  }
}
