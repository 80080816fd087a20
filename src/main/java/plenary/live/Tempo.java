package plenary.live;

import java.time.Duration;

/**
 * When a view of a session is sent its next frame. The first change after quiet goes at once, then
 * one frame per tick; the tick follows the audience and how long the last fan-out took, never the
 * number of changes. Confined to the stream's event loop; the clock is the caller's.
 */
final class Tempo {
  private final View view;
  private final LiveLimits limits;
  private long lastSent = Long.MIN_VALUE / 2;
  private long lastFanout;
  private long fanoutBefore;
  private long dueAt = Long.MAX_VALUE;

  Tempo(View view, LiveLimits limits) {
    this.view = view;
    this.limits = limits;
  }

  /** Something changed; gives the time, in nanoseconds, at which a frame is due. */
  long changed(long now, int viewers, boolean talliesOnly) {
    long due = Math.max(now, lastSent + interval(viewers, talliesOnly).toNanos());
    dueAt = Math.min(dueAt, due);
    return dueAt;
  }

  boolean isDue(long now) {
    return dueAt <= now;
  }

  /** Due, or waiting to be. */
  boolean isPending() {
    return dueAt != Long.MAX_VALUE;
  }

  long dueAt() {
    return dueAt;
  }

  void sent(long now) {
    lastSent = now;
    dueAt = Long.MAX_VALUE;
  }

  long lastSent() {
    return lastSent;
  }

  /**
   * How long the last fan-out took until every loop had written, in nanoseconds. The tick stretches
   * when two in a row were long: one alone says that something else was in the way.
   */
  void fanoutTook(long nanos) {
    fanoutBefore = lastFanout;
    lastFanout = nanos;
  }

  Duration interval(int viewers, boolean talliesOnly) {
    if (!limits.tick().isNegative()) {
      return limits.tick();
    }
    Duration least = view == View.ATTENDEE ? limits.attendeeTick() : limits.staffTick();
    if (talliesOnly) {
      least = view == View.MODERATOR ? limits.moderatorTallyTick() : limits.tallyTick();
    }
    long busy = Math.min(lastFanout, fanoutBefore);
    long byAudience = viewers * 1_000_000_000L / limits.sendsPerSecond();
    return Duration.ofNanos(Math.max(least.toNanos(), Math.max(byAudience, 2 * busy)));
  }
}
