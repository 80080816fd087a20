package plenary.support;

import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import plenary.database.Database;
import plenary.database.ManagedPostgres;
import plenary.database.Migrations;

/**
 * The real PostgreSQL of this test run: one managed server per JVM, fsync on, started by the first
 * test that asks and gone with the JVM. Every call gives a fresh database of its own, so tests
 * cannot see each other. A test that ends servers starts {@link #instance its own}.
 */
public final class TestPostgres {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int POOL_SIZE = 8;

  private TestPostgres() {}

  /** Started on first use. */
  private static final class Shared {
    static final Path DIRECTORY = directory();
    static final ManagedPostgres SERVER = instance(DIRECTORY, Map.of());

    static {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    // Its data goes now, so nobody has to wait for the last checkpoint.
                    ProcessHandle.of(SERVER.pid()).ifPresent(ProcessHandle::destroyForcibly);
                    SERVER.close();
                    delete(DIRECTORY);
                  }));
    }
  }

  /** A fresh database with the product's migrations applied. Close it after the test class. */
  public static Database database(Vertx vertx) {
    Database database = open(vertx, options());
    result(Migrations.apply(database), 30);
    return database;
  }

  /** Opens a database with the pool size that tests use. */
  public static Database open(Vertx vertx, PgConnectOptions options) {
    return result(Database.open(vertx, options, POOL_SIZE));
  }

  /** How to reach a fresh, empty database on the shared server. */
  public static PgConnectOptions options() {
    return freshDatabase(Shared.SERVER.options());
  }

  /** Makes a fresh, empty database on the server that the options lead to. */
  public static PgConnectOptions freshDatabase(PgConnectOptions server) {
    String name = "test_" + NUMBER.incrementAndGet();
    Vertx vertx = Vertx.vertx();
    try {
      result(
          PgConnection.connect(vertx, server)
              .compose(
                  sql ->
                      sql.query("CREATE DATABASE " + name)
                          .execute()
                          .eventually(sql::close)
                          .mapEmpty()),
          20);
    } finally {
      result(vertx.close());
    }
    return new PgConnectOptions(server).setDatabase(name);
  }

  /** A server of the caller's own, on its own directory. Close it. */
  public static ManagedPostgres instance(Path dataDir, Map<String, String> settings) {
    return ManagedPostgres.start(setup(dataDir, settings));
  }

  /** The set-up of such a server: all share one copy of the PostgreSQL programs. */
  public static ManagedPostgres.Setup setup(Path dataDir, Map<String, String> settings) {
    return new ManagedPostgres.Setup(dataDir, programs(), settings);
  }

  /** A new directory that an unprivileged PostgreSQL can reach. */
  public static Path directory() {
    try {
      Path directory = Files.createTempDirectory("plenary-test-");
      return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Deletes a directory of a stopped server. */
  public static void delete(Path directory) {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path programs() {
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "plenary-test-programs-" + System.getProperty("user.name"));
  }
}
