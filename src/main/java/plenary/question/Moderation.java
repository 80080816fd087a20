package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.live.Command;
import plenary.problem.Failure;
import plenary.screening.Screening;
import plenary.screening.TextLimits;

/**
 * What moderators do with questions. Each command names its actor in the log, can be undone while
 * what it changed still stands, and is refused when the mover saw an older version.
 */
final class Moderation {
  private static final TextLimits NOTE = new TextLimits(1_000, 8_000, true);

  private Moderation() {}

  /** A question and the version of its triage the mover saw, when they said so. */
  record Seen(UUID question, @Nullable Long version) {}

  /**
   * Where a question shall go.
   *
   * @param as where it is shown from now on; null = where it was
   * @param before names a neighbour in the queue, as {@code after} does
   */
  record Target(
      Status to,
      @Nullable String reason,
      @Nullable Place as,
      @Nullable UUID before,
      @Nullable UUID after) {
    /** Refuses a prompt that is none of the session's. */
    Future<Void> check(Change change) {
      return as == null ? Future.succeededFuture() : as.check(change);
    }

    /** An edit that ends where this says. */
    Edit placed(Edit edit) {
      return as == null ? edit : new Edit(edit.before(), edit.after().placed(as));
    }
  }

  private static Command command(
      UUID session,
      String kind,
      Command.@Nullable Once once,
      Function<Change, Future<JsonObject>> work) {
    return SessionRules.command(session, kind, Command.Lane.STAFF, once, work);
  }

  static Command move(
      UUID session, Actor actor, Seen seen, Target target, Command.@Nullable Once once) {
    return command(
        session,
        "move",
        once,
        change ->
            target
                .check(change)
                .compose(known -> find(change, List.of(seen)))
                .compose(
                    found -> {
                      Question question = found.getFirst();
                      checkMove(question, target.to());
                      return target.to() == Status.STAGE
                          ? stage(change, question, target)
                          : place(change, found, target);
                    })
                .compose(
                    edits -> new Act(change, actor, "move", target.reason(), null).apply(edits))
                .map(done -> done.body(seen.question())));
  }

  /** All or none; any stale one refuses all. */
  static Command moveAll(
      UUID session, Actor actor, List<Seen> seen, Target target, Command.@Nullable Once once) {
    return command(
        session,
        "move",
        once,
        change ->
            target
                .check(change)
                .compose(known -> find(change, seen))
                .compose(
                    found -> {
                      found.forEach(question -> checkMove(question, target.to()));
                      return place(change, found, target);
                    })
                .compose(
                    edits -> new Act(change, actor, "move", target.reason(), null).apply(edits))
                .map(Act.Done::body));
  }

  static void checkMove(Question question, Status to) {
    if (question.status() != to && !question.status().moves().contains(to)) {
      throw new Failure.Conflict(
          "wrong-status",
          "A question that is " + question.status().id() + " cannot become " + to.id() + ".",
          current(question));
    }
  }

  /** The present one goes to answered first: one command, one entry naming both. */
  static Future<List<Edit>> stage(Change change, Question question, Target target) {
    return QuestionStore.onStage(change.sql(), change.session())
        .map(
            present -> {
              List<Edit> edits = new ArrayList<>();
              edits.add(target.placed(edit(question, Status.STAGE, null, null)));
              present
                  .filter(other -> !other.id().equals(question.id()))
                  .ifPresent(other -> edits.add(edit(other, Status.ANSWERED, null, null)));
              return edits;
            });
  }

  private static Future<List<Edit>> place(Change change, List<Question> questions, Target target) {
    if (target.to() != Status.QUEUED) {
      return Future.succeededFuture(
          questions.stream()
              .map(question -> target.placed(edit(question, target.to(), null, target.reason())))
              .toList());
    }
    return QuestionStore.queue(change.sql(), change.session())
        .map(
            ranks -> {
              Queue queue = new Queue(ranks);
              questions.forEach(question -> queue.remove(question.id()));
              List<Edit> edits = new ArrayList<>();
              for (Question question : questions) {
                String rank = queue.place(target.before(), target.after());
                queue.add(question.id(), rank);
                edits.add(target.placed(edit(question, Status.QUEUED, rank, null)));
              }
              return edits;
            });
  }

  private static Edit edit(
      Question question, Status to, @Nullable String rank, @Nullable String reason) {
    boolean stays = question.status() == to && to != Status.QUEUED;
    return new Edit(
        question, stays ? question.fields() : question.fields().movedTo(to, rank, reason));
  }

  /** Edits, labels, pins, assigns or annotates; the original wording stays. */
  static Command patch(
      UUID session, Actor actor, Seen seen, JsonObject patch, Command.@Nullable Once once) {
    return command(
        session,
        "edit",
        once,
        change ->
            SessionRules.of(change)
                .compose(
                    rules ->
                        find(change, List.of(seen))
                            .compose(
                                found -> {
                                  Question question = found.getFirst();
                                  if (question.status() == Status.WITHDRAWN) {
                                    throw withdrawn(question);
                                  }
                                  Fields after =
                                      question.fields().patched(screened(patch, rules.limits()));
                                  return new Act(change, actor, "edit", null, null)
                                      .apply(List.of(new Edit(question, after)));
                                }))
                .map(done -> done.body(seen.question())));
  }

