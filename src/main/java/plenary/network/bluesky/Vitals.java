package plenary.network.bluesky;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether an open stream is alive, and whether it has been caught up with. */
final class Vitals {
  /** What arrives later than this after it was seen is being caught up with. */
  private static final Duration BEHIND = Duration.ofSeconds(10);

  /** A stream on which something happens all the time is dead when nothing does for so long. */
  private static final Duration STARVED = Duration.ofSeconds(60);

  private static final long BUSY_MICROS = 1_000_000;

  private final Pace pace;
  private final String server;
  private long heardAt = System.nanoTime();
  private long eventAt = heardAt;
  private long pingedAt = heardAt;
  private long checkedAt = heardAt;
  private long microsThen;
  private long unreadable;
  private long unreadableAt = heardAt;

  Vitals(Pace pace, String server) {
    this.pace = pace;
    this.server = server;
  }

  void opened(Position at) {
    awake();
    pingedAt = heardAt;
    checkedAt = heardAt;
    microsThen = at.micros();
  }

  /** Nothing can come, since nothing is read, or has only just begun to. */
  void awake() {
    heardAt = System.nanoTime();
    eventAt = heardAt;
  }

  void heard() {
    heardAt = System.nanoTime();
  }

  void event() {
    eventAt = heardAt;
  }

  void unreadable() {
    unreadable++;
    unreadableAt = heardAt;
  }

  /** Why the stream is to be given up; null when it is not. */
  @Nullable String dead(Position at) {
    long now = System.nanoTime();
    if (now - heardAt > pace.silence().toNanos()) {
      return "The stream of " + server + " was silent; it is opened again.";
    }
    boolean busy = at.every() > 0 && at.every() < BUSY_MICROS;
    return busy && now - eventAt > STARVED.toNanos()
        ? "Nothing came from " + server + " for a minute; it is opened again."
        : null;
  }

  /** Whether to ask for a sign of life now. */
  boolean pings() {
    long now = System.nanoTime();
    long third = pace.silence().toNanos() / 3;
    boolean due = now - heardAt > third && now - pingedAt > third;
    pingedAt = due ? now : pingedAt;
    return due;
  }

  static boolean isBehind(Position at) {
    return Duration.between(Event.instant(at.micros()), Instant.now()).compareTo(BEHIND) > 0;
  }

  /** Whether it is time to look whether it has been caught up with. */
  boolean checks() {
    return System.nanoTime() - checkedAt >= TimeUnit.SECONDS.toNanos(1);
  }

  /** Whether what comes is new: seen just now, or at least not coming faster than time goes by. */
  boolean isLive(Position at) {
    long now = System.nanoTime();
    boolean live = !isBehind(at) || (at.micros() - microsThen) * 500 < now - checkedAt;
    checkedAt = now;
    microsThen = at.micros();
    return live;
  }

  /** What was left out lately; null for nothing. */
  @Nullable String leftOut() {
    return unreadable > 0 && System.nanoTime() - unreadableAt < TimeUnit.MINUTES.toNanos(1)
        ? "Messages of "
            + server
            + " that could not be read were left out: "
            + unreadable
            + " so far."
        : null;
  }
}
