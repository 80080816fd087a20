package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import plenary.problem.Failure;

/**
 * One session on one node: its state and who watches it; {@link Fanout} says when they are told.
 * Everything happens on the stream's own event loop unless a method says otherwise; sockets live on
 * theirs.
 */
final class SessionStream implements StateReader.Follower {
  private static final long READ_RETRY_MILLIS = 500;

  /** Most private entities of a participant in one frame: the newest. */
  private static final int PRIVATE_MAX = 200;

  private final UUID session;
  private final Context home;
  private final StateReader reader;
  private final LiveLimits limits;
  private final LiveMeters meters;
  private final Audience audience;

  private final FrameMemo frames = new FrameMemo();
  private final Fanout fanout;
  private final Map<UUID, List<Member>> members = new HashMap<>();

  private boolean retired;
  private boolean erased;
  private long unwatchedSince = System.nanoTime();

  SessionStream(
      UUID session,
      Vertx vertx,
      Context home,
      SqlClient sql,
      LiveLimits limits,
      LiveMeters meters,
      Audience audience) {
    this.session = session;
    this.home = home;
    this.reader =
        new StateReader(
            since -> EntityStore.read(sql, session, since),
            this,
            work -> vertx.setTimer(READ_RETRY_MILLIS, ignored -> work.run()));
    this.limits = limits;
    this.meters = meters;
    this.audience = audience;
    this.fanout = new Fanout(vertx, this::run, limits, meters, frames, reader::state);
  }

  private record Member(LoopGroup group, LiveSocket socket) {}

  /** Runs work on this stream's loop, in order. May be called from any thread. */
  void run(Runnable work) {
    home.runOnContext(ignored -> work.run());
  }

  UUID session() {
    return session;
  }

  // ---- Reading -------------------------------------------------------------------------------

  /** A wake-up: the session is at that version somewhere. */
  void wake(long version) {
    reader.wake(version);
  }

  /** This node's own commit. */
  void committed(Committed commit) {
    reader.committed(commit);
  }

  /** What the healing poll saw, and {@link #version()} before it was sent. */
  void polled(long head, long asked) {
    reader.polled(head, asked);
  }

  /** The version that is in memory, 0 for none. May be asked from any thread. */
  long version() {
    return reader.version();
  }

  /** History was replaced: everyone starts again from a snapshot. */
  @Override
  public void replaced() {
    frames.clear();
    fanout.startAgain();
    closeAll(socket -> true, Bye.BUSY, socket -> (long) (Math.random() * 1_000));
  }

  /** The session was erased: everyone is told that it is over, and nobody is shown it again. */
  void erased() {
    erased = true;
    frames.clear();
    closeAll(socket -> true, Bye.CLOSED, socket -> 0);
  }

  @Override
  public void changed(SessionState known, List<Entity> changed, long before) {
    frames.clear();
    tellOwners(known, before);
    fanout.changed(changed);
  }

  private void tellOwners(SessionState known, long since) {
    if (members.isEmpty()) {
      return;
    }
    Map<UUID, List<Entity>> byOwner = new HashMap<>();
    known.forEachOwnedSince(
        since,
        entity -> {
          UUID owner = Objects.requireNonNull(entity.owner());
          if (members.containsKey(owner)) {
            byOwner.computeIfAbsent(owner, key -> new ArrayList<>()).add(entity);
          }
        });
    byOwner.forEach(
        (owner, entities) -> {
          String frame = Frames.privately(false, entities);
          for (Member member : members.getOrDefault(owner, List.of())) {
            member.group.run(() -> member.socket.offerPrivate(frame));
          }
        });
  }

  /** Every second: a pulse for views that heard nothing for a while. */
  void pulse() {
    SessionState known = reader.state();
    if (known != null) {
      fanout.pulse(known, told -> pulse(known, told));
    }
  }

  private Frame pulse(SessionState known, long told) {
    String text =
        Frames.pulse(
            told, known.version(), audience.live(session), audience.isDelayed(), Instant.now());
    return new Frame(known.epoch(), told, known.version(), text, Frame.Kind.PULSE);
  }

  /** The whole view as of now, or as of a version the caller knows of. */
  Future<Frame> snapshot(View view, long atLeast) {
    if (erased) {
      return Future.failedFuture(new Failure.NotFound("session"));
    }
    unwatchedSince = System.nanoTime();
    return reader.state(atLeast).map(known -> frames.snapshot(known, view));
  }

  // ---- Sockets -------------------------------------------------------------------------------

  /**
   * Lets a socket in. Its first frame and its place in the list come in one turn of its loop, so
   * nothing falls between them.
   */
  void join(LiveSocket socket, Thread loop, Context loopContext) {
    LoopGroup group = fanout.group(loop, loopContext);
    fanout.joined(socket.viewer().view());
    UUID owner = socket.viewer().owner();
    if (owner != null) {
      members.computeIfAbsent(owner, key -> new ArrayList<>()).add(new Member(group, socket));
    }
    group.run(() -> group.add(socket));
    bring(group, socket, socket.epoch(), socket.have());
  }

  void leave(LiveSocket socket, Thread loop) {
    LoopGroup group = fanout.group(loop);
    if (group == null) {
      return;
    }
    fanout.left(socket.viewer().view());
    UUID owner = socket.viewer().owner();
    if (owner != null) {
      members.computeIfPresent(
          owner,
          (key, theirs) -> {
            theirs.removeIf(member -> member.socket == socket);
            return theirs.isEmpty() ? null : theirs;
          });
    }
    group.run(() -> group.remove(socket));
    if (viewers() == 0) {
      unwatchedSince = System.nanoTime();
    }
  }

  void catchUp(LiveSocket socket, Thread loop, String epoch, long have) {
    LoopGroup group = fanout.group(loop);
    if (group != null) {
      meters.caughtUp();
      bring(group, socket, epoch, have);
    }
  }

  private void bring(LoopGroup group, LiveSocket socket, String epoch, long have) {
    View view = socket.viewer().view();
    if (erased) {
      group.run(() -> socket.close(Bye.CLOSED, 0));
      return;
    }
    reader
        .state(have)
        .onSuccess(
            known -> {
              fanout.startFrom(view, known.version());
              Frame frame =
                  known.canResume(epoch, have)
                      ? frames.since(known, view, have)
                      : frames.snapshot(known, view);
              UUID owner = socket.viewer().owner();
              List<Entity> theirs = owner == null ? List.of() : known.ownedBy(owner, PRIVATE_MAX);
              String privately = theirs.isEmpty() ? "" : Frames.privately(true, theirs);
              group.run(() -> socket.bring(frame, privately));
            })
        .onFailure(
            failure ->
                group.run(
                    () ->
                        socket.close(
                            failure instanceof Failure.NotFound ? Bye.CLOSED : Bye.BUSY,
                            READ_RETRY_MILLIS)));
  }

  /** Ends the streams that are meant. */
  void closeAll(Predicate<LiveSocket> which, Bye bye, ToLongFunction<LiveSocket> wait) {
    fanout.groups().forEach(group -> group.run(() -> group.close(which, bye, wait)));
  }

  int viewers() {
    return fanout.sockets();
  }

  int attendees() {
    return fanout.sockets(View.ATTENDEE);
  }

  /** Lets the session leave memory when nobody watched it for a while. Says whether it did. */
  boolean retireIfIdle(long now) {
    retired =
        retired
            || (viewers() == 0
                && !reader.isAwaited()
                && now - unwatchedSince > limits.idleAfter().toNanos());
    return retired;
  }

  boolean isRetired() {
    return retired;
  }
}
