package plenary.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a database to this code's schema: the numbered files of {@code db/migration}, in order,
 * each in a transaction of its own, recorded with its checksum in {@code schema_version}. Several
 * nodes may start together; an advisory lock lets one of them do it. Forward only: a file that was
 * applied never changes, and a database that is newer than the code is refused.
 */
public final class Migrations {
  /** Any number will do, as long as nobody else uses it; these are the letters of "plenary". */
  static final long LOCK = 0x706c656e617279L;

  /** One file may rewrite a large table. */
  private static final Duration FILE_LIMIT = Duration.ofMinutes(30);

  private static final String FOLDER = "db/migration";

  private final List<MigrationFile> files;

  /**
   * Reads the files of a resource folder.
   *
   * @throws DatabaseRefusal if there are none, or two with one number
   */
  Migrations(ClassLoader loader, String folder) {
    this.files = MigrationFile.list(loader, folder);
  }

  /** The product's own. */
  static Migrations standard() {
    return new Migrations(Migrations.class.getClassLoader(), FOLDER);
  }

  /**
   * Applies what is missing.
   *
   * @return fails with {@link DatabaseRefusal}, one sentence for the operator, if the database was
   *     written by newer or other code, and leaves the database at the last file that succeeded
   */
  public static Future<Void> apply(Database database) {
    return Future.future(promise -> standard().run(database).onComplete(promise));
  }

  Future<Void> run(Database database) {
    return database
        .transaction(FILE_LIMIT, sql -> next(sql, newest()))
        .compose(applied -> applied ? run(database) : Future.succeededFuture());
  }

  /** The version this code has. */
  int newest() {
    return files.getLast().version();
  }

  /** The files, for the record of a backup. */
  List<MigrationFile> files() {
    return files;
  }

  /** Applies files up to a version inside the caller's transaction. */
  Future<Void> upTo(SqlConnection sql, int version) {
    return next(sql, version)
        .compose(applied -> applied ? upTo(sql, version) : Future.succeededFuture());
  }

  /** Applies the first missing file; false if none is missing. */
  private Future<Boolean> next(SqlConnection sql, int last) {
    return sql.query("SELECT pg_advisory_xact_lock(" + LOCK + ")")
        .execute()
        .compose(locked -> sql.query("SELECT to_regclass('schema_version')::text").execute())
        .compose(
            found ->
                found.iterator().next().getString(0) == null
                    ? sql.query(TABLE).execute().map(Map.<Integer, String>of())
                    : applied(sql))
        .compose(
            applied -> {
              check(applied);
              for (MigrationFile file : files) {
                if (file.version() <= last && !applied.containsKey(file.version())) {
                  return apply(sql, file).map(true);
                }
              }
              return Future.succeededFuture(false);
            });
  }

  private static final String TABLE =
      """
      CREATE TABLE schema_version (
        version int PRIMARY KEY,
        name text NOT NULL,
        sha256 text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      )
      """;

  private static Future<Map<Integer, String>> applied(SqlConnection sql) {
    return sql.query("SELECT version, sha256 FROM schema_version")
        .execute()
        .map(
            rows -> {
              Map<Integer, String> applied = new HashMap<>();
              rows.forEach(row -> applied.put(row.getInteger(0), row.getString(1)));
              return applied;
            });
  }

  private void check(Map<Integer, String> applied) {
    int highest = applied.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (highest > newest()) {
      throw new DatabaseRefusal(
          "The database has schema version %d, and this release knows %d; start the newer release."
              .formatted(highest, newest()));
    }
    for (MigrationFile file : files) {
      String known = applied.get(file.version());
      if (known == null && file.version() < highest) {
        throw new DatabaseRefusal(
            "The migration %s was never applied, but later ones were; start the release that the"
                    .formatted(file.name())
                + " database was made with.");
      }
      if (known != null && !known.equals(file.sha256())) {
        throw new DatabaseRefusal(
            "The migration %s has changed since it was applied to this database; start the release"
                    .formatted(file.name())
                + " that the database was made with.");
      }
    }
  }

  private static Future<Void> apply(SqlConnection sql, MigrationFile file) {
    return sql.query(file.content())
        .execute()
        .recover(
            error ->
                Future.failedFuture(
                    new DatabaseRefusal(
                        "The migration " + file.name() + " fails: " + error.getMessage(), error)))
        .compose(
            done ->
                sql.preparedQuery(
                        "INSERT INTO schema_version (version, name, sha256) VALUES ($1, $2, $3)")
                    .execute(Tuple.of(file.version(), file.name(), file.sha256())))
        .mapEmpty();
  }
}
