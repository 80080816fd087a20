package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.live.View;

/**
 * The questions in a picture that the hall's screens keep while moderators go on. It is made of
 * public bodies alone, and stays so: a question that is not public any more leaves it in the same
 * command, and a corrected text takes the place of the one before.
 */
public final class Picture {
  /** The entity of a picture that is kept. */
  public static final String KEY = "frozen";

  private static final int TOP = 5;

  /** Posts and answers, of each; the screens choose among them. */
  private static final int CARDS = 20;

  private Picture() {}

  /**
   * What is on stage ({@code question}), what the hall wants most ({@code top}), and the newest
   * posts and answers ({@code cards}) now.
   */
  public static Future<JsonObject> of(Change change) {
    JsonObject picture = new JsonObject();
    return QuestionStore.onStage(change.sql(), change.session())
        .compose(
            present -> {
              present.ifPresent(question -> picture.put("question", shown(question)));
              return QuestionStore.top(change.sql(), change.session(), TOP);
            })
        .map(
            top -> {
              JsonArray list = new JsonArray();
              top.forEach(question -> list.add(shown(question)));
              return picture.put("top", list);
            })
        .compose(done -> newest(change, Place.Kind.WALL))
        .compose(
            wall ->
                newest(change, Place.Kind.ANSWER)
                    .map(
                        answers -> {
                          JsonArray cards = new JsonArray();
                          wall.forEach(question -> cards.add(card(question)));
                          answers.forEach(question -> cards.add(card(question)));
                          return picture.put("cards", cards);
                        }));
  }

  /** The posts on the wall now, newest first, as a paused wall keeps them. */
  public static Future<JsonArray> wall(Change change) {
    return newest(change, Place.Kind.WALL)
        .map(
            wall ->
                new JsonArray(
                    wall.stream().map(question -> (Object) question.id().toString()).toList()));
  }

  private static Future<List<Question>> newest(Change change, Place.Kind place) {
    return QuestionStore.newest(change.sql(), change.session(), place, CARDS);
  }

  /** A post or answer, with where it is from and what it answers. */
  private static JsonObject card(Question question) {
    JsonObject whole = question.publicBody();
    JsonObject card = shown(question).put("source", whole.getString("source"));
    for (String name : List.of("place", "prompt", "origin")) {
      if (whole.containsKey(name)) {
        card.put(name, whole.getValue(name));
      }
    }
    return card;
  }

  private static JsonObject shown(Question question) {
    JsonObject whole = question.publicBody();
    return new JsonObject()
        .put("id", whole.getString("id"))
        .put("text", whole.getString("text"))
        .put("author", whole.getJsonObject("author"))
        .put("votes", question.votes());
  }

  /** Follows what became of a question that may be in a kept picture. */
  static Future<Void> follow(Change change, Question before, Question after) {
    boolean gone = !after.status().isPublic();
    boolean reworded = !after.fields().text().equals(before.fields().text());
    if (!before.status().isPublic() || !(gone || reworded)) {
      return Future.succeededFuture();
    }
    return change
        .read(KEY)
        .map(
            kept -> {
              kept.ifPresent(
                  picture -> {
                    JsonObject now = without(picture, after.id(), gone ? null : after);
                    if (!now.equals(picture)) {
                      change.put(KEY, View.of(View.SCREEN, View.MODERATOR), now);
                    }
                  });
              return null;
            });
  }

  private static JsonObject without(JsonObject picture, UUID id, @Nullable Question now) {
    JsonObject kept = picture.copy();
    JsonObject staged = picture.getJsonObject("question");
    if (staged != null) {
      put(kept, corrected(staged, id, now));
    }
    for (String name : List.of("top", "cards")) {
      JsonArray list = new JsonArray();
      for (Object each : picture.getJsonArray(name, new JsonArray())) {
        JsonObject one = corrected((JsonObject) each, id, now);
        if (one != null) {
          list.add(one);
        }
      }
      kept.put(name, list);
    }
    return kept;
  }

  private static void put(JsonObject kept, @Nullable JsonObject staged) {
    if (staged == null) {
      kept.remove("question");
    } else {
      kept.put("question", staged);
    }
  }

  private static @Nullable JsonObject corrected(JsonObject shown, UUID id, @Nullable Question now) {
    if (!id.toString().equals(shown.getString("id"))) {
      return shown;
    }
    return now == null ? null : shown.copy().put("text", now.fields().text());
  }
}
