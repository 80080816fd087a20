package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import plenary.live.EntityStore.Reading;
import plenary.problem.Failure;

/**
 * Keeps a session's state in step with the database: one read under way, repeated while something
 * is known to be newer. Confined to the stream's event loop, but for {@link #version()}.
 */
final class StateReader {
  private static final Logger LOG = Logger.getLogger(StateReader.class.getName());

  private final Source source;
  private final Follower follower;
  private final Consumer<Runnable> later;

  /** Who waits for a read that has not begun yet. */
  private final List<Asked> waiting = new ArrayList<>();

  private @Nullable SessionState state;
  private boolean reading;

  /** The newest version that was announced since the read under way began. */
  private long woken;

  private volatile long version;

  /** How to read everything after a version; null for a session that is not there. */
  interface Source {
    Future<@Nullable Reading> read(long since);
  }

  /** Who is told of changes. */
  interface Follower {
    /** The state has moved on from a version by those entities. */
    void changed(SessionState state, List<Entity> changed, long before);

    /** History was replaced (a restore, a fail-over): there is no state now. */
    void replaced();
  }

  private record Asked(long atLeast, Promise<SessionState> promise) {}

  /**
   * A reader that has read nothing yet.
   *
   * @param later runs work on the same event loop after a pause
   */
  StateReader(Source source, Follower follower, Consumer<Runnable> later) {
    this.source = source;
    this.follower = follower;
    this.later = later;
  }

  @Nullable SessionState state() {
    return state;
  }

  /** The state's version, 0 without one. May be asked from any thread. */
  long version() {
    return version;
  }

  boolean isAwaited() {
    return reading || !waiting.isEmpty();
  }

  /**
   * The state, read from the database when it is not there yet or is older than asked for. A
   * version beyond the head was never given out by this history; then it is the newest there is.
   */
  Future<SessionState> state(long atLeast) {
    SessionState known = state;
    if (known != null && known.version() >= atLeast) {
      return Future.succeededFuture(known);
    }
    Promise<SessionState> promise = Promise.promise();
    waiting.add(new Asked(atLeast, promise));
    read();
    return promise.future();
  }

  /** The session is at that version somewhere. Lost and reordered wake-ups do no harm. */
  void wake(long newest) {
    woken = Math.max(woken, newest);
    if (state != null && state.version() < newest) {
      read();
    }
  }

  /** This node's own commit: taken over directly when it follows what is here. */
  void committed(Committed commit) {
    SessionState known = state;
    if (known != null && !reading && known.version() == commit.from()) {
      apply(known, commit.entities(), commit.to());
    } else {
      wake(commit.to());
    }
  }

  /**
   * What a poll saw; a head below what was here when it was asked means that history was replaced.
   *
   * @param asked {@link #version()} before the poll was sent: what was committed meanwhile is newer
   */
  void polled(long head, long asked) {
    SessionState known = state;
    if (known != null && !reading && head < asked && head < known.version()) {
      discard();
    } else {
      wake(head);
    }
  }

  private void read() {
    if (reading) {
      return;
    }
    reading = true;
    woken = 0;
    List<Asked> asked = List.copyOf(waiting);
    waiting.clear();
    long since = state == null ? 0 : state.version();
    source
        .read(since)
        .onComplete(
            result -> {
              reading = false;
              if (result.failed()) {
                failed(asked, result.cause());
              } else {
                take(asked, result.result(), since);
              }
            });
  }

  private void failed(List<Asked> asked, Throwable cause) {
    LOG.log(Level.WARNING, "A session could not be read; trying again.", cause);
    waiting.addAll(asked);
    refuse(
        new Failure.Unavailable(
            "busy", "The database does not answer now.", Duration.ofSeconds(1)));
    if (state != null) {
      later.accept(this::read);
    }
  }

  private void refuse(Failure failure) {
    List<Asked> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(one -> one.promise.fail(failure));
  }

  private void take(List<Asked> asked, @Nullable Reading found, long since) {
    if (found == null) {
      waiting.addAll(asked);
      refuse(new Failure.NotFound("session"));
      return;
    }
    SessionState known = state;
    if (known != null && (found.head() < since || !found.epoch().equals(known.epoch()))) {
      waiting.addAll(asked);
      discard();
      return;
    }
    if (known == null) {
      known = new SessionState(found);
      state = known;
      version = known.version();
    } else if (found.head() > known.version()) {
      known.purged(found.purgedBelow());
      apply(known, found.entities(), found.head());
    }
    SessionState current = known;
    asked.forEach(one -> one.promise.complete(current));
    again(current);
  }

  /** Reads once more for what was announced, or asked for, while the read was under way. */
  private void again(SessionState known) {
    List<Asked> later = List.copyOf(waiting);
    waiting.clear();
    for (Asked one : later) {
      if (one.atLeast <= known.version()) {
        one.promise.complete(known);
      } else {
        waiting.add(one);
      }
    }
    if (woken > known.version() || !waiting.isEmpty()) {
      read();
    }
  }

  private void apply(SessionState known, List<Entity> changed, long to) {
    long before = known.version();
    known.apply(changed, to);
    version = to;
    follower.changed(known, changed, before);
  }

  private void discard() {
    LOG.warning("The history of a session was replaced; its viewers start again.");
    state = null;
    version = 0;
    follower.replaced();
    if (!waiting.isEmpty()) {
      read();
    }
  }
}
