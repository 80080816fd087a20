package plenary.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The frames of one session that were encoded lately, for those who come next with the same need:
 * at a reconnect wave thousands stand at the same version. Used on the stream's loop alone.
 */
final class FrameMemo {
  /** Frames kept, and for how long: their time of day grows old. */
  private static final int MAX = 256;

  private static final long NANOS = 1_000_000_000L;

  /** Not a position but the whole view. */
  private static final long WHOLE = -1;

  private final Map<Since, Frame> frames = new HashMap<>();
  private long from;

  private record Since(View view, String epoch, long version) {}

  /** What a view has to be told since a version. */
  Frame since(SessionState known, View view, long since) {
    return remembered(
        new Since(view, known.epoch(), since),
        key -> {
          SessionState.Delta delta = known.since(view, since);
          String text = Frames.change(known.epoch(), since, known.version(), delta, Instant.now());
          Frame.Kind kind = delta.isEmpty() ? Frame.Kind.EMPTY : Frame.Kind.CHANGE;
          return new Frame(known.epoch(), since, known.version(), text, kind);
        });
  }

  /** The whole view. */
  Frame snapshot(SessionState known, View view) {
    return remembered(
        new Since(view, known.epoch(), WHOLE),
        key ->
            new Frame(
                known.epoch(),
                0,
                known.version(),
                Frames.snapshot(known.epoch(), known.version(), known.seenBy(view), Instant.now()),
                Frame.Kind.SNAPSHOT));
  }

  /** The state has changed: none of them is true any more. */
  void clear() {
    frames.clear();
  }

  private Frame remembered(Since key, Function<Since, Frame> encode) {
    long now = System.nanoTime();
    if (frames.size() >= MAX || now - from > NANOS) {
      frames.clear();
      from = now;
    }
    return frames.computeIfAbsent(key, encode);
  }
}
