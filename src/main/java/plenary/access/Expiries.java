package plenary.access;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;

/**
 * Ends the streams of roles whose time is over. A request is checked when it comes; a stream was
 * checked when it began, perhaps half a day ago. Every node looks for itself.
 */
final class Expiries {
  private static final long LOOK_MS = 2_000;

  /** A role may be used for the last time, and its end moved on, in the moment it is looked for. */
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Database database;
  private final Principals principals;
  private final Consumer<UUID> ended;
  private final InstantSource time;
  private long timer = -1;
  private Instant lookedAt;
  private boolean looking;

  /**
   * Expiries as one node sees them.
   *
   * @param ended ends the streams of a grant on this node, see {@code Live.revokedElsewhere}
   */
  Expiries(
      Vertx vertx,
      Database database,
      Principals principals,
      Consumer<UUID> ended,
      InstantSource time) {
    this.vertx = vertx;
    this.database = database;
    this.principals = principals;
    this.ended = ended;
    this.time = time;
    lookedAt = time.instant();
  }

  void start() {
    timer = vertx.setPeriodic(LOOK_MS, tick -> look());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /** One look at a time; what a failed one missed the next one finds. */
  private synchronized void look() {
    if (looking) {
      return;
    }
    looking = true;
    Instant now = time.instant();
    GrantStore.endedBetween(database.pool(), lookedAt.minus(OVERLAP), now)
        .onComplete(
            found -> {
              if (found.succeeded()) {
                end(found.result());
              }
              looked(found.succeeded() ? now : null);
            });
  }

  private void end(List<Revocations.Revoked> roles) {
    for (Revocations.Revoked role : roles) {
      principals.forget(role.signIn());
      ended.accept(role.principal());
    }
  }

  private synchronized void looked(@Nullable Instant at) {
    looking = false;
    if (at != null) {
      lookedAt = at;
    }
  }
}
