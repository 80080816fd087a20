package plenary.database;

import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes one archive from one transaction. A {@link Blocking} job. */
final class BackupWriter {
  /** How values are written; the same on every server, whatever its configuration says. */
  static final String TEXT_FORM =
      """
      SET LOCAL datestyle = 'ISO, MDY'; SET LOCAL intervalstyle = 'postgres';
      SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex';
      SET LOCAL extra_float_digits = 1; SET LOCAL row_security = off
      """;

  private static final int ROWS_AT_ONCE = 500;
  private static final int COMPRESSION_LEVEL = 4;

  private final SqlConnection sql;
  private final Catalog catalog;
  private final Path file;
  private final Pace pace;

  BackupWriter(SqlConnection sql, Path file, Pace pace) {
    this.sql = sql;
    this.pace = pace;
    this.catalog = new Catalog(sql);
    this.file = file.toAbsolutePath();
  }

  BackupManifest write() throws IOException {
    if (Files.exists(file)) {
      throw new DatabaseRefusal("There is a file " + file + " already; choose another name.");
    }
    catalog.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    catalog.run(TEXT_FORM);
    refuseDuringMigration();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try {
      BackupManifest manifest = write(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void refuseDuringMigration() {
    Row row =
        catalog
            .query(
                "SELECT pg_try_advisory_xact_lock_shared($1), to_regclass('schema_version')::text",
                Tuple.of(Migrations.LOCK))
            .iterator()
            .next();
    if (!row.getBoolean(0)) {
      throw new DatabaseRefusal("A migration or restore is under way; try again after it.");
    }
    if (row.getString(1) == null) {
      throw new DatabaseRefusal("This database holds nothing of Plenary.");
    }
  }

  private BackupManifest write(Path part) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (FileChannel channel =
            FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly);
        ZipOutputStream zip =
            new ZipOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
      zip.setLevel(COMPRESSION_LEVEL);
      BackupManifest manifest = write(zip);
      zip.putNextEntry(new ZipEntry(BackupManifest.ENTRY));
      zip.write(manifest.encode().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.finish();
      zip.flush();
      channel.force(true);
      return manifest;
    }
  }

  private BackupManifest write(ZipOutputStream zip) throws IOException {
    Instant snapshot =
        catalog
            .query("SELECT now()", Tuple.tuple())
            .iterator()
            .next()
            .getOffsetDateTime(0)
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toInstant();
    List<BackupManifest.Migration> migrations = catalog.migrations();
    List<BackupManifest.Table> tables = new ArrayList<>();
    for (Map.Entry<String, List<BackupManifest.Column>> table : catalog.tables().entrySet()) {
      tables.add(table(table.getKey(), table.getValue(), zip));
    }
    return new BackupManifest(
        snapshot, migrations.getLast().version(), migrations, tables, catalog.sequences());
  }

  private BackupManifest.Table table(
      String name, List<BackupManifest.Column> columns, ZipOutputStream zip) throws IOException {
    MessageDigest digest = Digests.sha256();
    zip.putNextEntry(new ZipEntry(new BackupManifest.Table(name, columns, 0, "").entry()));
    long rows = rows(select(name, columns), zip, digest);
    zip.closeEntry();
    return new BackupManifest.Table(name, columns, rows, HexFormat.of().formatHex(digest.digest()));
  }

  /** One text column: the row's line. The server writes the JSON, nothing here reads it. */
  private static String select(String name, List<BackupManifest.Column> columns) {
    String values =
        columns.stream()
            .map(column -> Catalog.quoted(column.name()) + "::text")
            .collect(Collectors.joining(", "));
    return "SELECT array_to_json(ARRAY[" + values + "])::text FROM " + Catalog.quoted(name);
  }

  private long rows(String select, OutputStream out, MessageDigest digest) throws IOException {
    PreparedStatement statement = Blocking.get(sql.prepare(select));
    Cursor cursor = statement.cursor();
    long count = 0;
    do {
      for (Row row : Blocking.get(cursor.read(ROWS_AT_ONCE))) {
        byte[] line = (row.getString(0) + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(line);
        out.write(line);
        count++;
      }
      pace.rest();
    } while (cursor.hasMore());
    Blocking.get(cursor.close());
    Blocking.get(statement.close());
    return count;
  }
}
