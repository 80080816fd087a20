package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import plenary.database.Database;
import plenary.identity.Participant;
import plenary.identity.Role;
import plenary.live.Live;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.RateLimits;
import plenary.web.Request;

/** The contract's operations about questions that are alike, or that go from talk to talk. */
public final class SimilarRoutes {
  private final Live live;
  private final Database database;
  private final RateLimits looks;
  private final Function<UUID, Future<Optional<UUID>>> meetingOf;

  /**
   * Routes over the rules.
   *
   * @param looks how often one person may look for similar questions
   * @param meetingOf the meeting a session belongs to
   */
  public SimilarRoutes(
      Live live,
      Database database,
      RateLimits looks,
      Function<UUID, Future<Optional<UUID>>> meetingOf) {
    this.live = live;
    this.database = database;
    this.looks = looks;
    this.meetingOf = meetingOf;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("findSimilar", this::similar);
    api.on("carryOver", this::carryOver);
  }

  private Future<Answer> similar(Request request) {
    UUID person =
        request
            .principal()
            .participant(request.meeting())
            .map(Participant::id)
            .orElseGet(() -> ModerationRoutes.actor(request).id());
    looks.require(person.toString(), "You look very often; please wait a little.");
    Set<Status> open = EnumSet.allOf(Status.class);
    open.removeIf(status -> !status.isPublic());
    Wording wording = Wording.of(request.body().getString("text"));
    return Lookalike.of(database.pool(), request.session(), wording, open)
        .map(
            found ->
                Answer.ok(
                    new JsonObject()
                        .put(
                            "questions",
                            new JsonArray(found.stream().map(Lookalike::toJson).toList()))));
  }

  private Future<Answer> carryOver(Request request) {
    Actor actor = ModerationRoutes.actor(request);
    UUID from = UUID.fromString(request.body().getString("from"));
    if (from.equals(request.session())) {
      throw new Failure.Invalid(
          "/from", "same-session", "Name another session than the one they go to.");
    }
    List<UUID> questions =
        request.body().getJsonArray("questions").stream()
            .map(id -> UUID.fromString((String) id))
            .distinct()
            .toList();
    return meetingOf
        .apply(from)
        .compose(
            meeting -> {
              // Askers and votes belong to a meeting, so questions stay within theirs.
              if (!meeting.equals(Optional.of(request.meeting()))) {
                throw new Failure.NotFound("session");
              }
              Set<Role> there = request.principal().roles(request.meeting(), from);
              if (!there.contains(Role.MODERATOR) && !there.contains(Role.ORGANISER)) {
                throw new Failure.Forbidden(
                    "not-moderator-there", "You can carry over from sessions that you moderate.");
              }
              return live.submit(
                  Additions.carryOver(
                      request.session(), actor, from, questions, request.once(actor.id())));
            })
        .map(Answer::ok);
  }
}
