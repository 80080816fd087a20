package plenary.identity;

import static java.util.Map.entry;
import static plenary.identity.Role.MODERATOR;
import static plenary.identity.Role.ORGANISER;
import static plenary.identity.Role.PARTICIPANT;
import static plenary.identity.Role.SCREEN;
import static plenary.identity.Role.SPEAKER;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import plenary.live.View;

/**
 * Who may call which operation of the contract, and who may watch which view. The table is data; a
 * test compares it with {@code x-roles} in the contract, so neither changes alone.
 */
public final class Permissions {
  private static final Rule ANYONE = new Rule(Audience.ANYONE, EnumSet.noneOf(Role.class));
  private static final Rule ORGANISERS = roles(ORGANISER);
  private static final Rule MODERATORS = roles(ORGANISER, MODERATOR);
  private static final Rule PODIUM = roles(ORGANISER, MODERATOR, SPEAKER);
  private static final Rule PARTICIPANTS = roles(PARTICIPANT);
  private static final Rule ASKERS = roles(ORGANISER, MODERATOR, PARTICIPANT);
  private static final Rule MEMBERS = roles(ORGANISER, MODERATOR, SPEAKER, SCREEN, PARTICIPANT);

  private static final Map<String, Rule> OPERATIONS =
      Map.ofEntries(
          entry("setup", ANYONE),
          entry("getMe", ANYONE),
          entry("signOut", ANYONE),
          entry("acceptInvitation", ANYONE),
          entry("lookUpJoinCode", ANYONE),
          entry("join", ANYONE),
          entry("takeTransfer", ANYONE),
          entry("offerTransfer", PARTICIPANTS),
          entry("getContract", ANYONE),
          entry("getDocs", ANYONE),
          entry("listSessions", ANYONE),
          entry("getSession", ANYONE),
          entry("listMeetings", ORGANISERS),
          entry("createMeeting", ORGANISERS),
          entry("getMeeting", ORGANISERS),
          entry("patchMeeting", ORGANISERS),
          entry("duplicateMeeting", ORGANISERS),
          entry("deleteMeeting", ORGANISERS),
          entry("getLogo", ANYONE),
          entry("putLogo", ORGANISERS),
          entry("deleteLogo", ORGANISERS),
          entry("getOverview", ORGANISERS),
          entry("exportMeeting", ORGANISERS),
          entry("exportSession", MODERATORS),
          entry("importAgenda", ORGANISERS),
          entry("getImport", ORGANISERS),
          entry("createSession", ORGANISERS),
          entry("listInvitations", ORGANISERS),
          entry("createInvitation", ORGANISERS),
          entry("revokeInvitation", ORGANISERS),
          entry("listNetworks", ORGANISERS),
          entry("addNetwork", ORGANISERS),
          entry("patchNetwork", ORGANISERS),
          entry("removeNetwork", ORGANISERS),
          entry("getNetworks", MODERATORS),
          entry("patchSession", MODERATORS),
          entry("getState", MEMBERS),
          entry("watchSession", MEMBERS),
          entry("listQuestions", MEMBERS),
          entry("askQuestion", ASKERS),
          entry("findSimilar", ASKERS),
          entry("carryOver", MODERATORS),
          entry("withdrawQuestion", PARTICIPANTS),
          entry("listMine", PARTICIPANTS),
          entry("vote", PARTICIPANTS),
          entry("unvote", PARTICIPANTS),
          entry("moveQuestion", MODERATORS),
          entry("moveQuestions", MODERATORS),
          entry("patchQuestion", MODERATORS),
          entry("mergeQuestion", MODERATORS),
          entry("getLog", MODERATORS),
          entry("undo", MODERATORS),
          entry("setStage", MODERATORS),
          entry("nextOnStage", PODIUM),
          entry("setClock", PODIUM),
          entry("sendMessage", MODERATORS),
          entry("receiveMessage", PODIUM),
          entry("withdrawMessage", MODERATORS),
          entry("claimQuestion", MODERATORS),
          entry("releaseQuestion", MODERATORS),
          entry("getMeetingHashtags", MODERATORS),
          entry("getSessionHashtags", MODERATORS),
          entry("checkMeetingHashtags", MODERATORS),
          entry("checkSessionHashtags", MODERATORS),
          entry("getHashtagGuard", ORGANISERS),
          entry("putHashtagGuard", ORGANISERS),
          entry("getChat", MODERATORS),
          entry("getChatFigures", MODERATORS),
          entry("getTranscript", ANYONE),
          entry("patchChat", MODERATORS),
          entry("addPrompt", MODERATORS),
          entry("measurePrompt", MODERATORS),
          entry("patchPrompt", MODERATORS),
          entry("deletePrompt", MODERATORS),
          entry("movePrompt", MODERATORS));

  private static final Map<View, Set<Role>> VIEWS =
      Map.of(
          View.ATTENDEE, MEMBERS.roles(),
          View.SPEAKER, Set.of(SPEAKER, MODERATOR, ORGANISER),
          View.MODERATOR, Set.of(MODERATOR, ORGANISER),
          View.SCREEN, Set.of(SCREEN, SPEAKER, MODERATOR, ORGANISER));

  private Permissions() {}

  /** Every operation with its rule. */
  public static Map<String, Rule> operations() {
    return OPERATIONS;
  }

  /** Who may watch a view. */
  public static Set<Role> watchers(View view) {
    return VIEWS.getOrDefault(view, Set.of());
  }

  /** Whether somebody with these roles may see the session through that view. */
  public static boolean mayWatch(View view, Set<Role> held) {
    return !Collections.disjoint(watchers(view), held);
  }

  /**
   * Whether a caller with these roles, held where the operation acts, may call it. An operation
   * without a rule is allowed to nobody.
   */
  public static boolean allows(String operationId, Principal principal, Set<Role> held) {
    Rule rule = OPERATIONS.get(operationId);
    return rule != null && rule.allows(principal, held);
  }

  private static Rule roles(Role first, Role... more) {
    return new Rule(Audience.ROLES, EnumSet.of(first, more));
  }

  /** Whom a rule speaks of. */
  public enum Audience {
    ANYONE,
    SIGNED_IN,
    ROLES
  }

  /**
   * Who may call an operation.
   *
   * @param roles of which one must be held, when the audience is {@link Audience#ROLES}
   */
  public record Rule(Audience audience, Set<Role> roles) {
    public Rule {
      roles = Collections.unmodifiableSet(roles);
    }

    /** Whether a caller with these roles may. */
    public boolean allows(Principal principal, Set<Role> held) {
      return switch (audience) {
        case ANYONE -> true;
        case SIGNED_IN -> !principal.isNobody();
        case ROLES -> !Collections.disjoint(roles, held);
      };
    }
  }
}
