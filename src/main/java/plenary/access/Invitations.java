package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.database.Outages;
import plenary.identity.Grant;
import plenary.identity.Role;
import plenary.live.Command;
import plenary.meeting.Places;
import plenary.problem.Failure;

/**
 * Personal links that give a role once. A screen's link may be opened again, for a screen is
 * restarted by whoever is near; each time the role leaves the browser that had it before.
 */
final class Invitations {
  private final Database database;
  private final Places places;
  private final SignIns signIns;
  private final Revocations revocations;
  private final AccessLimits limits;
  private final InstantSource time;

  Invitations(
      Database database,
      Places places,
      SignIns signIns,
      Revocations revocations,
      AccessLimits limits,
      InstantSource time) {
    this.database = database;
    this.places = places;
    this.signIns = signIns;
    this.revocations = revocations;
    this.limits = limits;
    this.time = time;
  }

  /** What an organiser says of an invitation. */
  record Draft(@Nullable UUID session, Role role, String name, @Nullable Integer days) {}

  /** An invitation with its secret, which is told once. */
  record Made(Invitation invitation, String secret) {}

  /**
   * Invites.
   *
   * @param once the key it was sent with: the same key is the same invitation, with a new link
   */
  Future<Made> create(UUID meeting, Draft draft, UUID createdBy, Command.@Nullable Once once) {
    if (draft.role() == Role.ORGANISER && draft.session() != null) {
      throw new Failure.Invalid(
          "/session", "organiser-everywhere", "An organiser is for the whole meeting.");
    }
    Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
    Duration life =
        draft.days() == null ? limits.invitation() : Duration.ofDays(draft.days().longValue());
    Invitation invitation =
        new Invitation(
            once == null
                ? Ids.next()
                : Ids.of("invitation " + meeting + " " + once.principal() + " " + once.key()),
            meeting,
            draft.session(),
            draft.role(),
            Names.staff(draft.name()),
            now,
            now.plus(life),
            null,
            null);
    String secret = Token.random();
    return inMeeting(draft.session(), meeting)
        .compose(
            there ->
                InvitationStore.insert(database.pool(), invitation, Token.hash(secret), createdBy)
                    .recover(error -> Future.failedFuture(Outages.told(error))))
        .map(
            stored -> {
              if (!stored) {
                throw new Failure.Conflict(
                    "invitation-used",
                    "The invitation made under this Idempotency-Key is used already.",
                    null);
              }
              return new Made(invitation, secret);
            });
  }

  private Future<Void> inMeeting(@Nullable UUID session, UUID meeting) {
    if (session == null) {
      return Future.succeededFuture();
    }
    return places
        .meetingOf(session)
        .map(
            of -> {
              if (!of.equals(Optional.of(meeting))) {
                throw new Failure.NotFound("session");
              }
              return null;
            });
  }

  Future<List<Invitation>> list(UUID meeting, @Nullable UUID after, int limit) {
    return InvitationStore.list(database.pool(), meeting, after, limit)
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /** Revokes an invitation and the role it gave. */
  Future<Void> revoke(UUID meeting, UUID id) {
    Instant now = time.instant();
    return database
        .transaction(
            sql ->
                InvitationStore.revoke(sql, meeting, id, now)
                    .compose(
                        there -> {
                          if (!there) {
                            throw new Failure.NotFound("invitation");
                          }
                          return revokeGrant(sql, id, now);
                        }))
        .map(
            revoked -> {
              revocations.done(revoked);
              return null;
            });
  }

  private static Future<List<Revocations.Revoked>> revokeGrant(
      SqlConnection sql, UUID invitation, Instant now) {
    return GrantStore.ofInvitation(sql, invitation)
        .compose(
            held ->
                held.isEmpty()
                    ? Future.succeededFuture(List.of())
                    : GrantStore.revoke(sql, held.get(), now).map(List::of));
  }

  /**
   * A role that was accepted.
   *
   * @param issued the new token; null when the caller had the role already
   */
  record Accepted(
      Grant grant, SignIns.@Nullable Issued issued, List<Revocations.Revoked> revoked) {}

  /**
   * Uses a link.
   *
   * @param presented the token the caller came with
   * @param signIn the sign-in of that token
   */
  Future<Accepted> accept(String secret, @Nullable String presented, @Nullable UUID signIn) {
    Buffer hash = Token.hash(secret);
    Instant now = time.instant();
    return database
        .transaction(
            sql ->
                InvitationStore.hold(sql, hash)
                    .map(found -> usable(found, now))
                    .compose(
                        invitation ->
                            GrantStore.ofInvitation(sql, invitation.id())
                                .compose(
                                    held -> accept(sql, invitation, held, presented, signIn, now))))
        .map(
            accepted -> {
              revocations.done(accepted.revoked());
              return accepted;
            });
  }

  private static Invitation usable(Optional<Invitation> found, Instant now) {
    Invitation invitation =
        found.orElseThrow(
            () ->
                new Failure.Forbidden(
                    "invitation-unknown", "This is no invitation of this server."));
    if (invitation.revokedAt() != null) {
      throw new Failure.Forbidden(
          "invitation-revoked", "This invitation was taken back. Ask the organiser.");
    }
    if (!invitation.expiresAt().isAfter(now)) {
      throw new Failure.Forbidden(
          "invitation-expired", "This invitation has expired. Ask the organiser for a new one.");
    }
    return invitation;
  }

  private Future<Accepted> accept(
      SqlConnection sql,
      Invitation invitation,
      Optional<GrantStore.Held> held,
      @Nullable String presented,
      @Nullable UUID signIn,
      Instant now) {
    if (held.isPresent() && held.get().signIn().equals(signIn)) {
      return Future.succeededFuture(new Accepted(held.get().grant(), null, List.of()));
    }
    boolean screen = invitation.role() == Role.SCREEN;
    if (invitation.usedAt() != null && !screen) {
      throw new Failure.Forbidden(
          "invitation-used", "This invitation was used already. Ask the organiser for a new one.");
    }
    Instant until = screen ? invitation.expiresAt() : now.plus(limits.staffSession());
    Grant grant =
        new Grant(
            Ids.next(),
            invitation.role(),
            invitation.meeting(),
            invitation.session(),
            invitation.name());
    return revokeGrant(sql, invitation.id(), now)
        .compose(
            revoked ->
                InvitationStore.used(sql, invitation.id(), now)
                    .compose(done -> signIns.forRole(sql, presented, now, until))
                    .compose(
                        issued ->
                            GrantStore.insert(
                                    sql,
                                    new GrantStore.Held(grant, issued.signIn()),
                                    invitation.id(),
                                    now,
                                    screen ? until : null,
                                    until)
                                .map(new Accepted(grant, issued, revoked))));
  }
}
