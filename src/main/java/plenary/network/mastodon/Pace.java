package plenary.network.mastodon;

import java.time.Duration;

/**
 * How eagerly a server is asked.
 *
 * @param walk from one forward walk of a hashtag to the next
 * @param lookBack from one look at what came late, or got the hashtag by an edit, to the next
 * @param sweep from one check that known posts still stand to the next
 * @param silence how long a stream may be quiet: servers send a heartbeat every 15 s, and answer
 *     pings
 * @param patience how long an answer may take
 * @param retry the first pause after something went wrong; it doubles
 * @param retryMax the longest pause while it may pass by itself
 * @param failedRetry the longest pause while it needs the organiser
 * @param callEvery pause between calls in the long run. Mastodon allows 300 in 5 minutes
 * @param pageEvery pause between paging calls in the long run. Mastodon allows 300 in 15 minutes
 * @param settle how old a post is that a healthy stream must have brought
 */
record Pace(
    Duration walk,
    Duration lookBack,
    Duration sweep,
    Duration silence,
    Duration patience,
    Duration retry,
    Duration retryMax,
    Duration failedRetry,
    Duration callEvery,
    Duration pageEvery,
    Duration settle) {

  /** How far back the first read goes, and every look back. */
  static final Duration HORIZON = Duration.ofHours(1);

  /** What is older than this is not caught up with once there is much of it. */
  static final Duration CATCH_UP = Duration.ofHours(24);

  /** For servers out there. */
  static Pace usual() {
    return new Pace(
        Duration.ofSeconds(60),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        Duration.ofSeconds(45),
        Duration.ofSeconds(20),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        Duration.ofMillis(1_200),
        Duration.ofMillis(3_300),
        Duration.ofSeconds(30));
  }
}
