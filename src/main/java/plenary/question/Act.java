package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Ids;
import plenary.live.Change;

/**
 * One act of moderation on one or more questions: writes them, the log entry that names who did it,
 * the groups and tallies that follow, and what each view is shown. All checks come before.
 */
record Act(
    Change change, Actor actor, String action, @Nullable String reason, @Nullable UUID undoes) {

  /** The questions as they are now, in the order given, and the entry; none if nothing changed. */
  record Done(List<Question> questions, @Nullable UUID entry) {
    /** The answer about a question, with the entry for undo. */
    JsonObject body(UUID question) {
      for (Question candidate : questions) {
        if (candidate.id().equals(question)) {
          return withEntry(candidate.moderatedBody());
        }
      }
      throw new IllegalStateException("a question that was not part of the act");
    }

    /** The answer about many. */
    JsonObject body() {
      JsonArray moved = new JsonArray();
      for (Question question : questions) {
        moved.add(
            new JsonObject()
                .put("id", question.id().toString())
                .put("status", question.status().id()));
      }
      return withEntry(new JsonObject().put("questions", moved));
    }

    private JsonObject withEntry(JsonObject body) {
      Question.put(body, "entry", entry);
      return body;
    }
  }

  Future<Done> apply(List<Edit> edits) {
    List<Edit> real = edits.stream().filter(edit -> !edit.isNothing()).toList();
    Map<UUID, Question> now = new LinkedHashMap<>();
    edits.forEach(edit -> now.put(edit.before().id(), edit.before()));
    if (real.isEmpty()) {
      return Future.succeededFuture(new Done(List.copyOf(now.values()), null));
    }
    // Whoever leaves the stage goes first: the database allows one question there.
    List<Edit> ordered = new ArrayList<>(real);
    ordered.sort(Comparator.comparing(edit -> !edit.leavesStage()));
    UUID entry = Ids.next();
    Future<Void> written = Future.succeededFuture();
    for (Edit edit : ordered) {
      Question after =
          edit.before().with(edit.after()).changed(actor.name(), change.now(), change.version());
      now.put(after.id(), after);
      written =
          written.compose(
              ignored -> {
                change.beforeCommit(QuestionStore.update(change.sql(), after));
                if (edit.rewords()) {
                  change.beforeCommit(reworded(after));
                }
                return Entities.put(change, edit.before(), after);
              });
    }
    return written
        .compose(
            ignored -> {
              change.beforeCommit(log(entry, real));
              return regroup(real);
            })
        .map(ignored -> new Done(List.copyOf(now.values()), entry));
  }

  /** The entry about questions that this act brought in; taken back, they are withdrawn. */
  Future<UUID> begin(List<Question> questions) {
    UUID entry = Ids.next();
    List<Edit> edits =
        questions.stream()
            .map(
                question ->
                    new Edit(
                        question.with(question.fields().movedTo(Status.WITHDRAWN, null, null)),
                        question.fields()))
            .toList();
    return log(entry, edits).map(entry);
  }

  private Future<Void> reworded(Question after) {
    Wording wording = Wording.of(after.fields().text());
    return SketchStore.put(change.sql(), after.session(), after.id(), wording);
  }

  private Future<Void> log(UUID id, List<Edit> edits) {
    JsonArray changes = new JsonArray();
    edits.forEach(edit -> changes.add(edit.difference()));
    LogEntry entry =
        new LogEntry(
            id,
            change.version(),
            change.now(),
            actor.name(),
            actor.role().id(),
            action,
            reason,
            changes,
            undoes,
            null);
    return LogStore.insert(change.sql(), change.session(), entry, actor.id());
  }

  private Future<Void> regroup(List<Edit> edits) {
    List<UUID> regrouped =
        edits.stream().filter(Edit::changesGroup).map(edit -> edit.before().id()).toList();
    return regrouped.isEmpty()
        ? Future.succeededFuture()
        : VoteStore.regroup(change.sql(), change.session(), regrouped)
            .map(
                tallies -> {
                  tallies.forEach(tally -> tally.put(change));
                  return null;
                });
  }
}
