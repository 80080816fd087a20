package plenary.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plenary.support.Await.result;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plenary.support.TestPostgres;

class BackupIT {
  private static final List<String> TABLES = List.of("kinds", "ring_a", "ring_b", "log");

  private static final String COLUMNS =
      """
      SELECT table_name || '.' || column_name || ' ' || data_type
      FROM information_schema.columns
      WHERE table_schema = current_schema()
      ORDER BY 1
      """;

  private static final String CONSTRAINTS =
      """
      SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace
      ORDER BY 1
      """;

  @TempDir private static Path directory;
  private static Vertx vertx;
  private static Database source;
  private static Path archive;
  private static Backup.Summary written;

  @BeforeAll
  static void write() {
    vertx = Vertx.vertx();
    source = open();
    result(of("db/backup").run(source));
    fill(source);
    archive = directory.resolve("full.zip");
    written = result(Backup.write(source, archive, 100));
  }

  @AfterAll
  static void stop() {
    result(source.close());
    result(vertx.close());
  }

  @Test
  void everyValueComesBackExactly() {
    Database target = open();
    Backup.Summary restored = result(Backup.restore(target, archive, of("db/backup")));
    assertThat(restored).isEqualTo(written);
    assertThat(restored.rows()).isEqualTo(3 + 1 + 1 + 2 + 1);
    for (String table : TABLES) {
      assertThat(rows(target, table)).as(table).isEqualTo(rows(source, table));
    }
    assertThat(strings(target, "SELECT written::text FROM kinds WHERE id = 1"))
        .containsExactly("{\"b\" : 1.50,\n  \"a\": [ ]}");
    result(target.close());
  }

  @Test
  void theProductsOwnSchemaComesBack() {
    Database product = TestPostgres.database(vertx);
    Path file = directory.resolve("product.zip");
    Backup.Summary saved = result(Backup.write(product, file, 100));
    Database target = open();
    assertThat(result(Backup.restore(target, file, Migrations.standard()))).isEqualTo(saved);
    assertThat(strings(target, COLUMNS)).isEqualTo(strings(product, COLUMNS));
    assertThat(strings(target, CONSTRAINTS)).isEqualTo(strings(product, CONSTRAINTS));
    result(target.close());
    result(product.close());
  }

  @Test
  void theEpochIsNewAndSequencesAndKeysGoOn() {
    Database target = open();
    result(Backup.restore(target, archive, of("db/backup")));
    String epoch = "SELECT value FROM meta WHERE key = 'epoch'";
    assertThat(strings(target, epoch)).hasSize(1).isNotEqualTo(strings(source, epoch));
    assertThat(strings(target, "INSERT INTO log (text) VALUES ('next') RETURNING id::text"))
        .containsExactly("3");
    assertThat(strings(target, "INSERT INTO kinds (small) VALUES (1) RETURNING id::text"))
        .containsExactly("4");
    assertThatThrownBy(() -> run(target, "INSERT INTO ring_b (id, a) VALUES (9, 9)"))
        .hasMessageContaining("foreign key");
    run(target, "BEGIN; INSERT INTO ring_a VALUES (5, 7); ROLLBACK");
    assertThat(strings(target, "SELECT tgenabled::text FROM pg_trigger WHERE tgname = 'counting'"))
        .containsExactly("O");
    result(target.close());
  }

  @Test
  void anOlderArchiveIsMigratedToThisCode() {
    Database target = open();
    result(Backup.restore(target, archive, of("db/backup2")));
    assertThat(strings(target, "SELECT DISTINCT level FROM log")).containsExactly("info");
    assertThat(strings(target, "SELECT max(version)::text FROM schema_version"))
        .containsExactly("3");
    result(target.close());
  }

  @Test
  void aBackupUnderWritesIsOneInstant() {
    Database busy = open();
    result(of("db/backup").run(busy));
    AtomicBoolean more = new AtomicBoolean(true);
    Future<Void> writing = keepWriting(busy, 1, more);
    Path file = directory.resolve("busy.zip");
    // Both rings and the log change in one transaction: the archive must hold all or nothing of it.
    for (int round = 0; round < 3; round++) {
      Path next = directory.resolve("busy-" + round + ".zip");
      result(Backup.write(busy, next, 100));
      file = next;
    }
    more.set(false);
    result(writing);
    Database target = open();
    result(Backup.restore(target, file, of("db/backup")));
    assertThat(strings(target, "SELECT (count(*) > 0)::text FROM ring_a")).containsExactly("true");
    assertThat(strings(target, "SELECT count(*)::text FROM ring_a"))
        .isEqualTo(strings(target, "SELECT count(*)::text FROM ring_b"))
        .isEqualTo(strings(target, "SELECT count(*)::text FROM log"));
    result(target.close());
    result(busy.close());
  }

  @Test
  void aDatabaseThatIsNotEmptyIsLeftAlone() {
    Database target = open();
    run(target, "CREATE TABLE precious (id int)");
    assertThatThrownBy(() -> result(Backup.restore(target, archive, of("db/backup"))))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("not empty (it has precious)");
    result(target.close());
  }

