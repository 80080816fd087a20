package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.identity.Grant;
import plenary.identity.Participant;
import plenary.identity.Principal;
import plenary.identity.Role;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Cookies;
import plenary.web.NextLink;
import plenary.web.Request;

/** The contract's operations on sign-ins and invitations. */
final class AccessRoutes {
  private final Database database;
  private final Setup setup;
  private final Invitations invitations;
  private final Principals principals;
  private final Revocations revocations;
  private final String publicUrl;
  private final InstantSource time;

  AccessRoutes(
      Database database,
      Setup setup,
      Invitations invitations,
      Principals principals,
      Revocations revocations,
      String publicUrl,
      InstantSource time) {
    this.database = database;
    this.setup = setup;
    this.invitations = invitations;
    this.principals = principals;
    this.revocations = revocations;
    this.publicUrl = publicUrl;
    this.time = time;
  }

  void attach(Api api) {
    api.on("setup", this::setUp);
    api.on("getMe", this::me);
    api.on("signOut", this::signOut);
    api.on("createInvitation", this::invite);
    api.on("listInvitations", this::list);
    api.on("revokeInvitation", this::revoke);
    api.on("acceptInvitation", this::accept);
  }

  private Future<Answer> setUp(Request request) {
    JsonObject body = request.body();
    return setup
        .use(body.getString("token"), body.getString("name"), Callers.token(request))
        .map(
            done -> {
              revocations.done(done.revoked());
              return signedIn(201, done.grant(), done.issued(), request);
            });
  }

  private Future<Answer> me(Request request) {
    return Future.succeededFuture(Answer.ok(Bodies.of(request.principal())));
  }

  /** Everything of the sign-in ends: its tokens, and the streams of all its roles. */
  private Future<Answer> signOut(Request request) {
    Answer answer = Answer.noContent().with("Set-Cookie", Cookies.clear(request.secure()));
    Principal caller = request.principal();
    UUID signIn = caller.signIn();
    if (signIn == null) {
      return Future.succeededFuture(answer);
    }
    List<Revocations.Revoked> revoked =
        Stream.concat(
                caller.grants().stream().map(Grant::id),
                caller.participants().values().stream().map(Participant::id))
            .map(id -> new Revocations.Revoked(id, signIn))
            .toList();
    return database
        .transaction(
            sql ->
                TokenStore.deleteTokens(sql, signIn).compose(done -> GrantStore.tell(sql, revoked)))
        .map(
            done -> {
              principals.forget(signIn);
              revocations.done(revoked);
              return answer;
            });
  }

  private Future<Answer> invite(Request request) {
    JsonObject body = request.body();
    String session = body.getString("session");
    Grant inviter =
        request
            .principal()
            .grant(request.meeting(), null, Role.ORGANISER)
            .orElseThrow(() -> new Failure.Forbidden("Only organisers invite."));
    Invitations.Draft draft =
        new Invitations.Draft(
            session == null ? null : UUID.fromString(session),
            Role.valueOf(body.getString("role").toUpperCase(Locale.ROOT)),
            body.getString("name"),
            body.getInteger("expiresInDays"));
    return invitations
        .create(request.meeting(), draft, inviter.id(), request.once(inviter.id()))
        .map(
            made ->
                Answer.created(
                    made.invitation()
                        .toJson(time.instant())
                        .put("link", base(request) + "/invite#" + made.secret())
                        .put("token", made.secret())));
  }

  private String base(Request request) {
    if (!publicUrl.isEmpty()) {
      return publicUrl;
    }
    var authority = request.routing().request().authority();
    return (request.secure() ? "https://" : "http://") + Objects.requireNonNull(authority);
  }

  private Future<Answer> list(Request request) {
    int limit = NextLink.limit(request);
    return invitations
        .list(request.meeting(), request.query("after").map(AccessRoutes::id).orElse(null), limit)
        .map(
            page -> {
              JsonArray all = new JsonArray();
              page.forEach(invitation -> all.add(invitation.toJson(time.instant())));
              Answer answer = Answer.ok(new JsonObject().put("invitations", all));
              return page.size() < limit
                  ? answer
                  : answer.with(
                      "Link", NextLink.to(request, page.getLast().id().toString(), List.of()));
            });
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Failure.Invalid("?after", "no-page", "This is not from a page's Link.");
    }
  }

  private Future<Answer> revoke(Request request) {
    return invitations
        .revoke(request.meeting(), request.path("invitation"))
        .map(done -> Answer.noContent());
  }

  private Future<Answer> accept(Request request) {
    String presented = Callers.token(request);
    return invitations
        .accept(request.body().getString("token"), presented, request.principal().signIn())
        .map(accepted -> signedIn(200, accepted.grant(), accepted.issued(), request));
  }

  /** The contract's {@code SignedIn}; who was signed in already keeps token and cookie. */
  private Answer signedIn(
      int status, Grant grant, SignIns.@Nullable Issued issued, Request request) {
    JsonObject body = new JsonObject().put("grant", Bodies.of(grant));
    if (issued == null) {
      return Answer.json(status, body.put("token", Callers.token(request)));
    }
    if (request.principal().signIn() != null) {
      principals.forget(Objects.requireNonNull(request.principal().signIn()));
    }
    body.put("token", issued.token()).put("expiresAt", Bodies.time(issued.expiresAt()));
    return Callers.signedIn(Answer.json(status, body), issued, time.instant(), request);
  }
}
