package plenary.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plenary.support.Await.result;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plenary.support.TestPostgres;

class MigrationsIT {
  private static Vertx vertx;
  private PgConnectOptions options;
  private Database database;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    result(vertx.close());
  }

  @BeforeEach
  void open() {
    options = TestPostgres.options();
    database = TestPostgres.open(vertx, options);
  }

  @AfterEach
  void close() {
    result(database.close());
  }

  @Test
  void filesAreAppliedOnceAndInOrder() {
    result(of("db/steps").run(database));
    result(of("db/steps").run(database));
    assertThat(versions()).containsExactly("1 V001__meta.sql", "2 V002__thing.sql");
    assertThat(strings("SELECT name FROM thing")).containsExactly("one; still one statement");
  }

  @Test
  void newFilesAreAppliedToWhatIsThere() {
    result(of("db/steps").run(database));
    result(of("db/newer").run(database));
    assertThat(strings("SELECT size::text FROM thing")).containsExactly("0");
  }

  @Test
  void aDatabaseNewerThanTheCodeIsRefused() {
    result(of("db/newer").run(database));
    assertThatThrownBy(() -> result(of("db/steps").run(database)))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("schema version 3, and this release knows 2");
  }

  @Test
  void aFileThatChangedSinceItWasAppliedIsRefused() {
    result(of("db/steps").run(database));
    assertThatThrownBy(() -> result(of("db/changed").run(database)))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("V002__thing.sql has changed");
  }

  @Test
  void aFileThatFailsLeavesNothingOfItself() {
    assertThatThrownBy(() -> result(of("db/broken").run(database)))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("V003__half.sql fails: ")
        .hasMessageContaining("division by zero");
    assertThat(versions()).hasSize(2);
    assertThat(strings("SELECT to_regclass('half')::text")).containsExactly((String) null);
  }

  @Test
  void twoFilesWithOneNumberAreRefused() {
    assertThatThrownBy(() -> of("db/twins"))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("V001__a.sql")
        .hasMessageContaining("V001__b.sql");
  }

  @Test
  void aFolderWithoutFilesIsRefused() {
    assertThatThrownBy(() -> of("db/nowhere"))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("No migrations were found in db/nowhere");
  }

  @Test
  void nodesThatStartTogetherApplyEachFileOnce() {
    List<Future<Void>> nodes =
        IntStream.range(0, 5).mapToObj(node -> of("db/newer").run(database)).toList();
    result(Future.all(nodes));
    assertThat(versions()).hasSize(3);
  }

  @Test
  void filesAreFoundInsideAJar(@TempDir Path directory) throws IOException {
    Path jar = directory.resolve("with space.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("db/migration/"));
      out.putNextEntry(new JarEntry("db/migration/V001__packed.sql"));
      out.write("CREATE TABLE packed (id int)".getBytes(StandardCharsets.UTF_8));
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      result(new Migrations(loader, "db/migration").run(database));
    }
    assertThat(versions()).containsExactly("1 V001__packed.sql");
  }

  private static Migrations of(String folder) {
    return new Migrations(MigrationsIT.class.getClassLoader(), folder);
  }

  private List<String> versions() {
    return strings("SELECT version || ' ' || name FROM schema_version ORDER BY version");
  }

  private List<String> strings(String query) {
    return result(database.pool().query(query).execute()).stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
