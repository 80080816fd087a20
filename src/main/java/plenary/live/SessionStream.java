package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import plenary.problem.Failure;

/**
 * One session on one node: its state, who watches it, and when they are told. Everything happens on
 * the stream's own event loop unless a method says otherwise; sockets live on theirs.
 */
final class SessionStream implements StateReader.Follower {
  private static final long READ_RETRY_MILLIS = 500;

  /** A view of which nobody was told anything yet. */
  private static final long NOWHERE = -1;

  /** Frames kept for those who come next, and for how long: their time of day grows old. */
  private static final int MEMO_MAX = 256;

  private static final long MEMO_NANOS = 1_000_000_000L;

  /** Most private entities of a participant in one frame: the newest. */
  private static final int PRIVATE_MAX = 200;

  private final UUID session;
  private final Vertx vertx;
  private final Context home;
  private final StateReader reader;
  private final LiveLimits limits;
  private final LiveMeters meters;
  private final Audience audience;

  private final Map<Thread, LoopGroup> groups = new IdentityHashMap<>();
  private final Map<View, Channel> channels = new EnumMap<>(View.class);
  private final Map<UUID, List<Member>> members = new HashMap<>();
  private final Map<Since, Frame> memo = new HashMap<>();

  private long memoSince;
  private boolean retired;
  private boolean erased;
  private long timer = -1;
  private long timerAt = Long.MAX_VALUE;
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
    this.vertx = vertx;
    this.home = home;
    this.reader =
        new StateReader(
            since -> EntityStore.read(sql, session, since),
            this,
            work -> vertx.setTimer(READ_RETRY_MILLIS, ignored -> work.run()));
    this.limits = limits;
    this.meters = meters;
    this.audience = audience;
    for (View view : View.values()) {
      channels.put(view, new Channel(new Tempo(view, limits)));
    }
  }

  /** How far a view was told, and its tempo. */
  private static final class Channel {
    private final Tempo tempo;

    /** Written on the stream's loop, read by others. */
    private volatile int sockets;

    private long told = NOWHERE;

    Channel(Tempo tempo) {
      this.tempo = tempo;
    }

    void joined(int difference) {
      int before = sockets;
      sockets = before + difference;
    }
  }

  private record Member(LoopGroup group, LiveSocket socket) {}

  private record Since(View view, String epoch, long version) {}

  private Channel channel(View view) {
    return Objects.requireNonNull(channels.get(view));
  }

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
    memo.clear();
    channels.values().forEach(channel -> channel.told = NOWHERE);
    closeAll(socket -> true, Bye.BUSY, socket -> (long) (Math.random() * 1_000));
  }

  /** The session was erased: everyone is told that it is over, and nobody is shown it again. */
  void erased() {
    erased = true;
    memo.clear();
    closeAll(socket -> true, Bye.CLOSED, socket -> 0);
  }

  // ---- Telling -------------------------------------------------------------------------------

  @Override
  public void changed(SessionState known, List<Entity> changed, long before) {
    memo.clear();
    long now = System.nanoTime();
    for (View view : View.values()) {
      Channel channel = channel(view);
      if (channel.sockets > 0) {
        schedule(view, channel, changed, now);
      }
    }
    tellOwners(known, before);
    tick();
  }

  private void schedule(View view, Channel channel, List<Entity> changed, long now) {
    boolean concerned = false;
    boolean talliesOnly = true;
    for (Entity entity : changed) {
      if (view.in(entity.views() | entity.shown())) {
        concerned = true;
        talliesOnly &= entity.key().startsWith("tally/");
      }
    }
    if (concerned) {
      channel.tempo.changed(now, channel.sockets, talliesOnly);
    }
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

  /** Sends what is due and sets the timer for what is due next. */
  private void tick() {
    long now = System.nanoTime();
    long next = Long.MAX_VALUE;
    for (View view : View.values()) {
      Channel channel = channel(view);
      if (channel.tempo.isDue(now)) {
        tell(view, channel, now);
      }
      next = Math.min(next, channel.tempo.dueAt());
    }
    if (next < timerAt) {
      if (timer >= 0) {
        vertx.cancelTimer(timer);
      }
      timerAt = next;
      timer =
          vertx.setTimer(
              Math.max(1, (next - now + 999_999) / 1_000_000),
              ignored -> {
                timer = -1;
                timerAt = Long.MAX_VALUE;
                tick();
              });
    }
  }

  private void tell(View view, Channel channel, long now) {
    SessionState known = reader.state();
    if (known == null || channel.sockets == 0 || channel.told == NOWHERE) {
      channel.tempo.sent(now);
      return;
    }
    Frame frame = since(known, view, channel.told);
    if (frame.isEmpty()) {
      channel.tempo.sent(now);
    } else {
      fanOut(view, channel, frame, now);
    }
  }

  private void fanOut(View view, Channel channel, Frame frame, long now) {
    channel.told = Math.max(channel.told, frame.version());
    channel.tempo.sent(now);
    List<LoopGroup> loops = List.copyOf(groups.values());
    int[] left = {loops.size()};
    long[] slowest = {0};
    for (LoopGroup group : loops) {
      group.run(
          () ->
              group.deliver(
                  view,
                  frame,
                  took ->
                      run(
                          () -> {
                            left[0]--;
                            slowest[0] = Math.max(slowest[0], took);
                            if (left[0] == 0) {
                              meters.fanout(System.nanoTime() - now);
                              channel.tempo.fanoutTook(slowest[0]);
                            }
                          })));
    }
  }

  /** Every second: a pulse for views that heard nothing for a while. */
  void pulse() {
    SessionState known = reader.state();
    if (known == null) {
      return;
    }
    long now = System.nanoTime();
    for (View view : View.values()) {
      Channel channel = channel(view);
      long every =
          view == View.ATTENDEE
              ? limits.pulseEvery().toNanos()
              : Math.min(limits.pulseEvery().toNanos(), 2_000_000_000L);
      if (channel.sockets > 0
          && channel.told != NOWHERE
          && !channel.tempo.isPending()
          && now - channel.tempo.lastSent() >= every - 500_000_000L) {
        Frame delta = since(known, view, channel.told);
        Frame frame = delta.isEmpty() ? pulse(known, channel.told) : delta;
        fanOut(view, channel, frame, now);
      }
    }
  }

  private Frame pulse(SessionState known, long told) {
    String text =
        Frames.pulse(
            told, known.version(), audience.live(session), audience.isDelayed(), Instant.now());
    return new Frame(known.epoch(), told, known.version(), text, Frame.Kind.PULSE);
  }

  private Frame since(SessionState known, View view, long since) {
    return remembered(
        new Since(view, known.epoch(), since),
        key -> {
          SessionState.Delta delta = known.since(view, since);
          String text = Frames.change(known.epoch(), since, known.version(), delta, Instant.now());
          Frame.Kind kind = delta.isEmpty() ? Frame.Kind.EMPTY : Frame.Kind.CHANGE;
          return new Frame(known.epoch(), since, known.version(), text, kind);
        });
  }

  private Frame remembered(Since key, Function<Since, Frame> encode) {
    long now = System.nanoTime();
    if (memo.size() >= MEMO_MAX || now - memoSince > MEMO_NANOS) {
      memo.clear();
      memoSince = now;
    }
    return memo.computeIfAbsent(key, encode);
  }

  private Frame snapshot(SessionState known, View view) {
    return remembered(
        new Since(view, known.epoch(), -1),
        key ->
            new Frame(
                known.epoch(),
                0,
                known.version(),
                Frames.snapshot(known.epoch(), known.version(), known.seenBy(view), Instant.now()),
                Frame.Kind.SNAPSHOT));
  }

  /** The whole view as of now, or as of a version the caller knows of. */
  Future<Frame> snapshot(View view, long atLeast) {
    if (erased) {
      return Future.failedFuture(new Failure.NotFound("session"));
    }
    unwatchedSince = System.nanoTime();
    return reader.state(atLeast).map(known -> snapshot(known, view));
  }

  // ---- Sockets -------------------------------------------------------------------------------

  /**
   * Lets a socket in. Its first frame and its place in the list come in one turn of its loop, so
   * nothing falls between them.
   */
  void join(LiveSocket socket, Thread loop, Context loopContext) {
    LoopGroup group =
        groups.computeIfAbsent(loop, key -> new LoopGroup(vertx, loopContext, limits, meters));
    View view = socket.viewer().view();
    if (channel(view).sockets == 0) {
      channel(view).told = NOWHERE;
    }
    channel(view).joined(1);
    meters.sockets(view, 1);
    UUID owner = socket.viewer().owner();
    if (owner != null) {
      members.computeIfAbsent(owner, key -> new ArrayList<>()).add(new Member(group, socket));
    }
    group.run(() -> group.add(socket));
    bring(group, socket, socket.epoch(), socket.have());
  }

  void leave(LiveSocket socket, Thread loop) {
    LoopGroup group = groups.get(loop);
    if (group == null) {
      return;
    }
    View view = socket.viewer().view();
    channel(view).joined(-1);
    meters.sockets(view, -1);
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
    LoopGroup group = groups.get(loop);
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
              if (channel(view).told == NOWHERE) {
                channel(view).told = known.version();
              }
              Frame frame =
                  known.canResume(epoch, have) ? since(known, view, have) : snapshot(known, view);
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
    groups.values().forEach(group -> group.run(() -> group.close(which, bye, wait)));
  }

  int viewers() {
    return channels.values().stream().mapToInt(channel -> channel.sockets).sum();
  }

  int attendees() {
    return channel(View.ATTENDEE).sockets;
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
