package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one session. A {@link Committer} runs it inside its batch's transaction, after the
 * session's head row was locked, so whatever it reads of the session's facts stays true until the
 * commit. It must check first and write last: a future failed with a {@link
 * plenary.problem.Failure} is a refusal, and a command that refuses has written nothing.
 *
 * <p>Commands run on the committer's event loop and never block.
 */
public interface Command {
  /** The session that is changed. */
  UUID session();

  /** What it does, as a metric label of few values: {@code ask}, {@code move} … */
  String kind();

  /** The queue it waits in. */
  default Lane lane() {
    return Lane.CROWD;
  }

  /** The idempotency key it was sent with, when there is one. */
  default @Nullable Once once() {
    return null;
  }

  /** Keys of entities it will {@linkplain Change#read read}, which a batch fetches together. */
  default List<String> reads() {
    return List.of();
  }

  /** Whether the session may not exist yet, so that its head row has to be made first. */
  default boolean createsSession() {
    return false;
  }

  /**
   * Does the change. The answer is what the caller gets, once committed, with {@code version}
   * added; it is also what a repeated idempotency key gets.
   */
  Future<JsonObject> run(Change change);

  /** The two bounded queues of a committer: staff go first. */
  enum Lane {
    STAFF,
    CROWD
  }

  /**
   * An idempotency key: unique per session and principal, kept 24 h.
   *
   * @param principal who sent it (a participant or a grant)
   * @param key the client's key
   * @param bodyHash SHA-256 of method, path and body, hexadecimal
   */
  record Once(UUID principal, String key, String bodyHash) {}
}
