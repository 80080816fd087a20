package plenary.network.x;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.Tags;

/** What there is on the simulated X, and what reading it cost. Safe for use by several threads. */
final class XSource {
  private static final Pattern HASHTAG = Pattern.compile("#([\\p{L}\\p{N}_]+)");

  private final Supplier<Instant> clock;
  private final Map<String, Chain> chains = new LinkedHashMap<>();
  private final Map<String, Chain> byVersion = new LinkedHashMap<>();
  private final Set<String> paid = new HashSet<>();
  private final List<Consumer<Version>> listeners = new ArrayList<>();
  private long lastId;
  private long micros;
  private volatile long indexLateMillis = 50;
  private volatile boolean lookUpsFail;

  /** A post with all its edits. */
  private static final class Chain {
    private final String author;
    private final @Nullable String repostOf;
    private @Nullable String replyTo;
    private @Nullable String conversation;
    private final List<Version> versions = new ArrayList<>();
    private boolean deleted;
    private boolean withheld;

    Chain(String author, @Nullable String repostOf) {
      this.author = author;
      this.repostOf = repostOf;
    }

    Version last() {
      return versions.getLast();
    }
  }

  /** One version of a post; each has an id (row Edits). */
  record Version(String id, String first, String text, String author, boolean repost, Instant at) {
    List<String> tags() {
      return HASHTAG.matcher(text).results().map(found -> found.group(1)).toList();
    }
  }

  XSource(Supplier<Instant> clock) {
    this.clock = clock;
  }

  void onWritten(Consumer<Version> listener) {
    listeners.add(listener);
  }

  void indexLate(long millis) {
    indexLateMillis = millis;
  }

  String create(String author, String text) {
    return create(author, text, null, clock.get());
  }

  String create(String author, String text, @Nullable String repostOf, Instant at) {
    Version version;
    synchronized (this) {
      Chain chain = new Chain(author, repostOf);
      String id = id(at);
      version = new Version(id, id, text, author, repostOf != null, at);
      chain.versions.add(version);
      chains.put(id, chain);
      byVersion.put(id, chain);
    }
    listeners.forEach(listener -> listener.accept(version));
    return version.id();
  }

  /** What a post answers stands in the conversation that began with the first one. */
  String reply(String author, String text, String to) {
    Version version;
    synchronized (this) {
      Instant at = clock.get();
      Chain above = chains.get(to);
      Chain chain = new Chain(author, null);
      chain.replyTo = to;
      chain.conversation = above.conversation == null ? to : above.conversation;
      String id = id(at);
      version = new Version(id, id, text, author, false, at);
      chain.versions.add(version);
      chains.put(id, chain);
      byVersion.put(id, chain);
    }
    listeners.forEach(listener -> listener.accept(version));
    return version.id();
  }

  /** A new version with a new id; the history has them all, the first one first. */
  String edit(String first, String text) {
    Version version;
    synchronized (this) {
      Chain chain = chains.get(first);
      Instant at = clock.get();
      String id = id(at);
      version = new Version(id, first, text, chain.author, false, at);
      chain.versions.add(version);
      byVersion.put(id, chain);
    }
    listeners.forEach(listener -> listener.accept(version));
    return version.id();
  }

  /** Deleting any version deletes them all; nothing tells it. */
  synchronized void delete(String first) {
    chains.get(first).deleted = true;
  }

  synchronized void withhold(String first) {
    chains.get(first).withheld = true;
  }

  private String id(Instant at) {
    long id = Snowflakes.at(at);
    while (byVersion.containsKey(String.valueOf(id))) {
      id++;
    }
    lastId = Math.max(lastId, id);
    return String.valueOf(id);
  }

