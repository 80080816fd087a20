package plenary.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plenary.problem.Failure;
import plenary.support.Cable;
import plenary.support.TestPostgres;

/** A database behind TCP and a password, named by its address, as an operator would. */
class ExternalDatabaseIT {
  private static Vertx vertx;
  private static Path dataDir;
  private static ManagedPostgres postgres;
  private static Cable door;
  private static Path authority;
  private static int tlsPort;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    dataDir = TestPostgres.directory();
    TestPostgres.instance(dataDir, Map.of()).close();
    Path data = dataDir.resolve("postgres/data");
    Path rules = data.resolve("pg_hba.conf");
    Files.writeString(
        rules,
        "local all outsider scram-sha-256\nhostssl all outsider all scram-sha-256\n"
            + Files.readString(rules));
    authority = Certificates.serverOf(data, dataDir);
    try (ServerSocket free = new ServerSocket(0)) {
      tlsPort = free.getLocalPort();
    }
    postgres =
        TestPostgres.instance(
            dataDir,
            Map.of(
                "listen_addresses", "127.0.0.1", "port", Integer.toString(tlsPort), "ssl", "on"));
    Database own = TestPostgres.open(vertx, postgres.options());
    for (String statement :
        new String[] {
          "CREATE ROLE outsider LOGIN PASSWORD 'pa ss/word'",
          "CREATE DATABASE hall OWNER outsider",
          "CREATE ROLE reckless LOGIN",
          "ALTER ROLE reckless SET synchronous_commit = off"
        }) {
      result(own.pool().query(statement).execute());
    }
    result(own.close());
    door = new Cable(UnixDomainSocketAddress.of(postgres.options().getSocketAddress().path()));
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
    result(vertx.close());
    postgres.close();
    TestPostgres.delete(dataDir);
  }

  @Test
  void aPasswordFromTheAddressOpensItAndMigrationsAndBackupsNeedNoSuperuser(
      @TempDir Path directory) {
    Database database = TestPostgres.open(vertx, address("outsider:pa%20ss%2Fword", "hall"));
    Migrations migrations = new Migrations(getClass().getClassLoader(), "db/backup");
    result(migrations.run(database));
    result(
        database
            .pool()
            .query(
                "BEGIN; INSERT INTO ring_a VALUES (1, 1); INSERT INTO ring_b VALUES (1, 1); COMMIT")
            .execute());
    Path archive = directory.resolve("hall.zip");
    Backup.Summary written = result(Backup.write(database, archive, 100));
    result(database.pool().query("DROP SCHEMA public CASCADE; CREATE SCHEMA public").execute());
    assertThat(result(Backup.restore(database, archive, migrations))).isEqualTo(written);
    result(database.close());
  }

  @Test
  void aWrongPasswordIsSaidWithoutRepeatingIt() {
    assertThatThrownBy(() -> result(Database.open(vertx, address("outsider:guess", "hall"), 2)))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("as user outsider")
        .hasMessageContaining("password authentication failed")
        .message()
        .doesNotContain("guess");
  }

  @Test
  void aMissingDatabaseIsSaid() {
    assertThatThrownBy(
            () -> result(Database.open(vertx, address("outsider:pa%20ss%2Fword", "nowhere"), 2)))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("database \"nowhere\" does not exist");
  }

  @Test
  void commitsThatDoNotWaitForTheDiskAreRefused() {
    assertThatThrownBy(() -> result(Database.open(vertx, address("reckless", "postgres"), 2)))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("synchronous_commit is off");
  }

  @Test
  void encryptionIsUsedWhereTheServerOffersIt() {
    for (String mode : new String[] {"", "?sslmode=require"}) {
      assertThat(encrypted("127.0.0.1", mode)).as(mode).isTrue();
    }
    assertThatThrownBy(() -> encrypted("127.0.0.1", "?sslmode=disable"))
        .isInstanceOf(DatabaseRefusal.class);
  }

  @Test
  void verifyingWantsTheAuthorityAndForFullTheNameToo() {
    String trusted = "&sslrootcert=" + authority;
    assertThat(encrypted("localhost", "?sslmode=verify-full" + trusted)).isTrue();
    assertThat(encrypted("127.0.0.1", "?sslmode=verify-ca" + trusted)).isTrue();
    assertThatThrownBy(() -> encrypted("127.0.0.1", "?sslmode=verify-full" + trusted))
        .isInstanceOf(DatabaseRefusal.class);
    assertThatThrownBy(() -> encrypted("localhost", "?sslmode=verify-full"))
        .isInstanceOf(DatabaseRefusal.class);
  }

  private static boolean encrypted(String host, String parameters) {
    PgConnectOptions options =
        DatabaseUrl.parse(
            "postgresql://outsider:pa%20ss%2Fword@" + host + ":" + tlsPort + "/hall" + parameters);
    Database database = TestPostgres.open(vertx, options);
    try {
      return result(
          database
              .pool()
              .query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
              .execute()
              .map(rows -> rows.iterator().next().getBoolean(0)));
    } finally {
      result(database.close());
    }
  }

  @Test
  void aSilentDatabaseIsToldInTimeAndUsedAgainWithinFiveSeconds() {
    Database database = TestPostgres.open(vertx, address("outsider:pa%20ss%2Fword", "hall"));
    door.stall();
    long start = System.nanoTime();
    assertThatThrownBy(
            () ->
                result(
                    database.transaction(
                        Duration.ofSeconds(1), sql -> sql.query("SELECT 1").execute())))
        .isInstanceOfSatisfying(
            Failure.Unavailable.class, failure -> assertThat(failure.type()).isEqualTo("internal"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(Database.TRANSACTION_LIMIT).isLessThan(Duration.ofSeconds(5));
    door.mend();
    result(database.transaction(sql -> sql.query("SELECT 1").execute()), 5);
    result(database.close());
  }

  private static PgConnectOptions address(String user, String name) {
    return DatabaseUrl.parse("postgresql://" + user + "@127.0.0.1:" + door.port() + "/" + name);
  }
}
