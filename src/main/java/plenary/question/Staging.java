package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Grant;
import plenary.live.Change;
import plenary.problem.Failure;
import plenary.question.Moderation.Seen;

/**
 * How other features put questions on stage: the moves of {@link Moderation}, with their log entry
 * and their undo, inside a command of theirs.
 */
public final class Staging {
  private static final Moderation.Target ON_STAGE =
      new Moderation.Target(Status.STAGE, null, null, null, null);

  private Staging() {}

  /** Refuses an id that is no question of the session. */
  public static Future<Void> exists(Change change, UUID question) {
    return Moderation.find(change, List.of(new Seen(question, null))).mapEmpty();
  }

  /**
   * Refuses a question that cannot come on stage.
   *
   * @param version of its triage that the caller saw, when they said so
   */
  public static Future<Void> check(Change change, UUID question, @Nullable Long version) {
    return find(change, question, version).mapEmpty();
  }

  private static Future<Question> find(Change change, UUID question, @Nullable Long version) {
    return Moderation.find(change, List.of(new Seen(question, version)))
        .map(
            found -> {
              Moderation.checkMove(found.getFirst(), Status.STAGE);
              return found.getFirst();
            });
  }

  /**
   * Puts a question on stage; the one that was there becomes answered.
   *
   * @return {@code question}, which is on stage now, and {@code entry} of the log
   */
  public static Future<JsonObject> go(
      Change change, Grant by, UUID question, @Nullable Long version) {
    return find(change, question, version)
        .compose(found -> Moderation.stage(change, found, ON_STAGE))
        .compose(edits -> new Act(change, Actor.of(by), "move", null, null).apply(edits))
        .map(done -> told(question, done.entry()));
  }

  /**
   * What a chair wants.
   *
   * @param skip whether the one on stage goes back to approved instead of being answered
   * @param said whether the chair said what they saw on stage
   * @param saw that question; absent = nothing was there
   */
  public record Next(boolean skip, boolean said, @Nullable UUID saw) {}

  /** Puts the first of the queue on stage; with an empty queue the stage becomes free. */
  public static Future<JsonObject> next(Change change, Grant by, Next next) {
    return QuestionStore.onStage(change.sql(), change.session())
        .compose(
            present -> {
              UUID there = present.map(Question::id).orElse(null);
              if (next.said() && !Objects.equals(there, next.saw())) {
                throw new Failure.Conflict(
                    "stale-version",
                    "Somebody else changed what is on stage a moment ago.",
                    told(there, null));
              }
              return QuestionStore.queue(change.sql(), change.session())
                  .compose(queue -> first(change, queue.keySet().stream().findFirst()))
                  .compose(first -> pass(change, by, next.skip(), present, first));
            });
  }

  private static Future<Optional<Question>> first(Change change, Optional<UUID> id) {
    return id.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : Moderation.find(change, List.of(new Seen(id.get(), null)))
            .map(found -> Optional.of(found.getFirst()));
  }

  private static Future<JsonObject> pass(
      Change change, Grant by, boolean skip, Optional<Question> present, Optional<Question> first) {
    if (present.isEmpty() && first.isEmpty()) {
      throw new Failure.Conflict("nothing-next", "Nothing is queued.", told(null, null));
    }
    List<Edit> edits = new ArrayList<>();
    first.ifPresent(question -> edits.add(edit(question, Status.STAGE)));
    present.ifPresent(
        question -> edits.add(edit(question, skip ? Status.APPROVED : Status.ANSWERED)));
    return new Act(change, Actor.of(by), "move", null, null)
        .apply(edits)
        .map(done -> told(first.map(Question::id).orElse(null), done.entry()));
  }

  private static Edit edit(Question question, Status to) {
    return new Edit(question, question.fields().movedTo(to, null, null));
  }

  private static JsonObject told(@Nullable UUID question, @Nullable UUID entry) {
    JsonObject body = new JsonObject();
    Question.put(body, "question", question);
    Question.put(body, "entry", entry);
    return body;
  }
}
