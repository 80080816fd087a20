package plenary.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live engine of one node: takes commands, keeps what is watched in memory, tells those who
 * watch. The class is safe for use from any thread.
 *
 * <p>{@link #start} completes once the node listens to the others, so it is ready only then.
 */
public final class Live {
  private static final Duration KEY_AGE = Duration.ofHours(24);
  private static final Duration TOMBSTONE_AGE = Duration.ofDays(7);
  private static final Duration CLEAN_EVERY = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final Pool pool;
  private final LiveMeters meters;
  private final List<Committer> committers = new ArrayList<>();
  private final Streams streams;
  private final Signal signal;
  private final AtomicInteger slots = new AtomicInteger();
  private final List<Consumer<UUID>> committedListeners = new CopyOnWriteArrayList<>();
  private volatile boolean draining;

  private Live(Vertx vertx, Pool pool, LiveMeters meters, Streams streams, Signal signal) {
    this.vertx = vertx;
    this.pool = pool;
    this.meters = meters;
    this.streams = streams;
    this.signal = signal;
  }

  /**
   * Starts the engine.
   *
   * @param options for connections of its own: each committer has one, and listening has one
   * @param pool for reads and for sending signals
   */
  public static Future<Live> start(
      Vertx vertx,
      PgConnectOptions options,
      Pool pool,
      CommitLimits commits,
      LiveLimits limits,
      MeterRegistry registry,
      Faults faults) {
    LiveMeters meters = new LiveMeters(registry);
    int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
    return contexts(vertx, loops + commits.committers())
        .compose(
            contexts -> {
              UUID node = UUID.randomUUID();
              Signal signal = new PgSignal(vertx, contexts.getFirst(), options, pool, node);
              Streams streams =
                  new Streams(vertx, contexts.subList(0, loops), pool, limits, meters, signal);
              Live live = new Live(vertx, pool, meters, streams, signal);
              for (int i = 0; i < commits.committers(); i++) {
                live.addCommitter(contexts.get(loops + i), options, commits, faults);
              }
              return streams
                  .start()
                  .map(
                      ignored -> {
                        vertx.setPeriodic(CLEAN_EVERY.toMillis(), tick -> live.clean());
                        return live;
                      });
            });
  }

  private void addCommitter(
      Context context, PgConnectOptions options, CommitLimits commits, Faults faults) {
    Committer committer =
        new Committer(vertx, context, options, commits, this::committed, meters, faults);
    meters.queue(committer, committers.size(), committer::waiting);
    committers.add(committer);
  }

  /** Deploys empty verticles, each of which brings the context of one event loop. */
  private static Future<List<Context>> contexts(Vertx vertx, int count) {
    List<Future<Context>> contexts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Promise<Context> promise = Promise.promise();
      Deployable deployable =
          context -> {
            promise.complete(context);
            return Future.succeededFuture();
          };
      contexts.add(vertx.deployVerticle(deployable).compose(ignored -> promise.future()));
    }
    return Future.all(contexts).map(all -> all.list());
  }

  private void committed(Committed commit) {
    streams.committed(commit);
    signal.announce(commit.session(), commit.to());
    committedListeners.forEach(listener -> listener.accept(commit.session()));
  }

  /** Tells of every session that this node committed something to; quick work on the committer. */
  public void onCommitted(Consumer<UUID> listener) {
    committedListeners.add(listener);
  }

  /**
   * Queues a command. The future completes after its commit, with the command's answer and the
   * {@code version} that contains it; or it fails with why nothing was done, or with {@code
   * outcome-unknown} when that cannot be said. It completes on the caller's event loop.
   */
  public Future<JsonObject> submit(Command command) {
    int lane = Math.floorMod(command.session().hashCode(), committers.size());
    return committers.get(lane).submit(command);
  }

  /**
   * Lets a client watch a session. Call it on the event loop of the client's connection.
   *
   * @param epoch of the client's position, empty for none
   * @param since the version the client stands at, 0 for none
   * @return what has to be closed when the connection is gone
   */
  public Watch watch(UUID session, Viewer viewer, Outlet outlet, String epoch, long since) {
    return streams.watch(session, viewer, outlet, epoch, since, slots.getAndIncrement());
  }

  /** A socket's place in a stream. */
  public interface Watch {
    /** The connection is gone. */
    void left();
  }

  /**
   * A view of a session as of now.
   *
   * @param atLeast a version known to the caller that must be contained
   */
  public Future<Snapshot> snapshot(UUID session, View view, long atLeast) {
    return streams.snapshot(session, view, atLeast);
  }

  /** A view as of a version, as the snapshot frame's text. */
  public record Snapshot(String epoch, long version, String text) {}

  /** Ends the streams that rest on a grant or participant, on every node, within two seconds. */
  public void revoke(UUID principal) {
    streams.revoked(principal);
    signal.revoke(principal);
  }

  /** Ends the local streams that rest on it; for whoever learns of a revocation by reading. */
  public void revokedElsewhere(UUID principal) {
    streams.revoked(principal);
  }

  /**
   * Locks sessions as a commit does, in the transaction of whoever erases them: no command runs on
   * them meanwhile.
   */
  public static Future<Void> hold(SqlConnection sql, Collection<UUID> sessions) {
    return EntityStore.lockHeads(sql, sessions).mapEmpty();
  }

  /** Deletes what the engine keeps of sessions that are held and of which nothing else is left. */
  public static Future<Void> erase(SqlConnection sql, Collection<UUID> sessions) {
    return EntityStore.erase(sql, sessions);
  }

  /**
   * Ends the streams of sessions whose erasure has committed, on every node; one that does not hear
   * of it finds with its next poll that they are gone.
   */
  public void erased(Collection<UUID> sessions) {
    sessions.forEach(streams::erased);
    sessions.forEach(signal::erase);
  }

  /** Attendees that watch the session now, on all nodes. */
  public int attendees(UUID session) {
    return streams.live(session);
  }

  /** Whether this node listens to the others and heard from the database lately. */
  public boolean isHealthy() {
    return !streams.isDelayed();
  }

  public boolean isDraining() {
    return draining;
  }

  /** Counts a connection that was freed because its client misbehaved. */
  public void hardClosed(String reason) {
    meters.hardClosed(reason);
  }

  /**
   * Sends everybody to other nodes, spread over a while, and waits until they have gone.
   *
   * @param spread the clients come back within this time
   */
  public Future<Void> drain(Duration spread) {
    draining = true;
    streams.moveAll(spread);
    Promise<Void> gone = Promise.promise();
    long until = System.nanoTime() + spread.toNanos();
    vertx.setPeriodic(
        50,
        timer -> {
          if (streams.viewers() == 0 || System.nanoTime() > until) {
            vertx.cancelTimer(timer);
            gone.tryComplete();
          }
        });
    return gone.future();
  }

  public Future<Void> close() {
    return signal.close();
  }

  private void clean() {
    EntityStore.forgetKeys(pool, KEY_AGE);
    EntityStore.purgeTombstones(pool, TOMBSTONE_AGE);
  }

  /** For tests: what the engine has in memory. */
  @Nullable SessionStream stream(UUID session) {
    return streams.find(session);
  }
}
