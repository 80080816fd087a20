package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.live.View;

/** What the views of a session are shown of a question. */
final class Entities {
  private Entities() {}

  /**
   * Puts what changed of a question. The triage entity is always put, for its version is what a
   * mover must have seen; the public ones only when they differ.
   */
  static Future<Void> put(Change change, @Nullable Question before, Question after) {
    UUID id = after.id();
    boolean moved = before == null || before.views() != after.views();
    if (before == null || moved || !before.publicBody().equals(after.publicBody())) {
      change.put("question/" + id, after.views(), after.publicBody());
    }
    if (moved) {
      Tally.of(after).put(change);
    }
    putNote(change, before, after);
    return (before == null ? Future.<Void>succeededFuture() : Picture.follow(change, before, after))
        .compose(ignored -> putPersonal(change, before, after));
  }

  /** What moderators tell the podium of a public question. */
  private static void putNote(Change change, @Nullable Question before, Question after) {
    JsonObject was = before == null ? null : before.noteBody();
    JsonObject is = after.noteBody();
    if (is != null && !is.equals(was)) {
      change.put("note/" + after.id(), View.SPEAKER.bit(), is);
    } else if (is == null && was != null) {
      change.drop("note/" + after.id());
    }
  }

  private static Future<Void> putPersonal(
      Change change, @Nullable Question before, Question after) {
    UUID id = after.id();
    UUID asker = after.asker();
    if (asker == null) {
      triage(change, after, null);
      return Future.succeededFuture();
    }
    if (after.found() == null
        && (before == null || !Objects.equals(before.mineBody(), after.mineBody()))) {
      change.putPrivate("mine/" + id, asker, after.mineBody());
    }
    return QuestionStore.standing(change.sql(), after.session(), asker)
        .map(
            standing -> {
              triage(change, after, standing);
              return null;
            });
  }

  /** Tells the views that have it in their stream, and those that no longer do. */
  static void show(Change change, Question question) {
    change.put("question/" + question.id(), question.views(), question.publicBody());
    Tally.of(question).put(change);
  }

  /** Takes a question from everybody who had it, moderators too. */
  static Future<Void> drop(Change change, Question before, Question after) {
    change.drop("question/" + after.id());
    change.drop("tally/" + after.id());
    change.drop("triage/" + after.id());
    if (before.noteBody() != null) {
      change.drop("note/" + after.id());
    }
    return Picture.follow(change, before, after);
  }

  /** What moderators alone see of it. */
  static void triage(Change change, Question question, Question.@Nullable Standing standing) {
    change.put("triage/" + question.id(), question.triageViews(), question.triageBody(standing));
  }
}
