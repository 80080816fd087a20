package plenary.network.bluesky;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import plenary.hashtag.Tags;

/**
 * The network as it is: what stands in every repository, and the log of how it came about. Its
 * clock is its own. Safe for use by several threads.
 */
final class Source {
  /**
   * An event of the log.
   *
   * @param repo whose it is
   */
  record Entry(long seq, long micros, String repo, JsonObject v1) {}

  private record Stands(String text, List<String> tags) {}

  private final Map<String, Stands> posts = new TreeMap<>();
  private final Set<String> gone = new HashSet<>();
  private final List<Entry> log = new ArrayList<>();
  private final List<Entry> staged = new ArrayList<>();
  private final Map<String, Long> clocks = new HashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private long micros;
  private long seq;
  private long keys;

  Source(Instant start) {
    micros = Position.micros(start);
  }

  static String did(int number) {
    return "did:plc:" + "abcdefghijklmnopqrstuvwx".substring(1) + (char) ('a' + number % 26);
  }

  /** Time goes by. */
  synchronized void pass(long millis) {
    micros += millis * 1_000;
  }

  synchronized long micros() {
    return micros;
  }

  synchronized String create(String did, String text, String... tags) {
    keys++;
    String key = Tid.encode(micros << 10 | keys % 1_024);
    String id = Syntax.post(did, key);
    posts.put(id, new Stands(text, List.of(tags)));
    commit("create", did, key, record(text, tags));
    return id;
  }

  /** Writes under a key that is given, also one that was used and deleted. */
  synchronized void put(String id, String text, String... tags) {
    boolean there = posts.containsKey(id);
    posts.put(id, new Stands(text, List.of(tags)));
    commit(there ? "update" : "create", repo(id), Syntax.key(id), record(text, tags));
  }

  synchronized void delete(String id) {
    if (posts.remove(id) != null) {
      commit("delete", repo(id), Syntax.key(id), null);
    }
  }

  synchronized void account(String did, boolean active, String status) {
    if (active) {
      gone.remove(did);
    } else {
      gone.add(did);
    }
    JsonObject account = new JsonObject().put("active", active).put("did", did).put("seq", seq);
    if (!active) {
      account.put("status", status);
    }
    event("account", did, new JsonObject().put("account", account));
  }

  synchronized void identity(String did, String handle) {
    JsonObject identity = new JsonObject().put("did", did).put("handle", handle);
    event("identity", did, new JsonObject().put("identity", identity));
  }

  /** A record as it is given. */
  synchronized String raw(String did, JsonObject record) {
    keys++;
    String key = Tid.encode(micros << 10 | keys % 1_024);
    commit("create", did, key, record);
    return Syntax.post(did, key);
  }

  /** The ids of what stands, whosever it is. */
  synchronized List<String> ids() {
    return List.copyOf(posts.keySet());
  }

  /** What stands under a hashtag, by id, of accounts that are there. */
  synchronized TreeMap<String, String> state(String tag) {
    TreeMap<String, String> state = new TreeMap<>();
    posts.forEach(
        (id, post) -> {
          if (!gone.contains(repo(id))
              && post.tags().stream().map(Tags::key).anyMatch(Tags.key(tag)::equals)) {
            state.put(id, post.text());
          }
        });
    return state;
  }

  /** Tells the stream what happened, in order. */
  void publish() {
    List<Runnable> told;
    synchronized (this) {
      log.addAll(staged);
      staged.clear();
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  /**
   * Tells the stream what happened, out of order: posts also within a repository, so that a
   * deletion may come before its post. Two changes of an account's standing keep their order, since
   * nothing but their order says which is the later.
   */
  void publishShuffled(RandomGenerator random) {
    synchronized (this) {
      for (int i = staged.size() - 1; i > 0; i--) {
        Entry one = staged.get(i);
        Entry other = staged.get(i - 1);
        boolean standing =
            one.repo().equals(other.repo())
                && one.v1().containsKey("account")
                && other.v1().containsKey("account");
        if (!standing && random.nextInt(3) > 0) {
          staged.set(i, other);
          staged.set(i - 1, one);
        }
      }
    }
    publish();
  }

  /** Lets the first of two staged events be told after the second. */
  synchronized void swapStaged() {
    Entry first = staged.removeFirst();
    staged.add(1, first);
  }

  synchronized List<Entry> log() {
    return List.copyOf(log);
  }

  synchronized int size() {
    return log.size();
  }

  synchronized Entry entry(int at) {
    return log.get(at);
  }

  synchronized void listen(Runnable listener) {
    listeners.add(listener);
  }

  private void commit(String operation, String did, String key, JsonObject record) {
    long clock = Math.max(micros, clocks.getOrDefault(did, 0L) + 1);
    clocks.put(did, clock);
    JsonObject commit =
        new JsonObject()
            .put("rev", Tid.encode(clock << 10))
            .put("operation", operation)
            .put("collection", Syntax.POSTS)
            .put("rkey", key);
    if (record != null) {
      commit.put("record", record).put("cid", "bafyrei" + seq);
    }
    event("commit", did, new JsonObject().put("commit", commit));
  }

  private void event(String kind, String did, JsonObject event) {
    seq++;
    event.put("did", did).put("time_us", micros).put("kind", kind);
    staged.add(new Entry(seq, micros, did, event));
  }

  private JsonObject record(String text, String... tags) {
    StringBuilder whole = new StringBuilder(text);
    JsonArray facets = new JsonArray();
    for (String tag : tags) {
      int from = whole.append(' ').toString().getBytes(StandardCharsets.UTF_8).length;
      int to = whole.append('#').append(tag).toString().getBytes(StandardCharsets.UTF_8).length;
      facets.add(
          new JsonObject()
              .put("index", new JsonObject().put("byteStart", from).put("byteEnd", to))
              .put(
                  "features",
                  new JsonArray()
                      .add(
                          new JsonObject()
                              .put("$type", "app.bsky.richtext.facet#tag")
                              .put("tag", tag))));
    }
    return new JsonObject()
        .put("$type", Syntax.POSTS)
        .put("text", text)
        .put("langs", new JsonArray().add("en"))
        .put("facets", facets)
        .put("createdAt", Event.instant(micros).toString());
  }

  private static String repo(String id) {
    return id.split("/", -1)[2];
  }
}
