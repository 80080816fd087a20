package plenary.live;

import java.time.Duration;

/**
 * The bounds and tempos of streams.
 *
 * @param tick a fixed tick; zero = every change at once (for benchmarks); negative = adaptive
 * @param attendeeTick least time between two frames to attendees
 * @param staffTick least time between two frames to any other view
 * @param sendsPerSecond what one core may send; the tick grows with the audience to stay below
 * @param tallyTick least time between two frames when nothing but tallies changed
 * @param moderatorTallyTick the same for moderators
 * @param pulseEvery a client hears something at least this often
 * @param pingEvery server pings, spread over the interval
 * @param stalledAfter a client that takes no byte for so long is closed
 * @param idleAfter a session that nobody watches leaves memory after this
 * @param healEvery how often the heads of watched sessions are polled, which heals lost signals
 */
public record LiveLimits(
    Duration tick,
    Duration attendeeTick,
    Duration staffTick,
    int sendsPerSecond,
    Duration tallyTick,
    Duration moderatorTallyTick,
    Duration pulseEvery,
    Duration pingEvery,
    Duration stalledAfter,
    Duration idleAfter,
    Duration healEvery) {

  /** What suits a hall. */
  public static final LiveLimits DEFAULT =
      new LiveLimits(
          Duration.ofMillis(-1),
          Duration.ofMillis(100),
          Duration.ofMillis(15),
          80_000,
          Duration.ofMillis(500),
          Duration.ofMillis(250),
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMillis(1_500));

  /** The same with a fixed tick; zero sends every change at once. */
  public LiveLimits withTick(Duration fixed) {
    return new LiveLimits(
        fixed,
        attendeeTick,
        staffTick,
        sendsPerSecond,
        tallyTick,
        moderatorTallyTick,
        pulseEvery,
        pingEvery,
        stalledAfter,
        idleAfter,
        healEvery);
  }
}
