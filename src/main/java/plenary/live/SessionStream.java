package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import plenary.live.EntityStore.Reading;
import plenary.problem.Failure;

/**
 * One session on one node: its state, who watches it, and when they are told. Everything happens on
 * the stream's own event loop unless a method says otherwise; sockets live on theirs.
 */
final class SessionStream {
  private static final Logger LOG = Logger.getLogger(SessionStream.class.getName());
  private static final long READ_RETRY_MILLIS = 500;

  /** Frames kept for those who come back from the same position; a storm brings a few hundred. */
  private static final int MEMO_MAX = 500;

  private final UUID session;
  private final Vertx vertx;
  private final Context home;
  private final SqlClient sql;
  private final LiveLimits limits;
  private final LiveMeters meters;
  private final Audience audience;

  private final Map<Thread, LoopGroup> groups = new IdentityHashMap<>();
  private final Map<View, Channel> channels = new EnumMap<>(View.class);
  private final Map<UUID, List<Member>> members = new HashMap<>();
  private final Map<Since, Frame> memo = new HashMap<>();
  private final List<Promise<SessionState>> waiting = new ArrayList<>();

  private @Nullable SessionState state;
  private boolean reading;
  private boolean retired;
  private long target;
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
    this.sql = sql;
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

    private long told;

    /** Nobody was told anything yet: what the first one is given is what the view was told. */
    private boolean fresh = true;

    Channel(Tempo tempo) {
      this.tempo = tempo;
    }

    void begin(long version) {
      if (fresh) {
        fresh = false;
        told = version;
      }
    }

    void joined(int difference) {
      int before = sockets;
      fresh |= before == 0;
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

  /** The state, read from the database when it is not there yet or is older than asked for. */
  Future<SessionState> state(long atLeast) {
    SessionState known = state;
    if (known != null && known.version() >= atLeast) {
      return Future.succeededFuture(known);
    }
    Promise<SessionState> promise = Promise.promise();
    waiting.add(promise);
    target = Math.max(target, atLeast);
    read();
    return promise.future();
  }

  /** A wake-up: the session is at that version somewhere. Lost and reordered ones do no harm. */
  void wake(long version) {
    target = Math.max(target, version);
    if (state != null && state.version() < target) {
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

  /** What the healing poll saw; a head below ours means that history was replaced. */
  void polled(long head) {
    if (state != null && head < state.version() && !reading) {
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
    long since = state == null ? 0 : state.version();
    EntityStore.read(sql, session, since)
        .onComplete(
            result -> {
              reading = false;
              if (result.failed()) {
                readFailed(result.cause());
              } else {
                take(result.result(), since);
              }
            });
  }

  private void readFailed(Throwable cause) {
    LOG.log(Level.WARNING, "A session could not be read; trying again.", cause);
    answer(
        null,
        new Failure.Unavailable(
            "busy", "The database does not answer now.", Duration.ofSeconds(1)));
    if (state != null) {
      vertx.setTimer(READ_RETRY_MILLIS, ignored -> wake(target));
    }
  }

  private void take(@Nullable Reading reading, long since) {
    if (reading == null) {
      answer(null, new Failure.NotFound("session"));
      return;
    }
    SessionState known = state;
    if (known != null && (reading.head() < since || !reading.epoch().equals(known.epoch()))) {
      discard();
      return;
    }
    // A position beyond the head was never given out by this history: there is nothing to wait for.
    target = reading.head();
    if (known == null) {
      known = new SessionState(reading);
      state = known;
    } else if (reading.head() > known.version()) {
      known.purged(reading.purgedBelow());
      apply(known, reading.entities(), reading.head());
    }
    answer(known, null);
  }

  private void answer(@Nullable SessionState known, @Nullable Throwable failure) {
    List<Promise<SessionState>> asked = List.copyOf(waiting);
    waiting.clear();
    for (Promise<SessionState> promise : asked) {
      if (known != null) {
        promise.complete(known);
      } else {
        promise.fail(Objects.requireNonNull(failure));
      }
    }
  }

  /** History was replaced (a restore, a fail-over): everyone starts again from a snapshot. */
  private void discard() {
    LOG.warning("The history of a session was replaced; its viewers start again.");
    state = null;
    target = 0;
    memo.clear();
    closeAll(socket -> true, Bye.BUSY, socket -> (long) (Math.random() * 1_000));
    if (!waiting.isEmpty()) {
      read();
    }
  }

  // ---- Telling -------------------------------------------------------------------------------

  private void apply(SessionState known, List<Entity> changed, long to) {
    long before = known.version();
    known.apply(changed, to);
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
    SessionState known = state;
    if (known == null || channel.sockets == 0) {
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
                            if (left[0] == 0) {
                              meters.fanout(System.nanoTime() - now);
                              channel.tempo.fanoutTook(took);
                            }
                          })));
    }
  }

  /** Every second: a pulse for views that heard nothing for a while. */
  void pulse() {
    SessionState known = state;
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
    if (memo.size() > MEMO_MAX) {
      memo.clear();
    }
    return memo.computeIfAbsent(
        new Since(view, known.epoch(), since),
        key -> {
          SessionState.Delta delta = known.since(view, since);
          String text = Frames.change(known.epoch(), since, known.version(), delta, Instant.now());
          Frame.Kind kind = delta.isEmpty() ? Frame.Kind.EMPTY : Frame.Kind.CHANGE;
          return new Frame(known.epoch(), since, known.version(), text, kind);
        });
  }

  private Frame snapshot(SessionState known, View view) {
    return memo.computeIfAbsent(
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
    unwatchedSince = System.nanoTime();
    return state(atLeast).map(known -> snapshot(known, view));
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
    state(have)
        .onSuccess(
            known -> {
              channel(view).begin(known.version());
              Frame frame =
                  known.canResume(epoch, have) ? since(known, view, have) : snapshot(known, view);
              UUID owner = socket.viewer().owner();
              List<Entity> theirs = owner == null ? List.of() : known.ownedBy(owner);
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
                && waiting.isEmpty()
                && now - unwatchedSince > limits.idleAfter().toNanos());
    return retired;
  }

  boolean isRetired() {
    return retired;
  }
}
