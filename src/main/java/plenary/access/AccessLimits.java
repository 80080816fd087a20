package plenary.access;

import java.time.Duration;

/**
 * How long what gives access lives, and how much guessing is borne.
 *
 * @param staffSession a member of staff who does nothing for so long has to sign in again
 * @param rotationGrace an old token still serves requests under way for so long
 * @param setupLink how long the link for the first organiser, or for a locked-out one, is good
 * @param invitation how long an invitation can be accepted when the inviter does not say
 * @param principalAge how old an answer about a token may be on a node
 * @param failedCodesPerSecond wrong join codes a node answers per second, over all addresses
 */
public record AccessLimits(
    Duration staffSession,
    Duration rotationGrace,
    Duration setupLink,
    Duration invitation,
    Duration principalAge,
    double failedCodesPerSecond) {

  /** What suits a meeting of any size. */
  public static final AccessLimits DEFAULT =
      new AccessLimits(
          Duration.ofHours(12),
          Duration.ofSeconds(60),
          Duration.ofHours(24),
          Duration.ofDays(30),
          Duration.ofSeconds(30),
          20);
}
