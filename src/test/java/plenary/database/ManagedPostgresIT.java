package plenary.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.support.TestPostgres;

/** The managed server on a data directory of its own, one life after another. */
class ManagedPostgresIT {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static Vertx vertx;
  private static Path dataDir;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    dataDir = TestPostgres.directory();
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      Database database = TestPostgres.open(vertx, postgres.options());
      run(database, "CREATE TABLE note (id int PRIMARY KEY, text text)");
      result(database.close());
    }
  }

  @AfterAll
  static void stop() {
    result(vertx.close());
    TestPostgres.delete(dataDir);
  }

  @Test
  void dataSurvivesRestarts() {
    int before;
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      Database database = TestPostgres.open(vertx, postgres.options());
      before = addNote(database);
      result(database.close());
    }
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      assertThat(notes(postgres)).isEqualTo(before);
    }
  }

  @Test
  void isReachableThroughItsPrivateSocketAlone() throws IOException {
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      Database database = TestPostgres.open(vertx, postgres.options());
      assertThat(one(database, "SHOW listen_addresses")).isEmpty();
      assertThat(one(database, "SHOW autovacuum_naptime")).isEqualTo("5s");
      assertThat(one(database, "SHOW data_checksums")).isEqualTo("on");
      assertThat(one(database, "SHOW max_connections")).isEqualTo("60");
      result(database.close());
      Path socket = Path.of(postgres.options().getHost());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void commitsAreDurableByDefaultAndARefusalSaysWhichSettingIsNot() {
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      Database database = TestPostgres.open(vertx, postgres.options());
      assertThat(one(database, "SHOW fsync")).isEqualTo("on");
      assertThat(one(database, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(one(database, "SHOW full_page_writes")).isEqualTo("on");
      result(database.close());
    }
    // The negative control: the same server with the switch off must be refused.
    Map<String, String> careless = Map.of("fsync", "off", "full_page_writes", "off");
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, careless)) {
      assertThatThrownBy(() -> TestPostgres.open(vertx, postgres.options()))
          .isInstanceOf(DatabaseRefusal.class)
          .hasMessageContaining("fsync is off")
          .hasMessageContaining("full_page_writes is off");
    }
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefusedButMayTakeABackup() throws Exception {
    assertThat(ManagedPostgres.running(dataDir)).isEmpty();
    try (ChildProcess child = ChildProcess.start(dataDir)) {
      assertThat(child.postgres()).isPositive();
      assertThatThrownBy(() -> TestPostgres.instance(dataDir, Map.of()))
          .isInstanceOf(DatabaseRefusal.class)
          .hasMessageContaining("Another Plenary server (process " + child.process().pid());
      Database database = TestPostgres.open(vertx, ManagedPostgres.running(dataDir).orElseThrow());
      assertThat(answers(database)).isTrue();
      result(database.close());
    }
    assertThat(ManagedPostgres.running(dataDir)).isEmpty();
  }

  @Test
  void aSecondStartInTheSameProcessIsRefusedAndLeavesTheFirstAlone() throws Exception {
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      assertThatThrownBy(() -> TestPostgres.instance(dataDir, Map.of()))
          .isInstanceOf(DatabaseRefusal.class)
          .hasMessageContaining("Another Plenary server (process " + ProcessHandle.current().pid());
      assertThat(notes(postgres)).isNotNegative();
      // The refusal must not have freed the file's lock for other processes.
      try (ChildProcess child = ChildProcess.start(dataDir)) {
        assertThat(child.said()).startsWith("refused Another Plenary server");
      }
    }
  }

  @Test
  void postgresStopsCleanlyWithinTwoSecondsOfAKilledServer() throws Exception {
    try (ChildProcess child = ChildProcess.start(dataDir)) {
      long pid = child.postgres();
      child.kill();
      waitUntil("PostgreSQL is gone", Duration.ofSeconds(2), () -> !runs(pid));
    }
    // Asked for at once: a clean stop leaves no crash to recover from.
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      assertThat(notes(postgres)).isNotNegative();
    }
    assertThat(log()).contains("database system is shut down");
    assertThat(lastStart(log())).doesNotContain("was not properly shut down");
  }

  @Test
  void aKilledServerAndAKilledPostgresRecoverWithNothingLost() throws Exception {
    int before;
    ChildProcess child = ChildProcess.start(dataDir);
    try (child) {
      long pid = child.postgres();
      Database database = TestPostgres.open(vertx, socketOptions());
      before = addNote(database);
      child.process().descendants().forEach(ProcessHandle::destroyForcibly);
      child.kill();
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      result(database.close());
    }
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      assertThat(notes(postgres)).isEqualTo(before);
    }
    assertThat(lastStart(log())).contains("automatic recovery in progress");
  }

  @Test
  void anOrphanWithoutItsWatchdogIsStoppedByTheNextStart() throws Exception {
    long orphan;
    try (ChildProcess child = ChildProcess.start(dataDir)) {
      orphan = child.postgres();
      child.process().descendants().forEach(ProcessHandle::destroyForcibly);
      child.kill();
    }
    assertThat(runs(orphan)).isTrue();
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      assertThat(postgres.pid()).isNotEqualTo(orphan);
      assertThat(runs(orphan)).isFalse();
    }
  }

  @Test
  void aProcessIdThatBelongsToSomebodyElseNowIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Path file = dataDir.resolve("postgres/data/postmaster.pid");
      Files.writeString(file, stranger.pid() + "\n/somewhere\n0\n5432\n\n\n  1 999999\n");
      try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
        assertThat(notes(postgres)).isNotNegative();
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroy();
    }
  }

  @Test
  void terminatingTheServerStopsPostgres() throws Exception {
    try (ChildProcess child = ChildProcess.start(dataDir)) {
      long pid = child.postgres();
      child.process().destroy();
      waitUntil("PostgreSQL is gone", Duration.ofSeconds(3), () -> !runs(pid));
    }
  }

  @Test
  void aKilledPostgresIsStartedAgain() throws Exception {
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      Database database = TestPostgres.open(vertx, postgres.options());
      int before = addNote(database);
      long first = postgres.pid();
      ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
      waitUntil("it is another process", Duration.ofSeconds(5), () -> postgres.pid() != first);
      waitUntil("it answers again", Duration.ofSeconds(5), () -> answers(database));
      assertThat(addNote(database)).isEqualTo(before + 1);
      result(database.close());
    }
  }

  @Test
  void rootsServerDoesNotRunPostgresAsRoot() throws IOException {
    assumeTrue(ROOT, "needs root");
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      assertThat(postgres.runsAs()).matches("(setpriv|su-exec) (postgres|nobody)");
      assertThat(user(postgres.pid()))
          .isPresent()
          .hasValueSatisfying(name -> assertThat(name).isNotEqualTo("root"));
      Path programs = TestPostgres.setup(dataDir, Map.of()).programs();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(programs)))
          .doesNotContain("w-", "w--x--w");
    }
  }

  @Test
  void anUnreachableHomeIsServedByTheWayThatWorksThereAndStaysSo() throws IOException {
    assumeTrue(ROOT, "needs root");
    Path home = TestPostgres.directory();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    Path deep = home.resolve("deep".repeat(30));
    try {
      try (ManagedPostgres postgres = TestPostgres.instance(deep, Map.of())) {
        assertThat(postgres.runsAs()).isEqualTo("unshare -U");
        assertThat(postgres.options().getHost()).hasSizeLessThan(90).contains("plenary-");
        assertThat(answers(postgres)).isTrue();
      }
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
      try (ManagedPostgres postgres = TestPostgres.instance(deep, Map.of())) {
        assertThat(postgres.runsAs()).isEqualTo("unshare -U");
        assertThat(Path.of(postgres.options().getHost())).exists();
      }
    } finally {
      TestPostgres.delete(home);
    }
  }

  @Test
  void anUnprivilegedUserRunsItAsThemselvesAndNobodyElsesData() throws Exception {
    assumeTrue(ROOT, "needs root to become nobody");
    Path home = TestPostgres.directory();
    Path jars = TestPostgres.directory();
    try {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
      try (ChildProcess child = ChildProcess.startAsNobody(home.resolve("data"), jars)) {
        assertThat(child.said()).startsWith("up ").endsWith("own user");
        assertThat(user(child.postgres())).hasValue("nobody");
        long pid = child.postgres();
        child.kill();
        waitUntil("PostgreSQL is gone", Duration.ofSeconds(2), () -> !runs(pid));
      }
      // Root keeps to the owner of the data.
      try (ManagedPostgres postgres = TestPostgres.instance(home.resolve("data"), Map.of())) {
        assertThat(postgres.runsAs()).endsWith(" nobody");
      }
    } finally {
      TestPostgres.delete(home);
      TestPostgres.delete(jars);
    }
  }

  @Test
  void dataOfAnotherMajorVersionIsRefusedWithTheWayToMove() throws IOException {
    Path version = dataDir.resolve("postgres/data/PG_VERSION");
    String original = Files.readString(version);
    try {
      Files.writeString(version, "17\n");
      assertThatThrownBy(() -> TestPostgres.instance(dataDir, Map.of()))
          .isInstanceOf(DatabaseRefusal.class)
          .hasMessageContaining("written by PostgreSQL 17")
          .hasMessageContaining("--restore");
    } finally {
      Files.writeString(version, original);
    }
  }

  @Test
  void aServerThatCannotStartSaysWhyAndFreesTheDirectory() {
    assertThatThrownBy(() -> TestPostgres.instance(dataDir, Map.of("shared_buffers", "nonsense")))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
    try (ManagedPostgres postgres = TestPostgres.instance(dataDir, Map.of())) {
      assertThat(answers(postgres)).isTrue();
    }
  }

  private static PgConnectOptions socketOptions() {
    return new PgConnectOptions()
        .setHost(dataDir.resolve("postgres/socket").toString())
        .setUser("plenary")
        .setDatabase("postgres");
  }

  private static int notes(ManagedPostgres postgres) {
    Database database = TestPostgres.open(vertx, postgres.options());
    int count = Integer.parseInt(one(database, "SELECT count(*)::text FROM note"));
    result(database.close());
    return count;
  }

  private static int addNote(Database database) {
    return result(
            database.transaction(
                sql ->
                    sql.preparedQuery(
                            "INSERT INTO note (id, text) SELECT count(*) + 1, $1 FROM note"
                                + " RETURNING id")
                        .execute(Tuple.of("kept"))))
        .iterator()
        .next()
        .getInteger(0);
  }

  private static String one(Database database, String query) {
    return result(database.pool().query(query).execute()).iterator().next().getString(0);
  }

  private static void run(Database database, String statement) {
    result(database.pool().query(statement).execute());
  }

  private static boolean answers(ManagedPostgres postgres) {
    Database database = TestPostgres.open(vertx, postgres.options());
    boolean answers = answers(database);
    result(database.close());
    return answers;
  }

  private static boolean answers(Database database) {
    try {
      database
          .pool()
          .query("SELECT 1")
          .execute()
          .toCompletionStage()
          .toCompletableFuture()
          .get(1, SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException gone) {
      return false;
    }
  }

  private static Optional<String> user(long pid) throws IOException {
    return Optional.of(Files.getOwner(Path.of("/proc/" + pid)).getName());
  }

  private static String log() throws IOException {
    return Files.readString(dataDir.resolve("postgres/log/postgres.log"));
  }

  private static String lastStart(String log) {
    return log.substring(log.lastIndexOf("starting PostgreSQL"));
  }

  private static void waitUntil(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what + " within " + limit).isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