  /** What a reader of these hashtags should have: first ids and last texts. */
  synchronized TreeMap<String, String> truth(String... tags) {
    Set<String> keys = new HashSet<>();
    for (String tag : tags) {
      keys.add(Tags.key(tag));
    }
    TreeMap<String, String> truth = new TreeMap<>();
    chains.forEach(
        (id, chain) -> {
          boolean there = !chain.deleted && !chain.withheld && chain.repostOf == null;
          if (there && chain.last().tags().stream().map(Tags::key).anyMatch(keys::contains)) {
            truth.put(id, chain.last().text());
          }
        });
    return truth;
  }

  synchronized Instant postedAt(String first) {
    return chains.get(first).versions.getFirst().at();
  }

  /** What X charged until now, in millionths of a dollar (row Cost). */
  synchronized long micros() {
    return micros;
  }

  private void charge(String what, long price) {
    String day = LocalDate.ofInstant(clock.get(), ZoneOffset.UTC).toString();
    if (paid.add(day + what)) {
      micros += price;
    }
  }

  /** A message of the stream; reading it costs. */
  synchronized JsonObject message(Version version, JsonArray matchingRules) {
    charge("post " + version.id(), 5_000);
    charge("user " + version.author(), 10_000);
    return new JsonObject()
        .put("data", json(version, false))
        .put("includes", new JsonObject().put("users", new JsonArray().add(user(version.author()))))
        .put("matching_rules", matchingRules);
  }

  synchronized boolean matches(String rule, Version version) {
    if (rule.contains("-is:retweet") && version.repost()) {
      return false;
    }
    List<String> wanted =
        HASHTAG.matcher(rule).results().map(found -> Tags.key(found.group(1))).toList();
    String conversation = chains.get(version.first()).conversation;
    return rule.contains(
            "conversation_id:" + (conversation == null ? version.first() : conversation))
        || version.tags().stream().map(Tags::key).anyMatch(wanted::contains);
  }

  /** Newest first; only what the index has; no reposts (row Gap repair). */
  synchronized JsonObject search(
      String query, long since, long until, int max, int from, boolean posts) {
    Instant indexed = clock.get().minusMillis(indexLateMillis);
    List<Version> found =
        chains.values().stream()
            .filter(chain -> !chain.deleted && !chain.withheld && chain.repostOf == null)
            .map(Chain::last)
            .filter(version -> matches(query, version))
            .filter(version -> Long.parseLong(version.id()) > since)
            .filter(version -> Long.parseLong(version.id()) < until)
            .filter(version -> version.at().isBefore(indexed))
            .sorted(Comparator.comparingLong((Version one) -> Long.parseLong(one.id())).reversed())
            .toList();
    List<Version> page =
        found.subList(Math.min(from, found.size()), Math.min(from + max, found.size()));
    JsonObject meta = new JsonObject().put("result_count", page.size());
    if (from + max < found.size()) {
      meta.put("next_token", String.valueOf(from + max));
    }
    return page(page, true, posts).put("meta", meta);
  }

  private JsonObject page(List<Version> page, boolean authors, boolean posts) {
    JsonArray data = new JsonArray();
    Map<String, JsonObject> users = new LinkedHashMap<>();
    for (Version version : page) {
      charge("post " + version.id(), 5_000);
      data.add(json(version, posts));
      if (authors) {
        charge("user " + version.author(), 10_000);
        users.put(version.author(), user(version.author()));
      }
    }
    JsonObject answer = new JsonObject();
    if (!data.isEmpty()) {
      answer.put("data", data);
    }
    return authors
        ? answer.put(
            "includes",
            new JsonObject().put("users", new JsonArray(new ArrayList<>(users.values()))))
        : answer;
  }

  void lookUpsFail(boolean fail) {
    lookUpsFail = fail;
  }

