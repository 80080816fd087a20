package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions this node has in memory: finds them, makes them, lets the idle go, wakes them on
 * signals, and heals lost signals by polling.
 */
final class Streams implements Signal.Listener, Audience {
  private static final long COUNT_MILLIS = 2_000;
  private static final Duration NODE_SILENT = Duration.ofSeconds(5);
  private static final Duration DELAYED = Duration.ofSeconds(5);

  /** A handshake that began before a revocation has become a stream, or failed, by then. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final List<Context> homes;
  private final Pool pool;
  private final LiveLimits limits;
  private final LiveMeters meters;
  private final Signal signal;
  private final Map<UUID, SessionStream> streams = new ConcurrentHashMap<>();
  private final Map<UUID, Map<UUID, Count>> counts = new ConcurrentHashMap<>();

  /** Who lost what they had a moment ago, and when. */
  private final Map<UUID, Long> revoked = new ConcurrentHashMap<>();

  private volatile long heardAt = System.nanoTime();
  private volatile boolean polling;

  private record Count(int attendees, long at) {}

  Streams(
      Vertx vertx,
      List<Context> homes,
      Pool pool,
      LiveLimits limits,
      LiveMeters meters,
      Signal signal) {
    this.vertx = vertx;
    this.homes = List.copyOf(homes);
    this.pool = pool;
    this.limits = limits;
    this.meters = meters;
    this.signal = signal;
  }

  Future<Void> start() {
    return signal
        .listen(this)
        .map(
            ignored -> {
              vertx.setPeriodic(limits.healEvery().toMillis(), timer -> poll());
              vertx.setPeriodic(1_000, timer -> everySecond());
              vertx.setPeriodic(COUNT_MILLIS, timer -> publishCounts());
              return null;
            });
  }

  @Nullable SessionStream find(UUID session) {
    return streams.get(session);
  }

  private SessionStream stream(UUID session) {
    return streams.computeIfAbsent(
        session,
        id ->
            new SessionStream(
                id,
                vertx,
                homes.get(Math.floorMod(id.hashCode(), homes.size())),
                pool,
                limits,
                meters,
                this));
  }

  Live.Watch watch(UUID session, Viewer viewer, Outlet outlet, String epoch, long since, int slot) {
    Thread loop = Thread.currentThread();
    Context context = vertx.getOrCreateContext();
    LiveSocket socket = new LiveSocket(viewer, outlet, epoch, since, slot);
    onStream(
        session,
        stream -> {
          socket.onBehind(
              () -> {
                String position = socket.epoch();
                long have = socket.have();
                stream.run(() -> stream.catchUp(socket, loop, position, have));
              });
          stream.join(socket, loop, context);
          // Let in just before a revocation, it comes here just after: nobody would end it.
          if (viewer.principals().stream().anyMatch(revoked::containsKey)) {
            stream.closeAll(each -> each == socket, Bye.REVOKED, each -> 0);
          }
        });
    return () -> {
      socket.gone();
      onStream(session, stream -> stream.leave(socket, loop));
    };
  }

  Future<Live.Snapshot> snapshot(UUID session, View view, long atLeast) {
    Promise<Live.Snapshot> promise = Promise.promise();
    onStream(
        session,
        stream ->
            stream
                .snapshot(view, atLeast)
                .map(frame -> new Live.Snapshot(frame.epoch(), frame.version(), frame.text()))
                .onComplete(promise));
    return promise.future();
  }

  /** Runs work on a session's stream and loop; one that just left memory is made again. */
  private void onStream(UUID session, Consumer<SessionStream> work) {
    SessionStream stream = stream(session);
    stream.run(
        () -> {
          if (stream.isRetired()) {
            onStream(session, work);
          } else {
            work.accept(stream);
          }
        });
  }

  void committed(Committed commit) {
    SessionStream stream = streams.get(commit.session());
    if (stream != null) {
      stream.run(() -> stream.committed(commit));
    }
  }

