package plenary.config;

import static plenary.config.Key.key;

import java.util.List;

/** The live engine: how commands are committed and how changes reach the screens. */
final class LiveKeys {
  static final Key TICK =
      key(
          "live.tick-ms",
          Check.between(-1, 10_000),
          "-1",
          "milliseconds",
          "-1 = the tick adapts to the audience; above 0 = it is fixed; 0 = no conflation at all,"
              + " every change is a frame, for benchmarks only");
  static final Key ATTENDEE_TICK =
      key(
          "live.attendee-tick-ms",
          Check.between(1, 10_000),
          "100",
          "milliseconds",
          "least time between two frames to attendees; grows with the audience");
  static final Key STAFF_TICK =
      key(
          "live.staff-tick-ms",
          Check.between(1, 10_000),
          "15",
          "milliseconds",
          "least time between two frames to moderators, speakers and screens: few, and in a hurry");
  static final Key TALLY_TICK =
      key(
          "live.tally-tick-ms",
          Check.between(0, 60_000),
          "500",
          "milliseconds",
          "the same when nothing but vote counts changed");
  static final Key TALLY_TICK_MODERATOR =
      key(
          "live.tally-tick-moderator-ms",
          Check.between(0, 60_000),
          "250",
          "milliseconds",
          "the same for moderators");
  static final Key SENDS =
      key(
          "live.sends-per-second",
          Check.between(1000, 100_000_000),
          "80000",
          "sends/s",
          "the budget that the tick grows by: what one core sends, so that the others serve"
              + " commands");
  static final Key PULSE =
      key(
          "live.pulse-ms",
          Check.between(100, 30_000),
          "10000",
          "milliseconds",
          "without a frame until a pulse is sent; browsers reconnect after 35 s of silence");
  static final Key PING =
      key(
          "live.ping-ms",
          Check.between(1000, 300_000),
          "25000",
          "milliseconds",
          "between the pings of a socket; below the 60 s of usual proxies");
  static final Key STALLED =
      key(
          "live.stalled-ms",
          Check.between(1000, 600_000),
          "60000",
          "milliseconds",
          "in which a socket that has frames waiting takes no byte until it is cut; bad Wi-Fi"
              + " recovers sooner");
  static final Key DRAIN =
      key(
          "live.drain-ms",
          Check.between(0, 300_000),
          "10000",
          "milliseconds",
          "over which a stopping node spreads the farewell to its sockets");
  static final Key HEAL =
      key(
          "live.heal-ms",
          Check.between(100, 60_000),
          "1500",
          "milliseconds",
          "between the looks that heal a lost wake-up from another node");
  static final Key IDLE_MAP =
      key(
          "live.idle-minutes",
          Check.between(1, 1440),
          "5",
          "minutes",
          "a session that nobody watches stays in memory");
  static final Key VIEW_QUESTIONS =
      key(
          "live.view-questions-max",
          Check.between(10, 10_000),
          "300",
          "questions",
          "in the stream of an attendee, and decided ones in a moderator's; the rest is paged"
              + " over HTTP");
  static final Key VIEW_SLACK =
      key(
          "live.view-questions-slack",
          Check.between(0, 10_000),
          "50",
          "questions",
          "beyond that before one leaves a stream, so that none flickers at the edge");
  static final Key VIEW_BOUND =
      key(
          "live.view-bound-ms",
          Check.between(100, 600_000),
          "5000",
          "milliseconds",
          "between two looks at which questions are in a stream");
  static final Key COMMITTERS =
      key(
          "commit.committers",
          Check.between(1, 64),
          "2",
          "connections",
          "that write, each one batch at a time; a session always uses the same");
  static final Key BATCH =
      key(
          "commit.batch-max",
          Check.between(1, 10_000),
          "500",
          "commands",
          "in one transaction; at most 50 of them other than votes");
  static final Key STAFF_QUEUE =
      key(
          "commit.staff-queue-max",
          Check.between(1, 1_000_000),
          "2000",
          "commands",
          "of staff that wait in one committer; one more is refused with 503 at once");
  static final Key CROWD_QUEUE =
      key(
          "commit.crowd-queue-max",
          Check.between(1, 1_000_000),
          "20000",
          "commands",
          "of participants that wait in one committer; half a second's work of a fast disk");
  static final Key GATHER =
      key(
          "commit.vote-gather-ms",
          Check.between(0, 1000),
          "10",
          "milliseconds",
          "between the starts of two batches that have nothing but votes");
  static final Key DEADLINE =
      key(
          "commit.deadline-ms",
          Check.between(100, 60_000),
          "5000",
          "milliseconds",
          "a command waits at most; then it is refused, never run late");
  static final Key BATCH_TIME =
      key(
          "commit.batch-ms",
          Check.between(100, 60_000),
          "4000",
          "milliseconds",
          "one transaction may take; then its connection is closed and its callers are told 503");
  static final List<Key> LIVE =
      List.of(
          TICK,
          ATTENDEE_TICK,
          STAFF_TICK,
          TALLY_TICK,
          TALLY_TICK_MODERATOR,
          SENDS,
          PULSE,
          PING,
          STALLED,
          DRAIN,
          HEAL,
          IDLE_MAP,
          VIEW_QUESTIONS,
          VIEW_SLACK,
          VIEW_BOUND);
  static final List<Key> COMMIT =
      List.of(COMMITTERS, BATCH, STAFF_QUEUE, CROWD_QUEUE, GATHER, DEADLINE, BATCH_TIME);

  private LiveKeys() {}
}
