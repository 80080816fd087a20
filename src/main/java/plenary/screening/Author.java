package plenary.screening;

import java.util.UUID;

/**
 * Who a text is by, as a session knows them.
 *
 * @param id of the participant, or made from the account of a network
 * @param taken texts of theirs that came on stage
 * @param unsuitable texts of theirs that moderators turned down as unsuitable
 */
public record Author(UUID id, int taken, int unsuitable) {
  /** The hall has taken up something of theirs, so repeating and linking are no caution. */
  boolean isKnown() {
    return taken > 0 && unsuitable == 0;
  }
}
