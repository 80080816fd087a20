package plenary.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Backups of the whole database, managed or external: one zip archive, written while the server
 * works, restored into an empty database.
 *
 * <p>The archive has one entry per table with a line per row, a JSON array of the columns' values
 * in PostgreSQL's own text form ({@code null} for NULL), which every type reads back exactly; and a
 * manifest with row counts and checksums. It holds personal data: keep it like the database.
 */
public final class Backup {
  /** Longer than any backup or restore takes. */
  public static final Duration LIMIT = Duration.ofHours(12);

  /**
   * What was written or restored.
   *
   * @param createdAt the instant whose state the archive holds
   */
  public record Summary(Instant createdAt, int schemaVersion, int tables, long rows) {
    static Summary of(BackupManifest manifest) {
      return new Summary(
          manifest.createdAt(),
          manifest.schemaVersion(),
          manifest.tables().size(),
          manifest.rows());
    }
  }

  private Backup() {}

  /**
   * Writes an archive of one instant. It appears under its name only when it is complete and on
   * disk; only the owner may read it.
   *
   * @param share of the time that is worked, in per cent; the rest is left to who waits for the
   *     database
   * @return fails with {@link DatabaseRefusal} if the file exists already
   */
  public static Future<Summary> write(Database database, Path file, int share) {
    return database
        .transaction(
            LIMIT,
            sql ->
                Blocking.start(
                    "backup", () -> new BackupWriter(sql, file, new Pace(share)).write()))
        .map(Summary::of);
  }

  /**
   * Restores an archive into an empty database, in one transaction: the schema it was written with,
   * its rows, a new epoch so that every client starts afresh, and then the migrations that are
   * newer than it.
   *
   * @param afterwards what else is done in the same transaction
   * @return fails with {@link DatabaseRefusal}, and has changed nothing, if the database is not
   *     empty, or the archive is damaged, incomplete or newer than this code
   */
  public static Future<Summary> restore(
      Database database, Path file, Function<SqlConnection, Future<Void>> afterwards) {
    return restore(database, file, Migrations.standard(), afterwards);
  }

  static Future<Summary> restore(Database database, Path file, Migrations migrations) {
    return restore(database, file, migrations, sql -> Future.succeededFuture());
  }

  private static Future<Summary> restore(
      Database database,
      Path file,
      Migrations migrations,
      Function<SqlConnection, Future<Void>> afterwards) {
    return database
        .transaction(
            LIMIT,
            sql ->
                Blocking.start("restore", () -> new BackupReader(sql, migrations).restore(file))
                    .compose(manifest -> afterwards.apply(sql).map(manifest)))
        .map(Summary::of);
  }
}
