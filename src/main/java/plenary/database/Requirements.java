package plenary.database;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/** What a database must be like before Plenary writes to it. */
final class Requirements {
  private static final int VERSION_MIN = 15;
  private static final int TRIES_MAX = 5;

  private static final String SETTINGS =
      """
      SELECT current_setting('server_version_num')::int / 10000 AS version,
             current_setting('fsync') AS fsync,
             current_setting('synchronous_commit') AS synchronous_commit,
             current_setting('full_page_writes') AS full_page_writes,
             current_setting('server_encoding') AS encoding,
             current_setting('transaction_read_only') AS read_only
      """;

  private Requirements() {}

  /** Fails with a {@link DatabaseRefusal} that names everything that is missing. */
  static Future<Void> check(Database database) {
    return ask(database, TRIES_MAX)
        .recover(error -> Future.failedFuture(unreachable(database.options(), error)))
        .compose(
            rows -> {
              List<String> missing = missing(rows.iterator().next());
              return missing.isEmpty()
                  ? Future.succeededFuture()
                  : Future.failedFuture(
                      new DatabaseRefusal(
                          "The database cannot be used: " + String.join("; ", missing) + "."));
            });
  }

  /** The first connection of a process may take longer than any other: much is loaded for it. */
  private static Future<RowSet<Row>> ask(Database database, int tries) {
    return database
        .pool()
        .query(SETTINGS)
        .execute()
        .recover(
            error ->
                tries > 1 && Outages.waitedInVain(error)
                    ? ask(database, tries - 1)
                    : Future.failedFuture(error));
  }

  private static List<String> missing(Row row) {
    List<String> missing = new ArrayList<>();
    int version = row.getInteger("version");
    if (version < VERSION_MIN) {
      missing.add("it is PostgreSQL " + version + ", and 15 or newer is needed");
    }
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      if ("off".equals(row.getString(setting))) {
        missing.add(setting + " is off, so what was acknowledged could be lost; switch it on");
      }
    }
    if (!"UTF8".equals(row.getString("encoding"))) {
      missing.add("its encoding is " + row.getString("encoding") + ", and UTF8 is needed");
    }
    if ("on".equals(row.getString("read_only"))) {
      missing.add("it is read-only; connect to the primary");
    }
    return missing;
  }

  private static Throwable unreachable(PgConnectOptions options, Throwable error) {
    String where =
        options.isUsingDomainSocket()
            ? options.getHost()
            : options.getHost() + ":" + options.getPort();
    String reason =
        error instanceof PgException sql
            ? sql.getErrorMessage()
            : String.valueOf(Outages.told(error) == error ? error : error.getMessage());
    return new DatabaseRefusal(
        "The database at %s cannot be opened as user %s: %s"
            .formatted(where, options.getUser(), reason));
  }
}
