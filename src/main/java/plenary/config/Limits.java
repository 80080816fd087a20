package plenary.config;

import java.time.Duration;

/** The limits against crowds; what each is for stands at its key. */
public record Limits(
    Rate joinNode,
    Rate joinAddress,
    Rate codeFailedNode,
    Rate tokenFailedNode,
    Duration askInterval,
    int askBurst,
    Rate voteParticipant,
    Rate similarParticipant,
    Rate requestAddress,
    int connectionsMax,
    int socketsParticipantMax,
    int socketsAddressMax,
    Rate upgradeNode,
    int upgradesWaitingMax,
    Duration idle) {

  /**
   * A token bucket.
   *
   * @param perSecond how many flow in each second
   * @param burst how many it holds
   */
  public record Rate(int perSecond, int burst) {}
}