  /** The version that was asked for, with the history of all; an error for what is gone. */
  synchronized JsonObject lookUp(String ids, boolean authors, boolean posts) {
    List<Version> found = new ArrayList<>();
    JsonArray errors = new JsonArray();
    for (String id : lookUpsFail ? List.<String>of() : List.of(ids.split(","))) {
      Chain chain = byVersion.get(id);
      if (chain == null || chain.deleted || chain.withheld) {
        errors.add(
            new JsonObject()
                .put("resource_id", id)
                .put("resource_type", "tweet")
                .put("title", "Not Found Error")
                .put("type", "https://api.x.com/2/problems/resource-not-found"));
      } else {
        chain.versions.stream().filter(one -> one.id().equals(id)).forEach(found::add);
      }
    }
    JsonObject answer = page(found, authors, posts);
    return errors.isEmpty() ? answer : answer.put("errors", errors);
  }

  /** Row Post, and what X answers to the same text twice: 403. */
  JsonObject createByApi(String text) {
    synchronized (this) {
      boolean there =
          chains.values().stream()
              .anyMatch(
                  chain ->
                      !chain.deleted
                          && chain.author.equals(XServer.ME)
                          && chain.last().text().equals(text));
      if (there) {
        return new JsonObject()
            .put("status", 403)
            .put("title", "Forbidden")
            .put("type", "about:blank")
            .put("detail", "You are not allowed to create a Tweet with duplicate content.");
      }
      micros += text.contains("http") ? 200_000 : 15_000;
    }
    String id = create(XServer.ME, text);
    return new JsonObject().put("data", new JsonObject().put("id", id).put("text", text));
  }

  synchronized JsonObject deleteByApi(String id) {
    Chain chain = byVersion.get(id);
    if (chain == null || chain.deleted) {
      return new JsonObject().put("status", 404).put("title", "Not Found Error");
    }
    chain.deleted = true;
    return new JsonObject().put("status", 200).put("data", new JsonObject().put("deleted", true));
  }

  synchronized JsonObject timeline(String author, Instant since) {
    JsonArray data = new JsonArray();
    chains.values().stream()
        .filter(chain -> !chain.deleted && chain.author.equals(author))
        .map(Chain::last)
        .filter(version -> !version.at().isBefore(since))
        .forEach(version -> data.add(json(version, false)));
    return data.isEmpty() ? new JsonObject() : new JsonObject().put("data", data);
  }

  synchronized List<String> by(String author) {
    return chains.values().stream()
        .filter(chain -> !chain.deleted && chain.author.equals(author))
        .map(chain -> chain.last().text())
        .toList();
  }

  private JsonObject json(Version version, boolean posts) {
    Chain chain = chains.get(version.first());
    JsonArray history = new JsonArray();
    chain.versions.forEach(one -> history.add(one.id()));
    JsonArray hashtags = new JsonArray();
    HASHTAG
        .matcher(version.text())
        .results()
        .forEach(
            found ->
                hashtags.add(
                    new JsonObject()
                        .put("start", found.start())
                        .put("end", found.end())
                        .put("tag", found.group(1))));
    JsonObject json =
        new JsonObject()
            .put("id", version.id())
            .put("text", version.text().replace("&", "&amp;").replace("<", "&lt;"))
            .put("author_id", version.author())
            .put("created_at", version.at().toString())
            .put(
                "conversation_id",
                chain.conversation == null ? version.first() : chain.conversation)
            .put("lang", "en")
            .put(posts ? "edit_history_post_ids" : "edit_history_tweet_ids", history)
            .put("entities", new JsonObject().put("hashtags", hashtags));
    if (chain.replyTo != null) {
      JsonObject reference = new JsonObject().put("type", "replied_to").put("id", chain.replyTo);
      json.put(posts ? "referenced_posts" : "referenced_tweets", new JsonArray().add(reference));
    }
    if (chain.repostOf != null) {
      JsonObject reference = new JsonObject().put("type", "retweeted").put("id", chain.repostOf);
      json.put(posts ? "referenced_posts" : "referenced_tweets", new JsonArray().add(reference));
    }
    return json;
  }

  private static JsonObject user(String id) {
    return new JsonObject().put("id", id).put("username", "user" + id).put("name", "User " + id);
  }
}
