package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.live.Command;
import plenary.live.Task;
import plenary.problem.Failure;
import plenary.screening.Reason;
import plenary.screening.TextLimits;
import plenary.screening.Verdict;

/**
 * What a session allows, read under its lock from the entity everybody sees.
 *
 * @param state {@code scheduled}, {@code open}, {@code live} or {@code closed}
 * @param paused whether moderators take no new questions for now
 * @param anonymity {@code anonymous}, {@code named} or {@code choice}
 */
record SessionRules(
    String state, boolean paused, boolean moderation, String anonymity, int questionLength) {
  private static final String SESSION = "session";

  /** What a command reads that asks for the rules. */
  static final List<String> READ = List.of(SESSION);

  /** A command that asks for the rules. */
  static Command command(
      UUID session,
      String kind,
      Command.Lane lane,
      Command.@Nullable Once once,
      Function<Change, Future<JsonObject>> work) {
    return new Task(session, kind, lane, once, READ, work);
  }

  static Future<SessionRules> of(Change change) {
    return change
        .read(SESSION)
        .map(
            found -> {
              JsonObject session = found.orElseThrow(() -> new Failure.NotFound("session"));
              return new SessionRules(
                  session.getString("state", "scheduled"),
                  session.getString("asking", "open").equals("paused"),
                  session.getBoolean("moderation", true),
                  session.getString("anonymity", "choice"),
                  session.getInteger("questionLength", 500));
            });
  }

  /** Refuses while attendees can do nothing here. */
  SessionRules orClosed() {
    JsonObject current = new JsonObject().put("state", state);
    switch (state) {
      case "scheduled" ->
          throw new Failure.Conflict("not-open", "This session is not open yet.", current);
      case "closed" -> throw new Failure.Conflict("closed", "This session is over.", current);
      default -> {
        return this;
      }
    }
  }

  /** Refuses once it is over: what staff may prepare before it opens, nobody adds afterwards. */
  SessionRules orOver() {
    return state.equals("scheduled") ? this : orClosed();
  }

  /** Refuses a new question while none are taken; everything else goes on. */
  SessionRules orPaused() {
    if (paused) {
      throw new Failure.Conflict(
          "asking-paused",
          "New questions are paused for now; you can still vote. Please try again later.",
          new JsonObject().put("asking", "paused"));
    }
    return this;
  }

  /** Whether a text is public as soon as it comes in. */
  boolean openly(Verdict verdict) {
    return !moderation
        && verdict.reasons().stream().allMatch(reason -> reason.effect() == Reason.Effect.NOTE);
  }

  TextLimits limits() {
    return TextLimits.question(questionLength);
  }
}
