package plenary.database;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Restores one archive in one transaction. A {@link Blocking} job. */
final class BackupReader {
  private static final int ROWS_AT_ONCE = 500;
  private static final int CHARACTERS_AT_ONCE = 1 << 20;

  private final SqlConnection sql;
  private final Catalog catalog;
  private final Migrations migrations;

  BackupReader(SqlConnection sql, Migrations migrations) {
    this.sql = sql;
    this.catalog = new Catalog(sql);
    this.migrations = migrations;
  }

  BackupManifest restore(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new DatabaseRefusal("The archive " + file + " cannot be read.");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      BackupManifest manifest = manifest(zip);
      refuseOtherCode(manifest);
      refuseMissingEntries(zip, manifest);
      refuseFilledDatabase();
      Blocking.get(migrations.upTo(sql, manifest.schemaVersion()));
      refuseOtherTables(manifest);
      load(zip, manifest);
      Blocking.get(migrations.upTo(sql, migrations.newest()));
      return manifest;
    } catch (ZipException | EOFException broken) {
      throw damaged(broken.getMessage());
    } catch (PgException wrong) {
      throw damaged("its rows do not fit the schema: " + wrong.getErrorMessage());
    }
  }

  private static BackupManifest manifest(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(BackupManifest.ENTRY);
    if (entry == null) {
      throw damaged("it has no " + BackupManifest.ENTRY);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return BackupManifest.decode(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (DatabaseRefusal refusal) {
      throw refusal;
    } catch (RuntimeException unreadable) {
      throw damaged("its " + BackupManifest.ENTRY + " cannot be read");
    }
  }

  private void refuseOtherCode(BackupManifest manifest) {
    if (manifest.schemaVersion() > migrations.newest()) {
      throw new DatabaseRefusal(
          "The archive has schema version %d, and this release knows %d; restore it with the newer"
                  .formatted(manifest.schemaVersion(), migrations.newest())
              + " release.");
    }
    Map<Integer, String> known =
        migrations.files().stream()
            .collect(Collectors.toMap(MigrationFile::version, MigrationFile::sha256));
    for (BackupManifest.Migration migration : manifest.migrations()) {
      if (!migration.sha256().equals(known.get(migration.version()))) {
        throw new DatabaseRefusal(
            "The archive was written by other code: its migration "
                + migration.name()
                + " is not this release's.");
      }
    }
  }

  private static void refuseMissingEntries(ZipFile zip, BackupManifest manifest) {
    Set<String> wanted =
        manifest.tables().stream()
            .map(BackupManifest.Table::entry)
            .collect(Collectors.toCollection(TreeSet::new));
    wanted.add(BackupManifest.ENTRY);
    Set<String> found = zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    if (!found.equals(wanted) || zip.size() != wanted.size()) {
      throw damaged("its entries are not those of its manifest");
    }
  }

  private void refuseFilledDatabase() {
    List<String> relations = catalog.relations();
    if (!relations.isEmpty()) {
      throw new DatabaseRefusal(
          "The database is not empty (it has "
              + relations.stream().limit(5).collect(Collectors.joining(", "))
              + (relations.size() > 5 ? ", …" : "")
              + "); restore into an empty one: a new PLENARY_DATA_DIR or a new database.");
    }
  }

  private void refuseOtherTables(BackupManifest manifest) {
    Map<String, List<BackupManifest.Column>> here = catalog.tables();
    Map<String, List<BackupManifest.Column>> there =
        manifest.tables().stream()
            .collect(Collectors.toMap(BackupManifest.Table::name, BackupManifest.Table::columns));
    if (!here.equals(there)) {
      throw damaged("its tables are not those of its schema version");
    }
  }

  private void load(ZipFile zip, BackupManifest manifest) throws IOException {
    catalog.run("SET CONSTRAINTS ALL IMMEDIATE");
    catalog.run(BackupWriter.TEXT_FORM);
    List<Catalog.Detour> detours = catalog.detours();
    detours.forEach(detour -> catalog.run(detour.away()));
    // Migrations may have put rows of their own; the archive has them too.
    catalog.run(
        "TRUNCATE "
            + manifest.tables().stream()
                .map(table -> Catalog.quoted(table.name()))
                .collect(Collectors.joining(", ")));
    for (BackupManifest.Table table : manifest.tables()) {
      load(zip, table);
    }
    for (BackupManifest.Sequence sequence : manifest.sequences()) {
      catalog.query(
          "SELECT setval($1::text::regclass, $2)",
          Tuple.of(Catalog.quoted(sequence.name()), sequence.last()));
    }
    catalog.run("SET CONSTRAINTS ALL IMMEDIATE");
    detours.reversed().forEach(detour -> catalog.run(detour.back()));
    catalog.run(
        """
        INSERT INTO meta (key, value) VALUES ('epoch', gen_random_uuid()::text)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """);
  }

  private void load(ZipFile zip, BackupManifest.Table table) throws IOException {
    MessageDigest digest = Digests.sha256();
    try (InputStream in = zip.getInputStream(zip.getEntry(table.entry()));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new DigestInputStream(in, digest), StandardCharsets.UTF_8.newDecoder()))) {
      insert(lines, insert(table));
    } catch (CharacterCodingException wrong) {
      throw damaged(table.entry() + " is not UTF-8");
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
      throw damaged("the checksum of " + table.entry() + " is wrong");
    }
    Row count =
        catalog
            .query("SELECT count(*) FROM " + Catalog.quoted(table.name()), Tuple.tuple())
            .iterator()
            .next();
    if (count.getLong(0) != table.rows()) {
      throw damaged("the number of rows of " + table.entry() + " is wrong");
    }
  }

  /** The lines of some rows become one JSON array, which the server takes apart. */
  private static String insert(BackupManifest.Table table) {
    StringBuilder values = new StringBuilder();
    for (int column = 0; column < table.columns().size(); column++) {
      values
          .append(column == 0 ? "" : ", ")
          .append("(r ->> ")
          .append(column)
          .append(")::")
          .append(table.columns().get(column).type());
    }
    return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s"
            .formatted(Catalog.quoted(table.name()), Catalog.list(table.columns()), values)
        + " FROM json_array_elements($1::text::json) AS r";
  }

  private void insert(BufferedReader lines, String insert) throws IOException {
    StringBuilder rows = new StringBuilder();
    int count = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rows.append(count == 0 ? '[' : ',').append(line);
      count++;
      if (count == ROWS_AT_ONCE || rows.length() > CHARACTERS_AT_ONCE) {
        flush(rows, insert);
        count = 0;
      }
    }
    if (count > 0) {
      flush(rows, insert);
    }
  }

  private void flush(StringBuilder rows, String insert) {
    catalog.query(insert, Tuple.of(rows.append(']').toString()));
    rows.setLength(0);
  }

  private static DatabaseRefusal damaged(@Nullable String how) {
    return new DatabaseRefusal("The archive is damaged: " + how + ". Nothing was restored.");
  }
}