  @Test
  void aTruncatedOrTamperedArchiveChangesNothing() throws IOException {
    Database target = open();
    byte[] bytes = Files.readAllBytes(archive);
    Path cut = Files.write(directory.resolve("cut.zip"), Arrays.copyOf(bytes, 2_000));
    refused(target, cut, "damaged");
    refused(target, changed("value", (name, text) -> text.replace("first", "worst")), "checksum");
    refused(
        target,
        changed("lost", (name, text) -> name.endsWith("log.ndjson") ? firstLine(text) : text),
        "checksum");
    refused(
        target,
        changed("gone", (name, text) -> name.endsWith("log.ndjson") ? null : text),
        "entries");
    refused(
        target,
        changed(
            "count",
            (name, text) ->
                name.equals("manifest.json") ? text.replace("\"rows\" : 2", "\"rows\" : 1") : text),
        "number of rows");
    refused(
        target, changed("odd", (name, text) -> text.replace("schemaVersion", "x")), "cannot be");
    refused(target, Files.writeString(directory.resolve("no.zip"), "hello"), "damaged");
    refused(target, directory.resolve("absent.zip"), "cannot be read");
    assertThat(strings(target, "SELECT count(*)::text FROM pg_class WHERE relname = 'kinds'"))
        .containsExactly("0");
    result(Backup.restore(target, archive, of("db/backup")));
    result(target.close());
  }

  @Test
  void anArchiveOfNewerOrOtherCodeIsRefused() {
    Database target = open();
    assertThatThrownBy(() -> result(Backup.restore(target, archive, of("db/changed"))))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("written by other code");
    Database newer = open();
    result(of("db/backup2").run(newer));
    Path file = directory.resolve("newer.zip");
    result(Backup.write(newer, file, 100));
    assertThatThrownBy(() -> result(Backup.restore(target, file, of("db/backup"))))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("schema version 3, and this release knows 2");
    result(newer.close());
    result(target.close());
  }

  @Test
  void anArchiveIsPrivateAndNeverOverwritten() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> result(Backup.write(source, archive, 100)))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("already");
    assertThat(archive.resolveSibling("full.zip.part")).doesNotExist();
  }

  private static void refused(Database target, Path file, String why) {
    assertThatThrownBy(() -> result(Backup.restore(target, file, of("db/backup"))))
        .as(file.toString())
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining(why);
  }

  private static String firstLine(String text) {
    return text.substring(0, text.indexOf('\n') + 1);
  }

  /** A copy of the archive whose entries went through a function; null leaves one out. */
  private static Path changed(String name, BiFunction<String, String, String> change)
      throws IOException {
    Path copy = directory.resolve(name + ".zip");
    try (ZipFile in = new ZipFile(archive.toFile());
        OutputStream file = Files.newOutputStream(copy);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry : in.stream().toList()) {
        try (InputStream content = in.getInputStream(entry)) {
          String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
          String changed = change.apply(entry.getName(), text);
          if (changed != null) {
            out.putNextEntry(new ZipEntry(entry.getName()));
            out.write(changed.getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    }
    return copy;
  }

  private static void fill(Database database) {
    run(
        database,
        """
        INSERT INTO kinds (parent, small, exact, wave, flag, words, fixed, short, bytes, written,
          stored, list, grid, at, wall, day, span, mood, key, "odd ""name")
        VALUES
          (3, -7, 12345678901234567890.000100, 0.1::float8 + 0.2, true,
           E'first\\r\\n"quoted" \\\\ tab\\t \\u2028 😀', 'ab', 'seven', '\\x00ff10',
           E'{"b" : 1.50,\\n  "a": [ ]}', '{"z": null}', ARRAY['a,b', NULL, '"', ''],
           '[2:3][0:1]={{1,2},{3,NULL}}', '2026-11-24 09:00:00.123456+02', '2026-03-29 02:30',
           'infinity', '1 mon -3 days 04:05:06.7', 'it''s "fine"',
           '0190a6f2-0000-7000-8000-000000000001', 'x'),
          (NULL, NULL, 'NaN', '-Infinity', false, '', '', '', '', 'null', 'null', '{}', '{}',
           '-infinity', NULL, '0044-03-15 BC', '0', 'calm', NULL, NULL),
          (1, NULL, NULL, 'NaN', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL, NULL)
        """);
    run(
        database,
        """
        BEGIN;
        INSERT INTO ring_a (id, b) VALUES (1, 1);
        INSERT INTO ring_b (id, a) VALUES (1, 1);
        INSERT INTO log (text) VALUES ('by hand');
        COMMIT
        """);
  }

  private static Future<Void> keepWriting(Database database, int id, AtomicBoolean more) {
    String statements =
        "INSERT INTO ring_a (id, b) VALUES (%1$d, %1$d); INSERT INTO ring_b (id, a) VALUES (%1$d, %1$d)"
            .formatted(id);
    return database
        .transaction(sql -> sql.query(statements).execute())
        .compose(
            done -> more.get() ? keepWriting(database, id + 1, more) : Future.succeededFuture());
  }

  private static Database open() {
    return TestPostgres.open(vertx, TestPostgres.options());
  }

  private static Migrations of(String folder) {
    return new Migrations(BackupIT.class.getClassLoader(), folder);
  }

  /** Every row as PostgreSQL prints it, generated columns and all. */
  private static List<String> rows(Database database, String table) {
    return strings(database, "SELECT t::text FROM " + table + " t ORDER BY id");
  }

  private static List<String> strings(Database database, String query) {
    List<String> strings = new ArrayList<>();
    result(database.pool().query(query).execute()).forEach(row -> strings.add(row.getString(0)));
    return strings;
  }

  private static void run(Database database, String statements) {
    result(database.pool().query(statements).execute());
  }
}
