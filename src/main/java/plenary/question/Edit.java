package plenary.question;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** One question before and after an act of moderation. */
record Edit(Question before, Fields after) {

  boolean isNothing() {
    return before.fields().equals(after);
  }

  boolean leavesStage() {
    return before.status() == Status.STAGE && after.status() != Status.STAGE;
  }

  boolean rewords() {
    return !before.fields().text().equals(after.text());
  }

  boolean changesGroup() {
    return !Objects.equals(before.fields().mergedInto(), after.mergedInto());
  }

  /** The fields that differ, and what screening had to say against it, as the log keeps them. */
  JsonObject difference() {
    JsonObject was = before.fields().toJson();
    JsonObject is = after.toJson();
    JsonObject from = new JsonObject();
    JsonObject to = new JsonObject();
    for (String field : is.fieldNames()) {
      if (!Objects.equals(was.getValue(field), is.getValue(field))) {
        from.put(field, was.getValue(field));
        to.put(field, is.getValue(field));
      }
    }
    JsonObject difference =
        new JsonObject().put("id", before.id().toString()).put("from", from).put("to", to);
    if (before.status() == Status.INCOMING
        && after.status().isPublic()
        && !before.reasons().isEmpty()) {
      difference.put("despite", before.reasons());
    }
    return difference;
  }

  /** Whether a question still has what an entry of the log left it with. */
  static boolean stands(Question question, JsonObject difference) {
    JsonObject is = question.fields().toJson();
    JsonObject to = difference.getJsonObject("to");
    return to.fieldNames().stream()
        .allMatch(field -> Objects.equals(to.getValue(field), is.getValue(field)));
  }

  /** The edit that takes an entry's change of a question back. */
  static Edit back(Question question, JsonObject difference) {
    JsonObject fields = question.fields().toJson().mergeIn(difference.getJsonObject("from"));
    return new Edit(question, Fields.of(fields));
  }
}
