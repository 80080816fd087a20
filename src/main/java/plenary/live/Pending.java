package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command that waits for its commit.
 *
 * @param caller where its answer is delivered; absent when it was submitted outside an event loop
 * @param since {@link System#nanoTime()} of its arrival
 */
record Pending(Command command, Promise<JsonObject> promise, @Nullable Context caller, long since) {

  boolean gathered() {
    return command instanceof Gathered;
  }

  /** What became of a command: an answer or a failure. */
  record Outcome(Pending pending, @Nullable JsonObject answer, @Nullable Throwable failure) {
    private void deliver() {
      if (failure != null) {
        pending.promise.tryFail(failure);
      } else {
        pending.promise.tryComplete(answer);
      }
    }
  }

  /** Answers all callers: one hop per caller's event loop, however many wait there. */
  static void deliver(List<Outcome> outcomes) {
    Map<Context, List<Outcome>> byCaller = new IdentityHashMap<>();
    for (Outcome outcome : outcomes) {
      Context caller = outcome.pending.caller;
      if (caller == null) {
        outcome.deliver();
      } else {
        byCaller.computeIfAbsent(caller, key -> new ArrayList<>()).add(outcome);
      }
    }
    byCaller.forEach(
        (caller, theirs) -> caller.runOnContext(ignored -> theirs.forEach(Outcome::deliver)));
  }
}
