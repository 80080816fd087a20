package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Ids;
import plenary.identity.Participant;
import plenary.live.Change;
import plenary.live.Command;
import plenary.problem.Failure;
import plenary.screening.Author;
import plenary.screening.Context;
import plenary.screening.Reason;
import plenary.screening.RecentTexts;
import plenary.screening.Reviewed;
import plenary.screening.Screening;
import plenary.screening.Verdict;

/** What attendees do with questions: ask, withdraw. */
final class Questions {
  private final Recently recently = new Recently();

  /** Asks. The answer is the question as its asker sees it. */
  Command ask(
      UUID session,
      Participant asker,
      String text,
      boolean anonymous,
      Place place,
      Command.@Nullable Once once) {
    // Outside the session's lock: others wait for what is done under it.
    Reviewed reviewed = Screening.review(text);
    return SessionRules.command(
        session,
        "ask",
        Command.Lane.CROWD,
        once,
        change ->
            SessionRules.of(change)
                .compose(
                    rules ->
                        place
                            .check(change)
                            .compose(
                                known ->
                                    ask(
                                        change,
                                        place.isQuestion()
                                            ? rules.orClosed().orPaused()
                                            : rules.orClosed(),
                                        asker,
                                        reviewed,
                                        anonymous,
                                        place))));
  }

  private Future<JsonObject> ask(
      Change change,
      SessionRules rules,
      Participant asker,
      Reviewed reviewed,
      boolean anonymous,
      Place place) {
    Future<QuestionStore.Record> record =
        QuestionStore.record(change.sql(), change.session(), asker.id(), reviewed.text());
    // Asked together: the connection carries both to the database at once.
    Future<List<Lookalike>> similar =
        Lookalike.of(
            change.sql(), change.session(), Wording.of(reviewed.text()), Lookalike.ANYWHERE);
    return Future.all(record, recently.of(change), similar)
        .map(
            read -> {
              Verdict verdict =
                  Screening.verdict(
                          reviewed,
                          rules.limits(),
                          context(change, asker, read.resultAt(0), read.resultAt(1)))
                      .orRefuse("/text");
              String name = author(rules, asker, anonymous);
              UUID same = record.result().same();
              if (same != null) {
                throw new Failure.Conflict(
                    "already-asked",
                    "You have asked exactly this already.",
                    new JsonObject().put("id", same.toString()));
              }
              return asked(change, rules, asker.id(), name, verdict, similar.result(), place);
            })
        .compose(
            question -> {
              change.beforeCommit(QuestionStore.insert(change.sql(), question));
              return Entities.put(change, null, question).map(ignored -> question.mineBody());
            });
  }

  private static Context context(
      Change change, Participant asker, QuestionStore.Record record, RecentTexts recent) {
    return new Context(
        new Author(asker.id(), record.taken(), record.unsuitable()), change.now(), recent);
  }

  private static @Nullable String author(SessionRules rules, Participant asker, boolean anonymous) {
    return switch (rules.anonymity()) {
      case "anonymous" -> null;
      case "named" -> {
        if (asker.name() == null) {
          throw new Failure.Forbidden(
              "name-required", "This meeting wants questions with a name; please enter yours.");
        }
        yield asker.name();
      }
      default -> anonymous ? null : asker.name();
    };
  }

  private static Question asked(
      Change change,
      SessionRules rules,
      UUID asker,
      @Nullable String name,
      Verdict verdict,
      List<Lookalike> similar,
      Place place) {
    boolean direct = rules.openly(verdict);
    UUID id = Ids.next();
    return new Question(
        id,
        change.session(),
        asker,
        name,
        null,
        "phone",
        change.now(),
        verdict.text(),
        new JsonArray(verdict.reasons().stream().map(Reason::rule).toList()),
        new JsonArray(similar.stream().map(Lookalike::hint).toList()),
        null,
        null,
        Fields.asked(verdict.text(), direct ? Status.APPROVED : Status.INCOMING, place),
        null,
        change.now(),
        change.version(),
        id,
        0,
        0);
  }

  /** Takes a question back, while nobody has taken it up. For its asker alone; no undo. */
  static Command withdraw(
      UUID session, Participant asker, UUID question, Command.@Nullable Once once) {
    return SessionRules.command(
        session,
        "withdraw",
        Command.Lane.CROWD,
        once,
        change ->
            QuestionStore.find(change.sql(), session, List.of(question))
                .compose(found -> withdraw(change, asker, question, found)));
  }

  private static Future<JsonObject> withdraw(
      Change change, Participant asker, UUID id, Map<UUID, Question> found) {
    Question question = found.get(id);
    if (question == null) {
      throw new Failure.NotFound("question");
    }
    if (!asker.id().equals(question.asker())) {
      if (question.status().isPublic()) {
        throw new Failure.Forbidden("not-yours", "Only its asker can withdraw a question.");
      }
      throw new Failure.NotFound("question");
    }
    switch (question.status()) {
      case WITHDRAWN -> {
        return Future.succeededFuture(question.mineBody());
      }
      case STAGE, ANSWERED ->
          throw new Failure.Conflict(
              "already-taken",
              "This question was taken up already.",
              new JsonObject().put("status", question.status().id()));
      default -> {
        Fields after = question.fields().movedTo(Status.WITHDRAWN, null, null);
        return new Act(change, Actor.of(asker), "withdraw", null, null)
            .apply(List.of(new Edit(question, after)))
            .map(done -> done.questions().getFirst().mineBody());
      }
    }
  }
}
