package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import plenary.database.Database;
import plenary.identity.Participant;
import plenary.identity.Role;
import plenary.live.Command;
import plenary.live.Live;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.NextLink;
import plenary.web.RateLimits;
import plenary.web.Request;

/** The contract's operations for attendees, and the lists everybody pages through. */
public final class QuestionRoutes {
  private final Live live;
  private final Database database;
  private final RateLimits asks;
  private final RateLimits voteRates;
  private final Votes votes = new Votes();
  private final Questions questions = new Questions();

  /**
   * Routes over the rules.
   *
   * @param asks how often a participant may ask
   * @param votes how often a participant may vote
   */
  public QuestionRoutes(Live live, Database database, RateLimits asks, RateLimits votes) {
    this.live = live;
    this.database = database;
    this.asks = asks;
    this.voteRates = votes;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("askQuestion", this::ask);
    api.on("withdrawQuestion", this::withdraw);
    api.on("vote", request -> vote(request, true));
    api.on("unvote", request -> vote(request, false));
    api.on("listMine", this::mine);
    api.on("listQuestions", this::list);
  }

  private static Participant participant(Request request) {
    return request
        .principal()
        .participant(request.meeting())
        .orElseThrow(() -> new Failure.Forbidden("Only participants do this; please join."));
  }

  private Future<Answer> ask(Request request) {
    JsonObject author = request.body().getJsonObject("author");
    boolean staff =
        request.roles().contains(Role.MODERATOR) || request.roles().contains(Role.ORGANISER);
    if (author != null || (staff && request.principal().participant(request.meeting()).isEmpty())) {
      return askOnBehalf(request, author == null ? new JsonObject() : author);
    }
    Participant asker = participant(request);
    asks.require(asker.id().toString(), "You ask very fast; please wait a little.");
    JsonObject body = request.body();
    Command command =
        questions.ask(
            request.session(),
            asker,
            body.getString("text"),
            body.getBoolean("anonymous", false),
            place(body),
            request.once(asker.id()));
    return live.submit(command).map(Answer::created);
  }

  /** Attendees ask, or answer a chat's prompt. */
  private static Place place(JsonObject body) {
    Place chosen = Place.chosen(null, body.getString("prompt"));
    return chosen == null ? Place.QUESTION : chosen;
  }

  private Future<Answer> askOnBehalf(Request request, JsonObject author) {
    Actor actor = ModerationRoutes.actor(request);
    return live.submit(
            Additions.ask(
                request.session(),
                actor,
                request.body().getString("text"),
                author.getString("name"),
                request.once(actor.id())))
        .map(Answer::created);
  }

  private Future<Answer> withdraw(Request request) {
    Participant asker = participant(request);
    Command command =
        Questions.withdraw(
            request.session(), asker, request.path("question"), request.once(asker.id()));
    return live.submit(command).map(Answer::ok);
  }

  private Future<Answer> vote(Request request, boolean cast) {
    Participant voter = participant(request);
    voteRates.require(voter.id().toString(), "You vote very fast; please wait a little.");
    return live.submit(votes.command(request.session(), request.path("question"), voter.id(), cast))
        .map(Answer::ok);
  }

  private Future<Answer> mine(Request request) {
    Participant me = participant(request);
    return QuestionStore.askedBy(database.pool(), request.session(), me.id())
        .compose(
            asked ->
                VoteStore.castBy(database.pool(), request.session(), me.id())
                    .map(
                        cast ->
                            Answer.ok(
                                new JsonObject()
                                    .put(
                                        "questions",
                                        new JsonArray(
                                            asked.stream().map(Question::mineBody).toList()))
                                    .put(
                                        "votes",
                                        new JsonArray(
                                            cast.stream().map(UUID::toString).toList())))));
  }

  private Future<Answer> list(Request request) {
    boolean moderator =
        request.roles().contains(Role.MODERATOR) || request.roles().contains(Role.ORGANISER);
    Set<Status> statuses = Listing.statuses(moderator);
    request
        .query("status")
        .map(Status::named)
        .ifPresent(status -> statuses.retainAll(EnumSet.of(status)));
    Listing wanted =
        new Listing(
            request.session(),
            statuses,
            Listing.Sort.named(request.query("sort").orElse("newest")),
            request.query("q").map(Listing::containing).orElse(null),
            NextLink.limit(request));
    UUID after = request.query("after").map(QuestionRoutes::id).orElse(null);
    return QuestionStore.page(database.pool(), wanted, after)
        .compose(questions -> standings(request, questions, moderator))
        .map(
            body -> {
              JsonArray page = body.getJsonArray("questions");
              Answer answer = Answer.ok(body);
              return page.size() < wanted.limit()
                  ? answer
                  : answer.with(
                      "Link",
                      NextLink.to(
                          request,
                          page.getJsonObject(page.size() - 1).getString("id"),
                          List.of("status", "sort", "q")));
            });
  }

  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Failure.Invalid("?after", "no-page", "This is not the end of a page of this list.");
    }
  }

  private Future<JsonObject> standings(
      Request request, List<Question> questions, boolean moderator) {
    Set<UUID> askers = new HashSet<>();
    questions.forEach(
        question -> {
          if (question.asker() != null) {
            askers.add(question.asker());
          }
        });
    return (moderator
            ? QuestionStore.standings(database.pool(), request.session(), askers)
            : Future.succeededFuture(Map.<UUID, Question.Standing>of()))
        .map(
            standings -> {
              JsonArray page = new JsonArray();
              for (Question question : questions) {
                JsonObject body = question.publicBody().put("votes", question.votes());
                if (moderator) {
                  UUID asker = question.asker();
                  body.put(
                          "triage",
                          question.triageBody(asker == null ? null : standings.get(asker)))
                      .put("triageVersion", question.version());
                }
                page.add(body);
              }
              return new JsonObject().put("questions", page);
            });
  }
}
