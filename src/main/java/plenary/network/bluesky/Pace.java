package plenary.network.bluesky;

import java.time.Duration;

/**
 * How fast things go.
 *
 * @param batch news are stored this often
 * @param cursor the cursor is stored this often while there are no news
 * @param rewind how much is read again after a connection was lost: what came out of order
 * @param rewindElsewhere the same on another server, whose clock and order are its own
 * @param silence without any sign of life for so long a connection is given up
 * @param backOff before the first new attempt; doubles up to {@code backOffMax}
 * @param gap a stream that goes on so much later than it was asked to has left something out
 */
record Pace(
    Duration batch,
    Duration cursor,
    Duration rewind,
    Duration rewindElsewhere,
    Duration silence,
    Duration backOff,
    Duration backOffMax,
    Duration gap) {
  static final Pace USUAL =
      new Pace(
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));
}
