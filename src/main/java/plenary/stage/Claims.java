package plenary.stage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import plenary.identity.Grant;
import plenary.live.Change;
import plenary.live.Command;
import plenary.live.Task;
import plenary.live.View;
import plenary.problem.Failure;
import plenary.question.Staging;

/**
 * Which moderator is at which question, so that two do not work on the same one. It locks nothing:
 * whoever moves a question moves it. One holder; it ends by itself unless it is renewed.
 */
final class Claims {
  private static final Duration LASTS = Duration.ofMinutes(3);

  private Claims() {}

  /** Claims or renews; {@code take} takes it from another holder. */
  static Command claim(UUID session, Grant by, UUID question, boolean take) {
    return Task.ofStaff(
        session,
        "claim",
        null,
        change ->
            Staging.exists(change, question)
                .compose(ignored -> ClaimStore.find(change.sql(), session, question))
                .compose(
                    found -> {
                      Claim held =
                          found.filter(claim -> claim.until().isAfter(change.now())).orElse(null);
                      boolean mine = held != null && held.holder().equals(by.id());
                      if (held != null && !mine && !take) {
                        throw taken(held);
                      }
                      return save(
                          change,
                          new Claim(
                              question,
                              by.id(),
                              by.name(),
                              held != null && mine ? held.since() : change.now(),
                              change.now().plus(LASTS)));
                    }));
  }

  private static Future<JsonObject> save(Change change, Claim claim) {
    return ClaimStore.save(change.sql(), change.session(), claim)
        .map(
            ignored -> {
              change.put(Claim.key(claim.question()), View.MODERATOR.bit(), claim.body());
              return claim.body();
            });
  }

  /** Lets go of one's own claim. Nothing happens where there is none. */
  static Command release(UUID session, Grant by, UUID question) {
    return Task.ofStaff(
        session,
        "claim",
        null,
        change ->
            Staging.exists(change, question)
                .compose(ignored -> ClaimStore.find(change.sql(), session, question))
                .compose(
                    found -> {
                      JsonObject answer = new JsonObject().put("question", question.toString());
                      if (found.isEmpty()) {
                        return Future.succeededFuture(answer);
                      }
                      Claim held = found.get();
                      if (!held.holder().equals(by.id()) && held.until().isAfter(change.now())) {
                        throw taken(held);
                      }
                      return ClaimStore.delete(change.sql(), question)
                          .map(
                              done -> {
                                change.drop(Claim.key(question));
                                return answer;
                              });
                    }));
  }

  /** What the sweep does: drops the claims of a session that nobody renewed. */
  static Command expire(UUID session) {
    return Task.ofStaff(
        session,
        "claim-expiry",
        null,
        change ->
            ClaimStore.expire(change.sql(), session, change.now())
                .map(
                    ended -> {
                      ended.forEach(question -> change.drop(Claim.key(question)));
                      return new JsonObject();
                    }));
  }

  private static Failure taken(Claim held) {
    return new Failure.Conflict(
        "claimed", held.name() + " is at this question; take it over if you need it.", held.body());
  }
}
