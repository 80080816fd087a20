package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a {@link Command} works with: the batch's transaction and the entities it puts. */
public interface Change {
  /** The session under lock. */
  UUID session();

  /** The batch's transaction; the session's head is locked. */
  SqlConnection sql();

  /** The time of the batch, the same for all its commands. */
  Instant now();

  /** The version this change will carry if it puts or drops anything. */
  long version();

  /**
   * An entity of the session as it is now, with what this batch did to it; so that features learn
   * of each other through what they show and not through each other's tables.
   */
  Future<Optional<JsonObject>> read(String key);

  /**
   * A write that is under way, of which the command need not know the end: the batch waits for it
   * before it commits, and fails when it fails. One statement, sent when the command is sure to be
   * done: what is sent takes effect even if the command is refused afterwards.
   */
  void beforeCommit(Future<?> write);

  /**
   * Puts an entity into a set of views. Views that saw it before and are not named any more get a
   * drop.
   *
   * @param views mask of {@link View#bit()}
   */
  void put(String key, int views, JsonObject body);

  /** Puts an entity that one participant alone sees. The owner of a key never changes. */
  void putPrivate(String key, UUID owner, JsonObject body);

  /** Takes an entity from everyone who saw it. */
  void drop(String key);
}
