package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.identity.Role;
import plenary.live.Live;
import plenary.problem.Failure;
import plenary.question.Moderation.Seen;
import plenary.question.Moderation.Target;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.NextLink;
import plenary.web.Request;

/** The contract's operations for moderators. */
public final class ModerationRoutes {
  private final Live live;
  private final Database database;

  public ModerationRoutes(Live live, Database database) {
    this.live = live;
    this.database = database;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("moveQuestion", this::move);
    api.on("moveQuestions", this::moveAll);
    api.on("patchQuestion", this::patch);
    api.on("mergeQuestion", this::merge);
    api.on("getLog", this::log);
    api.on("undo", this::undo);
  }

  /** The member of staff in whose name a request acts. */
  static Actor actor(Request request) {
    return request
        .principal()
        .grant(request.meeting(), request.session(), Role.MODERATOR, Role.ORGANISER)
        .map(Actor::of)
        .orElseThrow(() -> new Failure.Forbidden("Your role does not allow this."));
  }

  private static Seen seen(Request request) {
    return new Seen(request.path("question"), request.ifMatch());
  }

  private static Target target(JsonObject body) {
    return new Target(
        Status.named(body.getString("to")),
        body.getString("reason"),
        Place.chosen(body.getString("as"), body.getString("prompt")),
        id(body.getString("before")),
        id(body.getString("after")));
  }

  private static @Nullable UUID id(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }

  private Future<Answer> move(Request request) {
    Actor actor = actor(request);
    return live.submit(
            Moderation.move(
                request.session(),
                actor,
                seen(request),
                target(request.body()),
                request.once(actor.id())))
        .map(Answer::ok);
  }

  private Future<Answer> moveAll(Request request) {
    Actor actor = actor(request);
    List<Seen> seen =
        request.body().getJsonArray("questions").stream()
            .map(JsonObject.class::cast)
            .map(item -> new Seen(UUID.fromString(item.getString("id")), item.getLong("version")))
            .toList();
    return live.submit(
            Moderation.moveAll(
                request.session(), actor, seen, target(request.body()), request.once(actor.id())))
        .map(Answer::ok);
  }

  private Future<Answer> patch(Request request) {
    Actor actor = actor(request);
    return live.submit(
            Moderation.patch(
                request.session(), actor, seen(request), request.body(), request.once(actor.id())))
        .map(Answer::ok);
  }

  private Future<Answer> merge(Request request) {
    Actor actor = actor(request);
    UUID into = UUID.fromString(request.body().getString("into"));
    return live.submit(
            Moderation.merge(
                request.session(), actor, seen(request), into, request.once(actor.id())))
        .map(Answer::ok);
  }

  private Future<Answer> undo(Request request) {
    Actor actor = actor(request);
    return live.submit(
            Moderation.undo(
                request.session(), actor, request.path("entry"), request.once(actor.id())))
        .map(Answer::ok);
  }

  private Future<Answer> log(Request request) {
    int limit = NextLink.limit(request);
    UUID after = request.query("after").map(QuestionRoutes::id).orElse(null);
    return LogStore.page(database.pool(), request.session(), limit, after)
        .map(
            entries -> {
              Answer answer = Answer.ok(LogStore.body(entries));
              return entries.size() < limit
                  ? answer
                  : answer.with(
                      "Link", NextLink.to(request, entries.getLast().id().toString(), List.of()));
            });
  }
}
