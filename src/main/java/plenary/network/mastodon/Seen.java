package plenary.network.mastodon;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one server was heard to say: which lasting name a status of its numbering has, whom it
 * answers, and which numbers were deleted. A deletion carries the number alone, and may come before
 * what it deletes. Bounded: the oldest are forgotten.
 *
 * <p>It lives as long as its connector. A deletion that came ahead needs no longer memory: what it
 * overtook was on the same connection, the walk never returns what is deleted, and the sweep asks
 * for all that is known.
 */
class Seen {
  private static final int MOST = 50_000;
  private static final int DEPTH_MAX = 50;

  /**
   * A status.
   *
   * @param parent the number of what it answers
   */
  private record Link(String uri, @Nullable String parent) {}

  private final Map<String, Link> links = bounded();
  private final Map<String, Boolean> gone = bounded();
  private final Set<String> streamed = new LinkedHashSet<>();

  /** Remembers a status of the server. */
  void learn(JsonObject status) {
    String id = status.getString("id");
    String uri = status.getString("uri");
    if (id != null && uri != null) {
      links.put(id, new Link(uri, status.getString("in_reply_to_id")));
    }
  }

  /** Remembers a post that was stored earlier. */
  void learn(String local, String uri) {
    links.putIfAbsent(local, new Link(uri, null));
  }

  boolean knows(String local) {
    return links.containsKey(local);
  }

  @Nullable String uri(@Nullable String local) {
    Link link = local == null ? null : links.get(local);
    return link == null ? null : link.uri();
  }

  @Nullable String parent(String local) {
    Link link = links.get(local);
    return link == null ? null : link.parent();
  }

  /** The first of the thread that a status's parent is in, as far as it is known. */
  @Nullable String root(@Nullable String parent) {
    @Nullable String uri = null;
    @Nullable String at = parent;
    for (int i = 0; i < DEPTH_MAX && at != null; i++) {
      Link link = links.get(at);
      if (link == null) {
        break;
      }
      uri = link.uri();
      at = link.parent();
    }
    return uri;
  }

  void deleted(String local) {
    gone.put(local, true);
  }

  boolean isGone(String local) {
    return gone.containsKey(local);
  }

  /** The stream brought it. */
  void streamed(String local) {
    streamed.add(local);
    if (streamed.size() > MOST) {
      streamed.remove(streamed.iterator().next());
    }
  }

  boolean hasStreamed(String local) {
    return streamed.contains(local);
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
