package plenary.question;

import java.util.UUID;
import plenary.identity.Grant;
import plenary.identity.Participant;
import plenary.identity.Role;

/**
 * Who does something, as the log names them.
 *
 * @param id of the grant or of the participant
 */
record Actor(UUID id, String name, Role role) {
  static Actor of(Grant grant) {
    return new Actor(grant.id(), grant.name(), grant.role());
  }

  /** An asker; the log does not tell their name. */
  static Actor of(Participant asker) {
    return new Actor(asker.id(), "the asker", Role.PARTICIPANT);
  }
}
