package plenary.database;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The PostgreSQL that comes with Plenary, started when {@code PLENARY_DATABASE_URL} is not given.
 *
 * <p>It listens on a Unix socket alone, in a directory that only its user may enter, so it needs
 * neither port nor password. It stops cleanly when this process ends in any way, {@code kill -9}
 * included ({@link Watchdog}); when it is killed itself it is started again within a second; a
 * second server on the same directory is refused. Durability is never reduced here, and {@link
 * Database#open} refuses one where somebody did.
 *
 * <p>In the data directory: {@code postgres/data} (the data), {@code postgres/log}, the unpacked
 * programs, the lock. {@link #start} and {@link #close} block: call them outside of event loops.
 */
public final class ManagedPostgres implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ManagedPostgres.class.getName());

  /** How long to wait for the last checkpoint; the watchdog goes on without us. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private static final long LOG_BYTES_MAX = 4 << 20;

  private final Setup setup;
  private final Path folder;
  private final PostgresUser user;
  private final PostgresBinaries binaries;
  private final DirectoryLock lock;
  private final Supervisor supervisor;
  private final Path socket;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * How to start one.
   *
   * @param dataDir Plenary's data directory; made if it is missing
   * @param programs where the PostgreSQL programs are unpacked, once for all who name the same
   * @param settings PostgreSQL settings that win over {@code postgresql.conf}
   */
  public record Setup(Path dataDir, Path programs, Map<String, String> settings) {
    public Setup {
      settings = Map.copyOf(settings);
    }

    /** The usual way. */
    public static Setup in(Path dataDir) {
      return new Setup(dataDir, dataDir.resolve("postgres"), Map.of());
    }
  }

  private ManagedPostgres(
      Setup setup, PostgresUser user, PostgresBinaries binaries, DirectoryLock lock)
      throws IOException {
    this.setup = setup;
    this.folder = folder(setup);
    this.user = user;
    this.binaries = binaries;
    this.lock = lock;
    this.socket = SocketDirectory.make(folder, user);
    this.supervisor = new Supervisor(this::launch);
  }

  /**
   * Starts PostgreSQL on a data directory, making both on the first start, and waits until it
   * accepts connections.
   *
   * @throws DatabaseRefusal with one sentence for the operator if it cannot
   */
  public static ManagedPostgres start(Path dataDir) {
    return start(Setup.in(dataDir));
  }

  /** Like {@link #start(Path)}, for tests that share programs or change settings. */
  public static ManagedPostgres start(Setup wanted) {
    Setup setup =
        new Setup(
            wanted.dataDir().toAbsolutePath().normalize(),
            wanted.programs().toAbsolutePath().normalize(),
            wanted.settings());
    try {
      Path folder = folder(setup);
      enterable(setup.dataDir());
      enterable(folder);
      enterable(setup.programs());
      DirectoryLock lock = DirectoryLock.take(folder);
      try {
        PostgresBinaries binaries = PostgresBinaries.below(setup.programs());
        Path data = folder.resolve("data");
        PostgresUser user = PostgresUser.choose(folder, data, binaries);
        PostgresCluster.prepare(folder, user, binaries);
        ManagedPostgres postgres = new ManagedPostgres(setup, user, binaries, lock);
        postgres.supervisor.start();
        LOG.log(System.Logger.Level.DEBUG, "PostgreSQL runs by way of {0}", user.name());
        return postgres;
      } catch (IOException | RuntimeException failed) {
        lock.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new DatabaseRefusal(
          "The managed PostgreSQL does not start: " + failed.getMessage(), failed);
    }
  }

  private static Path folder(Setup setup) {
    return setup.dataDir().resolve("postgres");
  }

  /** Makes a directory that others may pass through but not list, if it is missing. */
  private static void enterable(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  /**
   * How to connect to the PostgreSQL of another Plenary server that runs on this data directory
   * now, so that a backup can be taken of it; empty if none runs. Only its user and root may.
   */
  public static Optional<PgConnectOptions> running(Path dataDir) {
    Path folder = dataDir.toAbsolutePath().normalize().resolve("postgres");
    try {
      return DirectoryLock.held(folder)
          ? Optional.of(options(SocketDirectory.find(folder)))
          : Optional.empty();
    } catch (IOException unreadable) {
      throw new DatabaseRefusal("The data directory " + dataDir + " cannot be read.", unreadable);
    }
  }

  /** How to connect to it. */
  public PgConnectOptions options() {
    return options(socket).setPort(Integer.parseInt(setup.settings().getOrDefault("port", "5432")));
  }

  private static PgConnectOptions options(Path socket) {
    return new PgConnectOptions()
        .setHost(socket.toString())
        .setPort(5432)
        .setUser(PostgresCluster.USER)
        .setDatabase("postgres");
  }

  /** The process id of the server, for tests that end it. */
  public long pid() {
    return supervisor.pid();
  }

  /** Which way it dropped root's rights, for logs: {@code setpriv postgres}, {@code own user}. */
  public String runsAs() {
    return user.name();
  }

  /** One start of the server, also after it was killed. */
  private Supervisor.Running launch() throws IOException {
    Path data = folder.resolve("data");
    Orphans.settle(data, folder, user, binaries);
    Path log = log();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", "");
    settings.put("port", "5432");
    settings.putAll(setup.settings());
    settings.put("unix_socket_directories", socket.toString());
    settings.put("unix_socket_permissions", "0700");
    List<String> words = new ArrayList<>();
    settings.forEach((name, value) -> words.add(name + "=" + value));
    try {
      Watchdog watchdog = Watchdog.start(folder, user, binaries, log, words);
      Postmaster postmaster = Postmaster.of(data);
      if (postmaster == null) {
        watchdog.stop(STOP_LIMIT);
        throw new IOException("it ended right after its start");
      }
      return new Supervisor.Running(watchdog, postmaster.pid());
    } catch (IOException failed) {
      throw new IOException(failed.getMessage() + "\n" + tail(log), failed);
    }
  }

  private Path log() throws IOException {
    Path directory = folder.resolve("log");
    user.own(directory);
    Path log = directory.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
      Files.move(log, directory.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException | UncheckedIOException unreadable) {
      return "";
    }
  }

  /** Stops it cleanly and frees the directory. Does nothing the second time. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      if (supervisor.stop(STOP_LIMIT)) {
        SocketDirectory.remove(folder);
      }
      lock.close();
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.WARNING, "The managed PostgreSQL did not stop cleanly", failed);
    }
  }
}
