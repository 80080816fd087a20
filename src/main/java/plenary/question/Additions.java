package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.database.Ids;
import plenary.live.Change;
import plenary.live.Command;
import plenary.problem.Failure;
import plenary.screening.Reason;
import plenary.screening.Screening;
import plenary.screening.TextLimits;
import plenary.screening.Verdict;

/**
 * Questions that moderators bring into a session: asked on behalf of somebody in the hall, or taken
 * along from the talk before. Both are in the log, and undone they are withdrawn.
 */
final class Additions {
  private static final Set<Status> OPEN =
      EnumSet.of(Status.INCOMING, Status.APPROVED, Status.QUEUED, Status.STAGE);

  private Additions() {}

  private static Command command(
      UUID session,
      String kind,
      Command.@Nullable Once once,
      Function<Change, Future<JsonObject>> work) {
    return SessionRules.command(session, kind, Command.Lane.STAFF, once, work);
  }

  /** Asks for somebody at the hall's microphone; it is public at once. */
  static Command ask(
      UUID session, Actor actor, String text, @Nullable String name, Command.@Nullable Once once) {
    return command(
        session,
        "ask",
        once,
        change ->
            SessionRules.of(change)
                .compose(rules -> ask(change, rules.orOver(), actor, text, name)));
  }

  private static Future<JsonObject> ask(
      Change change, SessionRules rules, Actor actor, String raw, @Nullable String rawName) {
    Verdict verdict = Screening.verdict(raw, rules.limits()).orRefuse("/text");
    String name =
        rawName == null || rules.anonymity().equals("anonymous")
            ? null
            : Screening.verdict(rawName, TextLimits.NAME).orRefuse("/author/name").text();
    Wording wording = Wording.of(verdict.text());
    return Lookalike.of(change.sql(), change.session(), wording, Lookalike.ANYWHERE)
        .compose(
            similar -> {
              Question question = asked(change, actor, verdict, name, similar);
              return QuestionStore.insert(change.sql(), question)
                  .compose(ignored -> Entities.put(change, null, question))
                  .compose(
                      ignored -> new Act(change, actor, "ask", null, null).begin(List.of(question)))
                  .map(entry -> question.mineBody().put("entry", entry.toString()));
            });
  }

  private static Question asked(
      Change change, Actor actor, Verdict verdict, @Nullable String name, List<Lookalike> similar) {
    UUID id = Ids.next();
    return new Question(
        id,
        change.session(),
        null,
        name,
        null,
        "chair",
        change.now(),
        verdict.text(),
        new JsonArray(verdict.reasons().stream().map(Reason::rule).toList()),
        new JsonArray(similar.stream().map(Lookalike::hint).toList()),
        null,
        null,
        Fields.asked(verdict.text(), Status.APPROVED, Place.QUESTION),
        actor.name(),
        change.now(),
        change.version(),
        id,
        0,
        0);
  }

  /** Takes questions of another session along, with their askers and votes; each once. */
  static Command carryOver(
      UUID session, Actor actor, UUID from, List<UUID> ids, Command.@Nullable Once once) {
    return command(
        session,
        "carry",
        once,
        change ->
            SessionRules.of(change)
                .compose(
                    rules -> {
                      rules.orOver();
                      return QuestionStore.find(change.sql(), from, ids);
                    })
                .compose(
                    found -> {
                      List<Question> origins = origins(ids, found);
                      return there(change, origins)
                          .compose(there -> carry(change, actor, origins, there));
                    }));
  }

  /** What the session has of them already: copies, and posts that both sessions were told of. */
  private static Future<Map<UUID, Question>> there(Change change, List<Question> origins) {
    Set<UUID> ids = new HashSet<>();
    Map<UUID, UUID> byPost = new HashMap<>();
    for (Question origin : origins) {
      ids.add(origin.id());
      if (origin.found() != null) {
        byPost.put(origin.found().post(), origin.id());
      }
    }
    return QuestionStore.carried(change.sql(), change.session(), ids)
        .compose(
            copies ->
                FoundStore.byPost(change.sql(), change.session(), byPost.keySet())
                    .map(
                        found -> {
                          Map<UUID, Question> there = new HashMap<>(copies);
                          found.forEach(
                              (post, question) -> there.putIfAbsent(byPost.get(post), question));
                          return there;
                        }));
  }

  private static List<Question> origins(List<UUID> ids, Map<UUID, Question> found) {
    List<Question> origins = new ArrayList<>();
    for (UUID id : ids) {
      Question origin = found.get(id);
      if (origin == null) {
        throw new Failure.NotFound("question");
      }
      if (!OPEN.contains(origin.status())) {
        throw new Failure.Conflict(
            "wrong-status",
            "A question that is " + origin.status().id() + " is not carried over.",
            Moderation.current(origin));
      }
      origins.add(origin);
    }
    return origins;
  }

  private static Future<JsonObject> carry(
      Change change, Actor actor, List<Question> origins, Map<UUID, Question> there) {
    List<Question> copies = new ArrayList<>();
    for (Question origin : origins) {
      if (!there.containsKey(origin.id())) {
        copies.add(copy(change, actor, origin));
      }
    }
    JsonArray body = new JsonArray();
    for (Question origin : origins) {
      Question old = there.get(origin.id());
      Question is =
          old != null
              ? old
              : copies.stream()
                  .filter(copy -> origin.id().equals(copy.carriedFrom()))
                  .findFirst()
                  .orElseThrow();
      body.add(
          new JsonObject()
              .put("id", is.id().toString())
              .put("from", origin.id().toString())
              .put("status", is.status().id()));
    }
    JsonObject answer = new JsonObject().put("questions", body);
    if (copies.isEmpty()) {
      return Future.succeededFuture(answer);
    }
    return insert(change, copies)
        .compose(ignored -> new Act(change, actor, "carry", null, null).begin(copies))
        .map(entry -> answer.put("entry", entry.toString()));
  }

  private static Future<Void> insert(Change change, List<Question> copies) {
    Future<Void> inserted = Future.succeededFuture();
    for (Question copy : copies) {
      inserted = inserted.compose(ignored -> QuestionStore.insert(change.sql(), copy));
    }
    Future<Void> shown =
        inserted
            .compose(ignored -> VoteStore.carry(change.sql(), change.session(), copies))
            .compose(
                votes -> {
                  Future<Void> put = Future.succeededFuture();
                  for (Question copy : copies) {
                    Question counted = copy.counted(votes.getOrDefault(copy.id(), 0));
                    put = put.compose(ignored -> Entities.put(change, null, counted));
                  }
                  return put;
                });
    return shown;
  }

  private static Question copy(Change change, Actor actor, Question origin) {
    UUID id = Ids.next();
    Status status = origin.status() == Status.INCOMING ? Status.INCOMING : Status.APPROVED;
    Fields fields = origin.fields();
    return new Question(
        id,
        change.session(),
        origin.asker(),
        origin.authorName(),
        origin.authorRole(),
        origin.source(),
        origin.askedAt(),
        origin.originalText(),
        origin.reasons(),
        new JsonArray(),
        origin.found(),
        origin.id(),
        new Fields(
            fields.text(),
            status,
            null,
            null,
            fields.labels(),
            false,
            null,
            fields.note(),
            null,
            Place.QUESTION),
        actor.name(),
        change.now(),
        change.version(),
        id,
        0,
        0);
  }
}
