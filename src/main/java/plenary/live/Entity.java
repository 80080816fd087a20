package plenary.live;

import io.vertx.core.json.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A versioned piece of a session: the current value of its key.
 *
 * @param views mask of the views that may see it now
 * @param shown mask of every view that ever saw it; only grows, also on a tombstone
 * @param owner the one participant who sees it; such an entity is in no view
 * @param body JSON text as it is sent; absent on a tombstone
 */
public record Entity(
    String key, long version, int views, int shown, @Nullable UUID owner, @Nullable String body) {

  /** Its element of a frame's {@code put}. */
  String asPut() {
    return "{\"key\":" + Json.encode(key) + ",\"version\":" + version + ",\"body\":" + body + '}';
  }

  /** Its element of a frame's {@code drop}. */
  String asDrop() {
    return "{\"key\":" + Json.encode(key) + ",\"version\":" + version + '}';
  }
}