  private static JsonObject screened(JsonObject patch, TextLimits limits) {
    JsonObject clean = patch.copy();
    screen(clean, "text", limits);
    screen(clean, "note", NOTE);
    screen(clean, "assignee", TextLimits.NAME);
    JsonArray labels = patch.getJsonArray("labels");
    if (labels != null) {
      JsonArray screened = new JsonArray();
      for (int i = 0; i < labels.size(); i++) {
        screened.add(
            Screening.verdict(labels.getString(i), TextLimits.NAME)
                .orRefuse("/labels/" + i)
                .text());
      }
      clean.put("labels", screened);
    }
    return clean;
  }

  private static void screen(JsonObject patch, String field, TextLimits limits) {
    String text = patch.getString(field);
    if (text != null) {
      patch.put(field, Screening.verdict(text, limits).orRefuse('/' + field).text());
    }
  }

  /** Votes stay where they were cast; the group counts its distinct voters. */
  static Command merge(
      UUID session, Actor actor, Seen seen, UUID into, Command.@Nullable Once once) {
    return command(
        session,
        "merge",
        once,
        change ->
            find(change, List.of(seen, new Seen(into, null)))
                .compose(
                    found -> {
                      Question question = found.getFirst();
                      checkMerge(question, found.getLast());
                      Fields after = question.fields().mergedInto(into);
                      return new Act(change, actor, "merge", null, null)
                          .apply(List.of(new Edit(question, after)));
                    })
                .map(done -> done.body(seen.question())));
  }

  private static void checkMerge(Question question, Question into) {
    if (question.id().equals(into.id())) {
      throw new Failure.Conflict(
          "merge-cycle", "A question cannot be merged into itself.", current(question));
    }
    if (into.status() == Status.MERGED) {
      throw new Failure.Conflict(
          "merge-cycle",
          "The other question was merged itself; merge into the one it is part of.",
          current(into));
    }
    if (into.status() == Status.WITHDRAWN) {
      throw withdrawn(into);
    }
    if (!question.status().isMergeable()) {
      throw new Failure.Conflict(
          "wrong-status",
          "A question that is " + question.status().id() + " cannot be merged.",
          current(question));
    }
  }

  /** Takes an entry of the log back, if everything it changed still stands. */
  static Command undo(UUID session, Actor actor, UUID entry, Command.@Nullable Once once) {
    return command(
        session,
        "undo",
        once,
        change ->
            LogStore.find(change.sql(), session, entry)
                .compose(found -> undo(change, actor, found))
                .map(Act.Done::body));
  }

  private static Future<Act.Done> undo(Change change, Actor actor, Optional<LogEntry> found) {
    LogEntry entry = found.orElseThrow(() -> new Failure.NotFound("log entry"));
    if (entry.action().equals("withdraw")) {
      throw new Failure.Conflict(
          "not-undoable", "What an asker withdrew stays withdrawn.", entry.toJson());
    }
    if (entry.undoneBy() != null) {
      throw new Failure.Conflict("already-undone", "This was taken back already.", entry.toJson());
    }
    List<JsonObject> differences = entry.changes().stream().map(JsonObject.class::cast).toList();
    List<Seen> ids =
        differences.stream()
            .map(difference -> new Seen(UUID.fromString(difference.getString("id")), null))
            .toList();
    return find(change, ids)
        .compose(questions -> Undoing.edits(change, questions, differences))
        .compose(edits -> new Act(change, actor, "undo", null, entry.id()).apply(edits));
  }

  /** The questions, in the order asked for; refuses unknown ones and stale versions. */
  static Future<List<Question>> find(Change change, List<Seen> seen) {
    List<UUID> ids = seen.stream().map(Seen::question).distinct().toList();
    return QuestionStore.find(change.sql(), change.session(), ids)
        .map(
            found -> {
              List<Question> questions = new ArrayList<>();
              for (UUID id : ids) {
                Question question = found.get(id);
                if (question == null) {
                  throw new Failure.NotFound("question");
                }
                questions.add(question);
              }
              refuseStale(change.now(), seen, found);
              return questions;
            });
  }

  private static void refuseStale(Instant now, List<Seen> seen, Map<UUID, Question> found) {
    List<Question> stale = new ArrayList<>();
    for (Seen one : seen) {
      Question question = found.get(one.question());
      if (question != null && one.version() != null && question.version() != one.version()) {
        stale.add(question);
      }
    }
    if (stale.isEmpty()) {
      return;
    }
    Question first = stale.getFirst();
    JsonObject current = current(first);
    if (seen.size() > 1) {
      current =
          new JsonObject()
              .put("questions", new JsonArray(stale.stream().map(Moderation::current).toList()));
    }
    String who = first.changedBy() == null ? "Somebody" : first.changedBy();
    long seconds = Math.max(0, Duration.between(first.changedAt(), now).toSeconds());
    throw new Failure.Conflict(
        "stale-version",
        who + " changed this " + seconds + " s ago; it is " + first.status().id() + " now.",
        current);
  }

  private static Failure withdrawn(Question question) {
    return new Failure.Conflict(
        "wrong-status", "Its asker has withdrawn this question.", current(question));
  }

  /** What is there now, for the one who did not see it. */
  static JsonObject current(Question question) {
    return question.moderatedBody().put("version", question.version());
  }
}
