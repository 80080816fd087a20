package plenary.question;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import plenary.live.Change;

/** The votes of a question's group. It has the views of its question, always. */
record Tally(UUID question, int votes, Status status, int crowdedOut) {
  static Tally of(Question question) {
    return new Tally(question.id(), question.votes(), question.status(), question.crowdedOut());
  }

  Tally plus(int difference) {
    return new Tally(question, votes + difference, status, crowdedOut);
  }

  void put(Change change) {
    change.put("tally/" + question, status.views(crowdedOut), new JsonObject().put("votes", votes));
  }
}
