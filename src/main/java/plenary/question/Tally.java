package plenary.question;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import plenary.live.Change;
import plenary.live.View;

/** The votes of a question's group. It has the views of its question, always. */
record Tally(UUID question, int votes, int views) {
  static Tally of(Question question) {
    return new Tally(question.id(), question.votes(), question.views());
  }

  Tally plus(int difference) {
    return new Tally(question, votes + difference, views);
  }

  /** Nothing crowds a public question out of the screen's view. */
  boolean isPublic() {
    return View.SCREEN.in(views);
  }

  void put(Change change) {
    change.put("tally/" + question, views, new JsonObject().put("votes", votes));
  }
}
