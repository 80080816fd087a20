package plenary.config;

import java.time.Duration;

/** The limits against crowds; what each is for stands at its key. */
public record Limits(
    Rate joinNode,
    Rate joinAddress,
    Rate codeFailedNode,
    Duration askInterval,
    int askBurst,
    Rate voteParticipant,
    Rate similarPerson,
    Rate requestAddress,
    Rate requestNode,
    int connectionsMax,
    int socketsParticipantMax,
    Rate upgradeNode,
    Duration idle) {

  /**
   * A token bucket.
   *
   * @param perSecond how many flow in each second
   * @param burst how many it holds
   */
  public record Rate(int perSecond, int burst) {}
}
