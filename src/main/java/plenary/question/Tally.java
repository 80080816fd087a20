package plenary.question;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import plenary.live.Change;
import plenary.live.View;

/** The votes of a question's group. It has the views of its question, always. */
record Tally(UUID question, int votes, Status status, boolean crowdedOut) {
  static Tally of(Question question) {
    return new Tally(question.id(), question.votes(), question.status(), question.crowdedOut());
  }

  void put(Change change) {
    int views = crowdedOut ? status.views() & ~View.ATTENDEE.bit() : status.views();
    change.put("tally/" + question, views, new JsonObject().put("votes", votes));
  }
}