  @Override
  public void revoked(UUID principal) {
    revoked.put(principal, System.nanoTime());
    for (SessionStream stream : streams.values()) {
      stream.run(
          () ->
              stream.closeAll(
                  socket -> socket.viewer().principals().contains(principal),
                  Bye.REVOKED,
                  socket -> 0));
    }
  }

  void moveAll(Duration spread) {
    for (SessionStream stream : streams.values()) {
      stream.run(
          () ->
              stream.closeAll(
                  socket -> true,
                  Bye.MOVED,
                  socket -> ThreadLocalRandom.current().nextLong(spread.toMillis() + 1)));
    }
  }

  int viewers() {
    return streams.values().stream().mapToInt(SessionStream::viewers).sum();
  }

  // ---- Signals -------------------------------------------------------------------------------

  @Override
  public void announced(UUID session, long version) {
    SessionStream stream = streams.get(session);
    if (stream != null) {
      stream.run(() -> stream.wake(version));
    }
  }

  @Override
  public void counted(UUID node, UUID session, int attendees) {
    // Also of sessions that nobody watches here: the organiser's overview asks for all of them.
    counts
        .computeIfAbsent(session, id -> new ConcurrentHashMap<>())
        .put(node, new Count(attendees, System.nanoTime()));
  }

  @Override
  public void listening() {
    poll();
  }

  /** One query for all that is in memory: heals whatever a signal did not say. */
  private void poll() {
    if (polling) {
      return;
    }
    polling = true;
    // What is in memory now: whatever a node commits while the query runs is newer than its answer.
    Map<UUID, Long> asked = new HashMap<>();
    streams.forEach((session, stream) -> asked.put(session, stream.version()));
    EntityStore.heads(pool, asked.keySet())
        .onComplete(
            heads -> {
              polling = false;
              if (heads.succeeded()) {
                heardAt = System.nanoTime();
                heads
                    .result()
                    .forEach(
                        (session, head) -> polled(session, head, asked.getOrDefault(session, 0L)));
                asked.forEach(
                    (session, version) -> {
                      if (version > 0 && !heads.result().containsKey(session)) {
                        erased(session);
                      }
                    });
              }
            });
  }

  @Override
  public void erased(UUID session) {
    SessionStream stream = streams.get(session);
    if (stream != null) {
      stream.run(stream::erased);
    }
  }

  private void polled(UUID session, long head, long asked) {
    SessionStream stream = streams.get(session);
    if (stream != null) {
      stream.run(() -> stream.polled(head, asked));
    }
  }

  @Override
  public boolean isDelayed() {
    return System.nanoTime() - heardAt > DELAYED.toNanos();
  }

  // ---- Counting ------------------------------------------------------------------------------

  @Override
  public int live(UUID session) {
    SessionStream stream = streams.get(session);
    int here = stream == null ? 0 : stream.attendees();
    long oldest = System.nanoTime() - NODE_SILENT.toNanos();
    int elsewhere = 0;
    for (Count count : counts.getOrDefault(session, Map.of()).values()) {
      if (count.at > oldest) {
        elsewhere += count.attendees;
      }
    }
    return here + elsewhere;
  }

  private void publishCounts() {
    Map<UUID, Integer> attendees = new HashMap<>();
    for (SessionStream stream : streams.values()) {
      if (stream.attendees() > 0) {
        attendees.put(stream.session(), stream.attendees());
      }
    }
    signal.count(attendees);
  }

  private void everySecond() {
    long now = System.nanoTime();
    for (Map<UUID, Count> ofNodes : counts.values()) {
      ofNodes.values().removeIf(count -> now - count.at > NODE_SILENT.toNanos());
    }
    counts.values().removeIf(Map::isEmpty);
    revoked.values().removeIf(at -> now - at > HANDSHAKE.toNanos());
    for (SessionStream stream : streams.values()) {
      stream.run(
          () -> {
            stream.pulse();
            if (stream.retireIfIdle(now)) {
              streams.remove(stream.session(), stream);
            }
          });
    }
  }
}
