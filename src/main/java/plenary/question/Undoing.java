package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import plenary.live.Change;
import plenary.problem.Failure;

/** Works out the edits that take an act back, or refuses with who changed things since. */
final class Undoing {
  private Undoing() {}

  static Future<List<Edit>> edits(
      Change change, List<Question> questions, List<JsonObject> differences) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      if (!Edit.stands(question, differences.get(i)) || isRewritten(question)) {
        throw changedSince(question);
      }
      edits.add(Edit.back(question, differences.get(i)));
    }
    return stageIsFree(change, edits)
        .compose(ignored -> rootsStand(change, edits))
        .compose(ignored -> freeRanks(change, edits));
  }

  /** Its source deleted it, or put it in words that nobody has decided on yet. */
  private static boolean isRewritten(Question question) {
    return question.found() != null && question.changedBy() == null;
  }

  private static Failure changedSince(Question question) {
    String who = question.changedBy() == null ? "Somebody" : question.changedBy();
    return new Failure.Conflict(
        "changed-since",
        who + " has changed this since; it is " + question.status().id() + " now.",
        Moderation.current(question));
  }

  private static Future<Void> stageIsFree(Change change, List<Edit> edits) {
    if (edits.stream().noneMatch(edit -> edit.after().status() == Status.STAGE)) {
      return Future.succeededFuture();
    }
    return QuestionStore.onStage(change.sql(), change.session())
        .map(
            present -> {
              Optional<Question> other =
                  present.filter(
                      question ->
                          edits.stream()
                              .noneMatch(edit -> edit.before().id().equals(question.id())));
              if (other.isPresent()) {
                throw changedSince(other.get());
              }
              return null;
            });
  }

  /** Going back into a group needs a root that is one still. */
  private static Future<Void> rootsStand(Change change, List<Edit> edits) {
    List<UUID> roots = new ArrayList<>();
    for (Edit edit : edits) {
      UUID root = edit.after().mergedInto();
      if (root != null && edit.changesGroup()) {
        roots.add(root);
      }
    }
    if (roots.isEmpty()) {
      return Future.succeededFuture();
    }
    return QuestionStore.find(change.sql(), change.session(), roots)
        .map(
            found -> {
              for (Question root : found.values()) {
                if (!root.status().isMergeable()) {
                  throw changedSince(root);
                }
              }
              return null;
            });
  }

  private static Future<List<Edit>> freeRanks(Change change, List<Edit> edits) {
    if (edits.stream().noneMatch(edit -> edit.after().rank() != null)) {
      return Future.succeededFuture(edits);
    }
    return QuestionStore.queue(change.sql(), change.session())
        .map(
            ranks -> {
              Queue queue = new Queue(ranks);
              edits.forEach(edit -> queue.remove(edit.before().id()));
              List<Edit> placed = new ArrayList<>();
              for (Edit edit : edits) {
                String rank = edit.after().rank();
                if (rank == null) {
                  placed.add(edit);
                } else {
                  String free = queue.placeAt(rank);
                  queue.add(edit.before().id(), free);
                  placed.add(new Edit(edit.before(), edit.after().at(free)));
                }
              }
              return placed;
            });
  }
}
