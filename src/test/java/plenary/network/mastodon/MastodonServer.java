package plenary.network.mastodon;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plenary.support.Await;

/**
 * A Mastodon server as far as the connector sees one, that keeps the truth. Shapes and headers are
 * those of the recordings in {@code data/wire/mastodon/exchanges}; rules name their line in {@code
 * research/social.md}.
 */
final class MastodonServer implements AutoCloseable {
  static final String TOKEN = "good-token";

  private final HttpServer server;
  private final Random random;
  private final Map<Long, Toot> toots = new HashMap<>();
  private final Map<String, Long> keys = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  final Channels channels;

  /** What is answered in place of the truth, by path; null = the truth. */
  volatile Function<String, @Nullable Wrong> wrong = path -> null;

  /** How far its clock is ahead. */
  volatile Duration skew = Duration.ZERO;

  /** Posts twice with the same key, as snac does (line 10). */
  volatile boolean ignoresKeys;

  /** Has no GET /api/v1/statuses?id[]=, as before 4.3 (line 39). */
  volatile boolean old;

  /** Refuses sockets with this status; 0 = takes them. */
  volatile int refusesSockets;

  volatile boolean refusesEvents;

  /** A language that the account does not read: the stream leaves it out, the timeline does not. */
  volatile @Nullable String hidden;

  volatile @Nullable String streaming;
  volatile long remaining = 299;
  volatile int maxCharacters = 500;
  volatile JsonArray mutes = new JsonArray();
  private long last;

  /** An answer that is wrong. */
  record Wrong(int status, String type, String body) {
    static Wrong html(int status) {
      return new Wrong(status, "text/html", "<!doctype html><title>Welcome</title>");
    }

    static Wrong json(int status, String error) {
      return new Wrong(status, "application/json", new JsonObject().put("error", error).encode());
    }
  }

  MastodonServer(Vertx vertx, long seed) {
    this.random = new Random(seed);
    this.channels = new Channels(vertx, random);
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(this::answer)
            .webSocketHandshakeHandler(
                shake -> {
                  boolean known = ("Bearer " + TOKEN).equals(shake.headers().get("Authorization"));
                  if (refusesSockets != 0) {
                    shake.reject(refusesSockets);
                  } else if (!known) {
                    shake.reject(401);
                  } else {
                    shake.accept();
                  }
                })
            .webSocketHandler(channels::socket);
    Await.result(server.listen());
  }

  String base() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() {
    channels.cut();
    Await.result(server.close());
  }

  /** The paths that were asked for, with their methods. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  Toot post(String text, String... tags) {
    return post(toot("ann", Duration.ZERO, text, tags));
  }

  Toot post(String acct, Duration ago, String text, String... tags) {
    return post(toot(acct, ago, text, tags));
  }

  Toot say(String language, String text, String... tags) {
    Toot toot = toot("ann", Duration.ZERO, text, tags);
    toot.language = language;
    return post(toot);
  }

  Toot reply(Toot parent, String text, String... tags) {
    Toot toot = toot("ann", Duration.ZERO, text, tags);
    toot.parent = parent.number;
    return post(toot);
  }

  /** The account is called something else by now. */
  Toot renamed(String called, String text, String... tags) {
    Toot toot = toot("ann", Duration.ZERO, text, tags);
    toot.called = called;
    return post(toot);
  }

  /** What was posted on another server comes to this one too, under a number of its own. */
  Toot federate(Toot from) {
    Toot own = toot(from.acct, Duration.ZERO, from.text, from.tags.toArray(String[]::new));
    return post(new Toot(own.number, from.uri, from.acct, from.created, from.text, from.tags));
  }

  private Toot post(Toot toot) {
    synchronized (this) {
      toots.put(toot.number, toot);
    }
    if (hidden == null || !hidden.equals(toot.language)) {
      channels.tell("update", toot.json(base()).encode(), toot.tags);
    }
    return toot;
  }

  /**
   * What another server's account wrote is numbered by when it was written, not by when it came
   * (mastodon lib/mastodon/snowflake.rb).
   */
  private synchronized Toot toot(String acct, Duration ago, String text, String... tags) {
    Instant created = Instant.now().plus(skew).minus(ago);
    long number = created.toEpochMilli() << 16;
    number = ago.isZero() ? Math.max(number, last + 1) : number + random.nextInt(1 << 16);
    while (toots.containsKey(number)) {
      number++;
    }
    last = Math.max(last, number);
    String uri = "https://origin.example/users/" + acct + "/statuses/" + number;
    return new Toot(number, uri, acct, created, text, List.of(tags));
  }

