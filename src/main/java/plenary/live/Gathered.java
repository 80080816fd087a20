package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import plenary.problem.Failure;

/**
 * A command that is written together with its like: of all that wait in a batch for one session,
 * one {@link Crowd} takes the lot, set-based, under one version. Made for votes: a thousand of them
 * cost a few statements.
 */
public interface Gathered extends Command {
  /** Who takes them; commands with the same crowd and session go together. */
  Crowd crowd();

  @Override
  default Future<JsonObject> run(Change change) {
    return crowd().run(change, List.of(this)).map(outcomes -> outcomes.getFirst().orThrow());
  }

  /** The set-based form of a kind of command. */
  interface Crowd {
    /**
     * Runs commands of one session, in the order they came.
     *
     * @return an outcome for each, in the same order; or failed with a {@link Failure} that refuses
     *     them all, when nothing was written
     */
    Future<List<Outcome>> run(Change change, List<Gathered> commands);
  }

  /** What became of one of them. */
  sealed interface Outcome {
    /** The answer, or the refusal thrown. */
    JsonObject orThrow();
  }

  /** Done, with the answer. */
  record Done(JsonObject answer) implements Outcome {
    @Override
    public JsonObject orThrow() {
      return answer;
    }
  }

  /** Refused; nothing was written for it. */
  record Refused(Failure failure) implements Outcome {
    @Override
    public JsonObject orThrow() {
      throw failure;
    }
  }
}
