package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The sockets of one session on one event loop. Only that loop touches the lists; others hand over
 * work with {@link #run}, in order.
 */
final class LoopGroup {
  private static final long SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final Context context;
  private final LiveLimits limits;
  private final LiveMeters meters;
  private final Map<View, List<LiveSocket>> sockets = new EnumMap<>(View.class);
  private long sweeper = -1;
  private int turn;

  LoopGroup(Vertx vertx, Context context, LiveLimits limits, LiveMeters meters) {
    this.vertx = vertx;
    this.context = context;
    this.limits = limits;
    this.meters = meters;
    for (View view : View.values()) {
      sockets.put(view, new ArrayList<>());
    }
  }

  /** Runs work on this loop, after everything that was handed over before. */
  void run(Runnable work) {
    context.runOnContext(ignored -> work.run());
  }

  private List<LiveSocket> of(View view) {
    return sockets.getOrDefault(view, List.of());
  }

  void add(LiveSocket socket) {
    of(socket.viewer().view()).add(socket);
    if (sweeper < 0) {
      sweeper = vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }
  }

  void remove(LiveSocket socket) {
    socket.gone();
    of(socket.viewer().view()).remove(socket);
    if (sweeper >= 0 && sockets.values().stream().allMatch(List::isEmpty)) {
      vertx.cancelTimer(sweeper);
      sweeper = -1;
    }
  }

  /** Sends one frame to every socket of a view; tells how long that took, in nanoseconds. */
  void deliver(View view, Frame frame, LongConsumer took) {
    long start = System.nanoTime();
    int written = 0;
    // Sockets leave in a turn of their own, so the list does not change under this loop.
    List<LiveSocket> theirs = of(view);
    for (int i = 0; i < theirs.size(); i++) {
      if (theirs.get(i).offer(frame)) {
        written++;
      }
    }
    meters.sent(frame.kind(), written, frame.text().length());
    took.accept(System.nanoTime() - start);
  }

  /** Ends every socket that is meant. */
  void close(Predicate<LiveSocket> which, Bye bye, ToLongFunction<LiveSocket> wait) {
    for (View view : View.values()) {
      for (LiveSocket socket : List.copyOf(of(view))) {
        if (which.test(socket)) {
          socket.close(bye, wait.applyAsLong(socket));
          vertx.setTimer(SWEEP_MILLIS, ignored -> socket.outlet().hardClose());
        }
      }
    }
  }

  void forEach(Consumer<LiveSocket> action) {
    sockets.values().forEach(list -> list.forEach(action));
  }

  /** Pings those whose turn it is; frees those that take nothing. */
  private void sweep() {
    int turns = (int) Math.max(1, limits.pingEvery().toMillis() / SWEEP_MILLIS);
    turn = (turn + 1) % turns;
    long now = System.nanoTime();
    List<LiveSocket> stalled = new ArrayList<>();
    for (View view : View.values()) {
      for (LiveSocket socket : of(view)) {
        if (socket.fullSince() != 0 && now - socket.fullSince() > limits.stalledAfter().toNanos()) {
          stalled.add(socket);
        } else if (socket.slot() % turns == turn && !socket.outlet().full()) {
          socket.outlet().ping();
        }
      }
    }
    for (LiveSocket socket : stalled) {
      meters.hardClosed("stalled");
      socket.outlet().hardClose();
    }
  }
}
