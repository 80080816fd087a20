package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import plenary.database.Database;

/**
 * Ends on this node what was taken back on any: what is remembered of a sign-in, and its streams.
 * The node that does it knows at once; the others read the newest rows each second, and after an
 * outage of the database everything since the last time they could.
 */
public final class Revocations {
  private static final long POLL_MS = 1_000;

  /** Rows become visible a little after their time, when their transaction commits. */
  private static final Duration OVERLAP = Duration.ofSeconds(15);

  private static final Duration WINDOW_MAX = Duration.ofHours(1);
  private static final int SEEN_MAX = 20_000;

  private final Vertx vertx;
  private final Database database;
  private final Principals principals;
  private final Consumer<UUID> here;
  private final Consumer<UUID> elsewhere;
  private final Map<UUID, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
          return size() > SEEN_MAX;
        }
      };
  private long timer = -1;
  private long readAt = System.nanoTime();
  private boolean reading;

  /**
   * Revocations of one node.
   *
   * @param here ends the streams of a grant or participant that was taken back on this node, see
   *     {@code Live.revoke}
   * @param elsewhere the same for one that another node took back, see {@code
   *     Live.revokedElsewhere}
   */
  Revocations(
      Vertx vertx,
      Database database,
      Principals principals,
      Consumer<UUID> here,
      Consumer<UUID> elsewhere) {
    this.vertx = vertx;
    this.database = database;
    this.principals = principals;
    this.here = here;
    this.elsewhere = elsewhere;
  }

  /**
   * A grant or participant that lost what it had.
   *
   * @param signIn the sign-in it belongs to
   */
  record Revoked(UUID principal, UUID signIn) {}

  /** Starts to listen to the other nodes. */
  void start() {
    timer = vertx.setPeriodic(POLL_MS, tick -> poll());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /** Something was taken back here, and its transaction has committed. */
  void done(List<Revoked> revoked) {
    for (Revoked each : revoked) {
      principals.forget(each.signIn());
      here.accept(each.principal());
    }
  }

  /** Reads what other nodes took back. */
  synchronized Future<Void> poll() {
    if (reading) {
      return Future.succeededFuture();
    }
    reading = true;
    long began = System.nanoTime();
    Duration window = Duration.ofNanos(began - readAt).plus(OVERLAP);
    return GrantStore.revokedWithin(
            database.pool(), window.compareTo(WINDOW_MAX) < 0 ? window : WINDOW_MAX)
        .onComplete(
            read -> {
              if (read.succeeded()) {
                apply(read.result(), began);
              } else {
                failed();
              }
            })
        .mapEmpty();
  }

  private void apply(List<GrantStore.Told> told, long began) {
    List<GrantStore.Told> fresh;
    synchronized (this) {
      reading = false;
      readAt = began;
      fresh = told.stream().filter(each -> seen.put(each.id(), true) == null).toList();
    }
    for (GrantStore.Told each : fresh) {
      principals.forget(each.revoked().signIn());
      elsewhere.accept(each.revoked().principal());
    }
  }

  private synchronized void failed() {
    reading = false;
  }
}
