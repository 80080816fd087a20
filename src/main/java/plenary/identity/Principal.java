package plenary.identity;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who calls. One browser may be a participant of several meetings and hold several grants at once.
 *
 * @param signIn the sign-in the token belongs to; absent for nobody
 * @param participants by meeting
 */
public record Principal(
    @Nullable UUID signIn, List<Grant> grants, Map<UUID, Participant> participants) {

  /** A caller without a token. */
  public static final Principal NOBODY = new Principal(null, List.of(), Map.of());

  public Principal {
    grants = List.copyOf(grants);
    participants = Map.copyOf(participants);
  }

  /** Whether no token came with the call. */
  public boolean isNobody() {
    return signIn == null;
  }

  /** Every role held in that meeting and, when one is named, in that session. */
  public Set<Role> roles(UUID meeting, @Nullable UUID session) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Grant grant : grants) {
      if (grant.covers(meeting, session)) {
        roles.add(grant.role());
      }
    }
    if (participants.containsKey(meeting)) {
      roles.add(Role.PARTICIPANT);
    }
    return roles;
  }

  /** Every role held anywhere. */
  public Set<Role> roles() {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    grants.forEach(grant -> roles.add(grant.role()));
    if (!participants.isEmpty()) {
      roles.add(Role.PARTICIPANT);
    }
    return roles;
  }

  /** The participant this caller is in that meeting. */
  public Optional<Participant> participant(UUID meeting) {
    return Optional.ofNullable(participants.get(meeting));
  }

  /**
   * The grant in whose name a caller acts there: the first of the wanted roles that is held, in the
   * order given.
   */
  public Optional<Grant> grant(UUID meeting, @Nullable UUID session, Role... wanted) {
    for (Role role : wanted) {
      for (Grant grant : grants) {
        if (grant.role() == role && grant.covers(meeting, session)) {
          return Optional.of(grant);
        }
      }
    }
    return Optional.empty();
  }
}