  /** Line 39: an edit goes to the channels of the new hashtags alone. */
  void edit(Toot toot, String text, String... tags) {
    String json;
    synchronized (this) {
      Instant now = Instant.now().plus(skew);
      Instant before = toot.edited == null ? toot.created : toot.edited;
      toot.edited =
          now.isAfter(before.plusMillis(1))
              ? now.truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
              : before.plusMillis(1);
      toot.text = text;
      toot.tags = List.of(tags);
      json = toot.json(base()).encode();
    }
    channels.tell("status.update", json, toot.tags);
  }

  /** Line 35: the payload is the bare number. Line 9: it may come before the create. */
  void delete(Toot toot) {
    synchronized (this) {
      toot.deleted = true;
    }
    channels.tell("delete", Long.toString(toot.number), toot.tags);
  }

  /** Forgets everything, and numbers from 1 on: set up again. */
  synchronized void reset() {
    toots.clear();
  }

  synchronized void put(Toot toot) {
    toots.put(toot.number, toot);
  }

  /** What stands under the hashtag: texts by lasting names. */
  synchronized TreeMap<String, String> truth(String tag) {
    TreeMap<String, String> truth = new TreeMap<>();
    timeline(tag).forEach(toot -> truth.put(toot.uri, toot.shown()));
    return truth;
  }

  /** Standing posts by a text. */
  synchronized List<Toot> with(String text) {
    return toots.values().stream().filter(toot -> !toot.deleted && toot.text.equals(text)).toList();
  }

  private Stream<Toot> timeline(String tag) {
    return toots.values().stream()
        .filter(toot -> !toot.deleted && toot.visibility.equals("public") && toot.has(tag))
        .sorted(Comparator.comparingLong((Toot toot) -> toot.number).reversed());
  }

