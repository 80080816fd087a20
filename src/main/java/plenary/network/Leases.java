package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;

/**
 * Jobs that one node at a time does. A job is an advisory lock of PostgreSQL on a connection that
 * this node keeps: it is free again when the node, its connection or its machine dies. The server
 * ends a connection that is silent for ten seconds, so a node that was cut off loses its jobs.
 * Whoever holds one still has to be fenced where it writes. One event loop.
 */
public final class Leases {
  private static final Duration BEAT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Database database;
  private final Runnable lost;
  private final Set<String> held = new HashSet<>();
  private @Nullable PgConnection connection;
  private boolean connecting;
  private long timer = -1;

  /**
   * @param lost is told when everything that was held is held no longer
   */
  public Leases(Vertx vertx, Database database, Runnable lost) {
    this.vertx = vertx;
    this.database = database;
    this.lost = lost;
  }

  public void start() {
    timer = vertx.setPeriodic(BEAT.toMillis(), tick -> beat());
  }

  /** Gives everything back. */
  public Future<Void> stop() {
    vertx.cancelTimer(timer);
    PgConnection open = connection;
    connection = null;
    held.clear();
    return open == null ? Future.succeededFuture() : giveBack(open);
  }

  /** Locks belong to the connection, which its pool would keep open. */
  private static Future<Void> giveBack(PgConnection connection) {
    return connection
        .query("select pg_advisory_unlock_all(); reset idle_session_timeout")
        .execute()
        .transform(done -> connection.close())
        .otherwiseEmpty();
  }

  /** Whether this node does the job from now on, or did already. */
  public Future<Boolean> take(String job) {
    if (held.contains(job)) {
      return Future.succeededFuture(true);
    }
    PgConnection open = connection;
    if (open == null) {
      connect();
      return Future.succeededFuture(false);
    }
    return open.preparedQuery("select pg_try_advisory_lock(hashtextextended($1, 0))")
        .execute(Tuple.of("plenary " + job))
        .map(
            rows -> {
              boolean mine = rows.iterator().next().getBoolean(0);
              if (mine && connection == open) {
                held.add(job);
              }
              return mine && connection == open;
            })
        .recover(
            error -> {
              broke(open);
              return Future.succeededFuture(false);
            });
  }

  /** Lets another node do it. */
  public Future<Void> release(String job) {
    PgConnection open = connection;
    if (!held.remove(job) || open == null) {
      return Future.succeededFuture();
    }
    return open.preparedQuery("select pg_advisory_unlock(hashtextextended($1, 0))")
        .execute(Tuple.of("plenary " + job))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void connect() {
    if (connecting) {
      return;
    }
    connecting = true;
    database
        .connection()
        .compose(
            fresh ->
                fresh
                    .query("set idle_session_timeout = '10s'")
                    .execute()
                    .map(fresh)
                    .onFailure(error -> fresh.close()))
        .onComplete(
            done -> {
              connecting = false;
              if (done.succeeded()) {
                PgConnection fresh = done.result();
                connection = fresh;
                fresh.closeHandler(closed -> broke(fresh));
              }
            });
  }

  private void beat() {
    PgConnection open = connection;
    if (open != null) {
      open.query("select 1").execute().onFailure(error -> broke(open));
    }
  }

  private void broke(PgConnection which) {
    if (connection != which) {
      return;
    }
    connection = null;
    giveBack(which);
    if (!held.isEmpty()) {
      held.clear();
      lost.run();
    }
  }
}
