package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads single statuses by their numbers, twenty at a time where the server can (4.3 and later).
 */
final class Lookup {
  /** The most in one call. */
  static final int EACH = 20;

  private static final int LEVELS = 4;
  private static final int MISSING_MAX = 10_000;

  private final Site site;
  private final Seen seen;
  private final Set<String> missing = new HashSet<>();
  private boolean many = true;

  Lookup(Site site, Seen seen) {
    this.site = site;
    this.seen = seen;
  }

  /** The statuses that the server has of these, by number. What is not there may be gone. */
  Future<Map<String, JsonObject>> statuses(List<String> numbers) {
    if (!many) {
      return singly(numbers, new HashMap<>());
    }
    String[] query = new String[numbers.size() * 2];
    for (int i = 0; i < numbers.size(); i++) {
      query[2 * i] = "id[]";
      query[2 * i + 1] = numbers.get(i);
    }
    return site.look(Site.path("/api/v1/statuses", query))
        .compose(
            answer -> {
              if (!answer.ok()) {
                many = false;
                return singly(numbers, new HashMap<>());
              }
              Map<String, JsonObject> found = new HashMap<>();
              for (Object one : answer.array()) {
                if (one instanceof JsonObject status && status.getString("id") != null) {
                  found.put(status.getString("id"), status);
                }
              }
              return Future.succeededFuture(found);
            });
  }

  /** How many calls it takes to read so many of them. */
  int calls(int statuses) {
    return many ? 1 : statuses;
  }

  /** One status; null when the server says, in so many words, that there is none. */
  Future<@Nullable JsonObject> status(String number) {
    return site.look(Site.path("/api/v1/statuses/" + number))
        .map(answer -> answer.ok() ? answer.object() : null);
  }

  /**
   * Makes known what these statuses answer, up to the first of their threads, as far as the server
   * has it. Never fails: a thread that is not known is no reason to lose a post.
   */
  Future<Void> threads(List<JsonObject> statuses) {
    Set<String> unknown = new HashSet<>();
    for (JsonObject status : statuses) {
      want(status.getString("in_reply_to_id"), unknown);
    }
    return ancestors(unknown, LEVELS).recover(e -> Future.succeededFuture());
  }

  /** Whether a status answers one that is not known yet. */
  boolean needsThread(JsonObject status) {
    Set<String> unknown = new HashSet<>();
    want(status.getString("in_reply_to_id"), unknown);
    return !unknown.isEmpty();
  }

  private Future<Void> ancestors(Set<String> unknown, int levels) {
    if (unknown.isEmpty() || levels == 0) {
      return Future.succeededFuture();
    }
    List<String> some = unknown.stream().limit(EACH).toList();
    return statuses(some)
        .compose(
            found -> {
              found.values().forEach(seen::learn);
              Set<String> next = new HashSet<>(unknown);
              some.forEach(next::remove);
              for (String number : some) {
                if (!seen.knows(number)) {
                  miss(number);
                }
                want(seen.parent(number), next);
              }
              return ancestors(next, levels - 1);
            });
  }

  /** Follows what is known already up to what is not. */
  private void want(@Nullable String number, Set<String> unknown) {
    @Nullable String at = number;
    for (int i = 0; i < LEVELS && at != null; i++) {
      if (!seen.knows(at)) {
        if (!missing.contains(at) && isNumber(at)) {
          unknown.add(at);
        }
        return;
      }
      at = seen.parent(at);
    }
  }

  private void miss(String number) {
    if (missing.size() >= MISSING_MAX) {
      missing.clear();
    }
    missing.add(number);
  }

  private Future<Map<String, JsonObject>> singly(
      List<String> numbers, Map<String, JsonObject> found) {
    if (numbers.isEmpty()) {
      return Future.succeededFuture(found);
    }
    String first = numbers.getFirst();
    List<String> others = new ArrayList<>(numbers.subList(1, numbers.size()));
    return status(first)
        .compose(
            status -> {
              if (status != null) {
                found.put(first, status);
              }
              return singly(others, found);
            });
  }

  /** Numbers go into paths. */
  static boolean isNumber(@Nullable String text) {
    return text != null && text.matches("[A-Za-z0-9_-]{1,64}");
  }
}