  private void answer(HttpServerRequest request) {
    String path = request.path();
    synchronized (this) {
      requests.add(request.method() + " " + request.uri());
    }
    HttpServerResponse response = request.response();
    Instant now = Instant.now().plus(skew);
    response
        .putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)))
        .putHeader("X-RateLimit-Limit", "300")
        .putHeader("X-RateLimit-Remaining", Long.toString(remaining))
        .putHeader("X-RateLimit-Reset", now.plusMillis(600).toString());
    Wrong other = wrong.apply(path);
    String authorization = request.getHeader("Authorization");
    boolean known = ("Bearer " + TOKEN).equals(authorization);
    if (other != null) {
      response.setStatusCode(other.status()).putHeader("Content-Type", other.type());
      if (other.status() / 100 == 3) {
        response.putHeader("Location", other.body());
      }
      response.end(other.body());
    } else if (authorization != null && !known) {
      json(response, 401, new JsonObject().put("error", "The access token is invalid"));
    } else if (path.equals("/api/v1/streaming/hashtag")) {
      if (refusesEvents || !known) {
        json(response, known ? 404 : 401, new JsonObject().put("error", "Not found"));
      } else {
        channels.events(request);
      }
    } else if (request.method() == HttpMethod.POST) {
      request.setExpectMultipart(true);
      request.endHandler(end -> create(request));
    } else {
      read(request, path);
    }
  }

  private void read(HttpServerRequest request, String path) {
    HttpServerResponse response = request.response();
    if (path.equals("/api/v2/instance")) {
      json(response, 200, instance());
    } else if (path.equals("/api/v1/accounts/verify_credentials")) {
      json(response, 200, new JsonObject().put("id", "77").put("username", "chat"));
    } else if (path.equals("/api/v1/mutes")) {
      json(response, 200, mutes);
    } else if (path.equals("/api/v1/blocks") || path.equals("/api/v1/domain_blocks")) {
      json(response, 200, new JsonArray());
    } else if (path.startsWith("/api/v1/timelines/tag/")) {
      page(request, path.substring("/api/v1/timelines/tag/".length()));
    } else if (path.equals("/api/v1/accounts/77/statuses")) {
      own(request);
    } else if (path.equals("/api/v1/statuses") && !old) {
      JsonArray found = new JsonArray();
      request.params().getAll("id[]").forEach(id -> found(id).forEach(found::add));
      json(response, 200, found);
    } else if (path.endsWith("/context")) {
      context(response, Long.parseLong(path.split("/", -1)[4]));
    } else if (path.startsWith("/api/v1/statuses/")) {
      one(request, path.substring("/api/v1/statuses/".length()));
    } else {
      json(response, 404, new JsonObject().put("error", "Not Found"));
    }
  }

  private JsonObject instance() {
    String streams = streaming == null ? base().replace("http", "ws") : streaming;
    return new JsonObject()
        .put("domain", "social.example")
        .put("version", "4.6.4")
        .put(
            "configuration",
            new JsonObject()
                .put("urls", new JsonObject().put("streaming", streams))
                .put(
                    "statuses",
                    new JsonObject()
                        .put("max_characters", maxCharacters)
                        .put("characters_reserved_per_url", 23)));
  }

  /** Line 36: min_id is the page just above, since_id and max_id are cut from the newest. */
  private synchronized void page(HttpServerRequest request, String tag) {
    int limit = Integer.parseInt(request.getParam("limit", "20"));
    long min = Long.parseLong(request.getParam("min_id", "-1"));
    long max = Long.parseLong(request.getParam("max_id", Long.toString(Long.MAX_VALUE)));
    List<Toot> all = timeline(tag).filter(t -> t.number > min && t.number < max).toList();
    int many = Math.min(Math.min(limit, 40), all.size());
    List<Toot> page = min >= 0 ? all.subList(all.size() - many, all.size()) : all.subList(0, many);
    JsonArray array = new JsonArray();
    page.forEach(toot -> array.add(toot.json(base())));
    if (!page.isEmpty()) {
      String at = base() + request.path();
      request
          .response()
          .putHeader(
              "Link",
              "<%s?max_id=%d>; rel=\"next\", <%s?min_id=%d>; rel=\"prev\""
                  .formatted(at, page.getLast().number, at, page.getFirst().number));
    }
    json(request.response(), 200, array);
  }

  private synchronized void own(HttpServerRequest request) {
    long max = Long.parseLong(request.getParam("max_id", Long.toString(Long.MAX_VALUE)));
    JsonArray array = new JsonArray();
    toots.values().stream()
        .filter(toot -> toot.acct.equals("chat") && !toot.deleted && toot.number < max)
        .sorted(Comparator.comparingLong((Toot toot) -> toot.number).reversed())
        .limit(40)
        .forEach(toot -> array.add(toot.json(base())));
    json(request.response(), 200, array);
  }

  /** All that stands below a status, in the order of the tree. */
  private synchronized void context(HttpServerResponse response, long number) {
    JsonArray descendants = new JsonArray();
    Deque<Long> below = new ArrayDeque<>(List.of(number));
    while (!below.isEmpty()) {
      Long parent = below.remove();
      toots.values().stream()
          .filter(toot -> parent.equals(toot.parent) && !toot.deleted)
          .sorted(Comparator.comparingLong((Toot toot) -> toot.number))
          .forEach(
              toot -> {
                descendants.add(toot.json(base()));
                below.add(toot.number);
              });
    }
    json(
        response,
        200,
        new JsonObject().put("ancestors", new JsonArray()).put("descendants", descendants));
  }

  private synchronized List<JsonObject> found(String number) {
    Toot toot = toots.get(Long.parseLong(number));
    return toot == null || toot.deleted ? List.of() : List.of(toot.json(base()));
  }

  private void one(HttpServerRequest request, String number) {
    List<JsonObject> found = found(number);
    if (found.isEmpty()) {
      json(request.response(), 404, new JsonObject().put("error", "Record not found"));
      return;
    }
    if (request.method() == HttpMethod.DELETE) {
      Toot gone;
      synchronized (this) {
        gone = toots.get(Long.parseLong(number));
      }
      delete(gone);
    }
    json(request.response(), 200, found.getFirst());
  }

  /** Line 43: the key is kept for an hour. */
  private void create(HttpServerRequest request) {
    String key = String.valueOf(request.getHeader("Idempotency-Key"));
    String text = request.getFormAttribute("status");
    String parent = request.getFormAttribute("in_reply_to_id");
    HttpServerResponse response = request.response();
    Long there;
    synchronized (this) {
      there = ignoresKeys ? null : keys.get(key);
    }
    if (there != null) {
      json(response, 200, found(Long.toString(there)).getFirst());
    } else if (text == null || text.isBlank() || text.length() > maxCharacters) {
      json(response, 422, new JsonObject().put("error", "Validation failed: Text is too long"));
    } else if (parent != null && found(parent).isEmpty()) {
      json(response, 404, new JsonObject().put("error", "The status you are replying to is gone"));
    } else {
      Toot toot = toot("chat", Duration.ZERO, text);
      toot.parent = parent == null ? null : Long.valueOf(parent);
      toot.language = request.getFormAttribute("language");
      synchronized (this) {
        keys.put(key, toot.number);
      }
      post(toot);
      json(response, 200, toot.json(base()));
    }
  }

  private static void json(HttpServerResponse response, int status, Object body) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .end(body instanceof JsonObject object ? object.toBuffer() : ((JsonArray) body).toBuffer());
  }
}
