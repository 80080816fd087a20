package plenary.question;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import plenary.live.Change;

/** The votes of a question's group. It has the views of its question, always. */
record Tally(UUID question, int votes, int views) {
  static Tally of(Question question) {
    return new Tally(question.id(), question.votes(), question.views());
  }

  void put(Change change) {
    change.put("tally/" + question, views, new JsonObject().put("votes", votes));
  }
}
