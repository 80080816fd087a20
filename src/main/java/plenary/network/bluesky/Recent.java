package plenary.network.bluesky;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest revision of what was deleted or edited lately. An older one that comes after it, out
 * of order or read again, is of no account, also where the inbox does not know the post.
 */
final class Recent {
  /** A quarter of an hour of all deletions on the network, some 20 a second. */
  private static final int MAX = 20_000;

  private final Map<String, Long> newest = new LinkedHashMap<>();

  void saw(String id, long revision) {
    long had = newest.getOrDefault(id, Long.MIN_VALUE);
    newest.remove(id);
    newest.put(id, Math.max(had, revision));
    if (newest.size() > MAX) {
      newest.remove(newest.keySet().iterator().next());
    }
  }

  boolean isOutdated(String id, long revision) {
    Long known = newest.get(id);
    return known != null && revision < known;
  }
}
