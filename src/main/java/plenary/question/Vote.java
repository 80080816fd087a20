package plenary.question;

import java.util.List;
import java.util.UUID;
import plenary.live.Gathered;

/**
 * A vote, or one taken back.
 *
 * @param cast whether it is for the question, or is taken back
 */
record Vote(UUID session, UUID question, UUID participant, boolean cast, Crowd crowd)
    implements Gathered {
  @Override
  public String kind() {
    return cast ? "vote" : "unvote";
  }

  @Override
  public List<String> reads() {
    return SessionRules.READ;
  }
}
