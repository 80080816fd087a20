package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When the views of one session are told, and how: one frame per view and tick, carried over to
 * each event loop in one hop. Used on the stream's loop, unless a method says otherwise.
 */
final class Fanout {
  /** A view of which nobody was told anything yet. */
  private static final long NOWHERE = -1;

  /** A pulse may come early by as much as half the time between two looks. */
  private static final long PULSE_SLACK_NANOS = 500_000_000L;

  /** Staff's pages say how many are there, so they are told more often. */
  private static final long STAFF_PULSE_NANOS = 2_000_000_000L;

  /** The few before the many: who comes later waits for all sends to those before. */
  private static final List<View> IN_TURN =
      List.of(View.MODERATOR, View.SCREEN, View.SPEAKER, View.ATTENDEE);

  private final Vertx vertx;
  private final Consumer<Runnable> home;
  private final LiveLimits limits;
  private final LiveMeters meters;
  private final FrameMemo frames;
  private final Supplier<@Nullable SessionState> state;
  private final Map<Thread, LoopGroup> groups = new IdentityHashMap<>();
  private final Map<View, Channel> channels = new EnumMap<>(View.class);

  private long timer = -1;
  private long timerAt = Long.MAX_VALUE;

  /**
   * Tells nobody until sockets are there.
   *
   * @param home runs work on the stream's loop
   * @param state what is known now
   */
  Fanout(
      Vertx vertx,
      Consumer<Runnable> home,
      LiveLimits limits,
      LiveMeters meters,
      FrameMemo frames,
      Supplier<@Nullable SessionState> state) {
    this.vertx = vertx;
    this.home = home;
    this.limits = limits;
    this.meters = meters;
    this.frames = frames;
    this.state = state;
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
  }

  private Channel channel(View view) {
    return Objects.requireNonNull(channels.get(view));
  }

  // ---- Sockets -------------------------------------------------------------------------------

  /** The sockets of an event loop; made when its first one comes. */
  LoopGroup group(Thread loop, Context context) {
    return groups.computeIfAbsent(loop, key -> new LoopGroup(vertx, context, limits, meters));
  }

  @Nullable LoopGroup group(Thread loop) {
    return groups.get(loop);
  }

  Collection<LoopGroup> groups() {
    return groups.values();
  }

  void joined(View view) {
    Channel channel = channel(view);
    if (channel.sockets == 0) {
      channel.told = NOWHERE;
    }
    count(view, channel, 1);
  }

  void left(View view) {
    count(view, channel(view), -1);
  }

  private void count(View view, Channel channel, int difference) {
    int before = channel.sockets;
    channel.sockets = before + difference;
    meters.sockets(view, difference);
  }

  /** Who watches through a view. May be asked from any thread. */
  int sockets(View view) {
    return channel(view).sockets;
  }

  /** Who watches at all. May be asked from any thread. */
  int sockets() {
    return channels.values().stream().mapToInt(channel -> channel.sockets).sum();
  }

  // ---- Telling -------------------------------------------------------------------------------

  /** The first socket of a view is brought up to that version: from there the others are told. */
  void startFrom(View view, long version) {
    Channel channel = channel(view);
    if (channel.told == NOWHERE) {
      channel.told = version;
    }
  }

  /** History was replaced: what anybody was told counts no more. */
  void startAgain() {
    channels.values().forEach(channel -> channel.told = NOWHERE);
  }

  /** Something changed; the views that it concerns are told when it is their time. */
  void changed(List<Entity> changed) {
    long now = System.nanoTime();
    for (View view : View.values()) {
      Channel channel = channel(view);
      if (channel.sockets > 0) {
        schedule(view, channel, changed, now);
      }
    }
    tick();
  }

  private static void schedule(View view, Channel channel, List<Entity> changed, long now) {
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

  /** Sends what is due and sets the timer for what is due next. */
  private void tick() {
    long now = System.nanoTime();
    long next = Long.MAX_VALUE;
    for (View view : IN_TURN) {
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
    SessionState known = state.get();
    if (known == null || channel.sockets == 0 || channel.told == NOWHERE) {
      channel.tempo.sent(now);
      return;
    }
    Frame frame = frames.since(known, view, channel.told);
    if (frame.isEmpty()) {
      channel.tempo.sent(now);
    } else {
      send(view, channel, frame, now);
    }
  }

  private void send(View view, Channel channel, Frame frame, long now) {
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
                      home.accept(
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

  /**
   * Every second: a pulse for views that heard nothing for a while.
   *
   * @param pulse the pulse for a view that was told up to a version
   */
  void pulse(SessionState known, Function<Long, Frame> pulse) {
    long now = System.nanoTime();
    for (View view : View.values()) {
      Channel channel = channel(view);
      long usual = limits.pulseEvery().toNanos();
      long every = view == View.ATTENDEE ? usual : Math.min(usual, STAFF_PULSE_NANOS);
      if (channel.sockets > 0
          && channel.told != NOWHERE
          && !channel.tempo.isPending()
          && now - channel.tempo.lastSent() >= every - PULSE_SLACK_NANOS) {
        Frame delta = frames.since(known, view, channel.told);
        send(view, channel, delta.isEmpty() ? pulse.apply(channel.told) : delta, now);
      }
    }
  }
}
