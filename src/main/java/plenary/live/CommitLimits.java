package plenary.live;

import java.time.Duration;

/**
 * The bounds of the commit path.
 *
 * @param committers how many connections write; a session always goes through the same one
 * @param batchMax most commands in one transaction
 * @param staffQueueMax most staff commands that wait in one committer; beyond it: 503
 * @param crowdQueueMax most other commands that wait in one committer; beyond it: 503
 * @param gatherEvery a batch of gathered commands alone starts no sooner than this after the one
 *     before
 * @param deadline a command that waited longer is refused, never run late
 * @param batchTimeout a batch that takes longer has its connection closed
 */
public record CommitLimits(
    int committers,
    int batchMax,
    int staffQueueMax,
    int crowdQueueMax,
    Duration gatherEvery,
    Duration deadline,
    Duration batchTimeout) {

  /** What suits a machine of two cores. */
  public static final CommitLimits DEFAULT =
      new CommitLimits(
          2,
          500,
          2_000,
          20_000,
          Duration.ofMillis(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(4));
}
