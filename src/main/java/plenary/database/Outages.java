package plenary.database;

import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import plenary.problem.Failure;

/**
 * Errors of the database that pass by themselves, and what a caller is told of them: {@code 503}
 * with {@code Retry-After}. Everything else (a broken statement, a violated constraint) is a fault
 * of ours and stays what it is. Whoever uses {@link Database#pool()} directly maps with {@link
 * #told}; {@link Database#transaction} has done it already.
 */
public final class Outages {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /**
   * PostgreSQL's error codes (Appendix A) of a server that stops, starts or has no room; classes 08
   * and 58 and disk full come on top. 25006 is a standby that was promoted away from us.
   */
  private static final Set<String> PASSING =
      Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "53100", "53200", "53300", "25006");

  private static final String STATEMENT_TIMEOUT = "57014";
  private static final String LOCK_TIMEOUT = "55P03";
  private static final Set<String> ENDS_CONNECTION = Set.of("57P01", "57P02", "57P05", "25P03");
  private static final Set<String> AGAIN = Set.of("40001", "40P01");

  private Outages() {}

  /** The failure to tell for an error before any commit was asked for: nothing was changed. */
  public static Throwable told(Throwable error) {
    if (error instanceof Failure) {
      return error;
    }
    if (error instanceof ConnectionPoolTooBusyException
        || error instanceof TimeoutException
        || waitedInVain(error)) {
      return busy();
    }
    if (error instanceof PgException sql) {
      String state = String.valueOf(sql.getSqlState());
      if (state.equals(STATEMENT_TIMEOUT) || state.equals(LOCK_TIMEOUT) || AGAIN.contains(state)) {
        return busy();
      }
      return PASSING.contains(state) || state.startsWith("08") || state.startsWith("58")
          ? unreachable()
          : error;
    }
    return connectionLost(error) ? unreachable() : error;
  }

  /**
   * The failure to tell for an error of the commit itself: when the connection was lost nobody
   * knows whether it happened.
   */
  public static Throwable toldOfCommit(Throwable error) {
    boolean unknown =
        error instanceof TimeoutException
            || connectionLost(error)
            || (error instanceof PgException sql && ENDS_CONNECTION.contains(sql.getSqlState()));
    return unknown ? outcomeUnknown() : told(error);
  }

  /** Whether the connection is gone, so that a command on it may or may not have been done. */
  public static boolean connectionLost(Throwable error) {
    return error instanceof ClosedConnectionException
        || error instanceof IOException
        || (error instanceof VertxException && !(error instanceof PgException));
  }

  /** The pool's word for no connection within the limit; it has no class of its own. */
  static boolean waitedInVain(Throwable error) {
    return error instanceof VertxException
        && String.valueOf(error.getMessage()).startsWith("Timeout");
  }

  /** Whether the same transaction may simply run again: a deadlock or a serialization failure. */
  public static boolean runAgain(Throwable error) {
    return error instanceof PgException sql && AGAIN.contains(sql.getSqlState());
  }

  static Failure busy() {
    return new Failure.Unavailable(
        "busy",
        "The database did not answer in time. Nothing was changed; try again.",
        RETRY_AFTER);
  }

  static Failure unreachable() {
    return new Failure.Unavailable(
        "internal", "The database cannot be reached. Nothing was changed; try again.", RETRY_AFTER);
  }

  static Failure outcomeUnknown() {
    return new Failure.Unavailable(
        "outcome-unknown",
        "The database was lost while saving; it may or may not have been saved."
            + " Send it again with the same Idempotency-Key.",
        RETRY_AFTER);
  }
}
