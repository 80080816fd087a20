package plenary.network.x;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import plenary.support.Await;

/**
 * X API v2 on the loopback, as far as we use it, faithful to the recordings in wire/x and to
 * social.md section 1.1 (cited by row). It keeps what there really is, and what it really cost.
 * Safe for use by several threads.
 */
final class XServer implements AutoCloseable {
  static final String BEARER = "app-token";
  static final String USER_TOKEN = "user-token";
  static final String REFRESH_TOKEN = "refresh-token";

  /** Limits are over soon: the tests' time goes fast. */
  private static final int WINDOW_SECONDS = 20;

  static final String ME = "9000";

  private final Vertx vertx;
  private final HttpServer server;
  private final XSource source;
  private final XStream stream;
  private final Map<String, JsonObject> rules = new HashMap<>();
  private final Deque<Canned> canned = new ArrayDeque<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private final List<String> authorizations = new ArrayList<>();
  private volatile boolean postsSpelling = true;
  private volatile Duration skew = Duration.ZERO;
  private long ruleIds = 100;

  /** An answer that is given instead of the right one. */
  record Canned(String path, int status, String type, String body, Map<String, String> headers) {
    static Canned of(String path, int status, String body) {
      return new Canned(path, status, "application/json", body, Map.of());
    }
  }

  /** An answer that never comes. */
  static final int STALL = -1;

  /** The connection ends instead. */
  static final int CUT = -2;

  /** The request is carried out, and the connection ends before the answer. */
  static final int UNANSWERED = -3;

  private boolean renewed;

  XServer(Vertx vertx, long seed) {
    this.vertx = vertx;
    this.source = new XSource(this::now);
    this.stream = new XStream(vertx, source, new Random(seed), this::matching);
    this.server =
        Await.result(vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1"));
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  XSource source() {
    return source;
  }

  XStream stream() {
    return stream;
  }

  Instant now() {
    return Instant.now().plus(skew);
  }

  void skew(Duration by) {
    skew = by;
  }

  /** Search and look-up spell posts either way (row Naming); the stream says tweets. */
  void spell(boolean posts) {
    postsSpelling = posts;
  }

  synchronized void answer(Canned next) {
    canned.add(next);
  }

  synchronized void forgetAnswers() {
    canned.clear();
  }

  synchronized int requests(String path) {
    return requests.getOrDefault(path, 0);
  }

  synchronized Map<String, JsonObject> rules() {
    return Map.copyOf(rules);
  }

  synchronized void foreignRule(String value, String tag) {
    String id = String.valueOf(ruleIds++);
    rules.put(id, new JsonObject().put("id", id).put("value", value).put("tag", tag));
  }

  private synchronized @Nullable Canned cannedFor(String path) {
    requests.merge(path, 1, Integer::sum);
    Canned first = canned.peek();
    return first != null && path.startsWith(first.path()) ? canned.remove() : null;
  }

  private void take(HttpServerRequest request) {
    String path = request.path();
    Canned instead = cannedFor(path);
    request
        .body()
        .onSuccess(
            body -> {
              if (path.equals("/2/oauth2/token")) {
                renew(request, body.toString());
              } else if (instead == null) {
                route(request, body.length() == 0 ? new JsonObject() : new JsonObject(body), false);
              } else if (instead.status() == UNANSWERED) {
                route(request, body.length() == 0 ? new JsonObject() : new JsonObject(body), true);
              } else {
                answerCanned(request, instead);
              }
            });
  }

  private void answerCanned(HttpServerRequest request, Canned instead) {
    if (instead.status() == CUT) {
      request.connection().close();
    } else if (instead.status() != STALL) {
      HttpServerResponse response = head(request, instead.status(), request.path());
      response.putHeader("Content-Type", instead.type());
      instead.headers().forEach(response::putHeader);
      response.end(instead.body());
    }
  }

  /** Every answer has these three (row Limits). */
  private HttpServerResponse head(HttpServerRequest request, int status, String path) {
    return request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader(
            "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atZone(ZoneOffset.UTC)))
        .putHeader("x-rate-limit-limit", "450")
        .putHeader("x-rate-limit-remaining", String.valueOf(450 - requests(path) % 450))
        .putHeader("x-rate-limit-reset", String.valueOf(now().getEpochSecond() + WINDOW_SECONDS));
  }

  private void route(HttpServerRequest request, JsonObject body, boolean silent) {
    String authorization = String.valueOf(request.getHeader("Authorization"));
    synchronized (this) {
      authorizations.add(authorization);
    }
    boolean app = authorization.equals("Bearer " + BEARER);
    boolean user =
        authorization.equals("Bearer " + USER_TOKEN) || authorization.startsWith("OAuth ");
    String path = request.path();
    boolean users = path.startsWith("/2/users") || path.startsWith("/2/tweets") && isWrite(request);
    if (path.startsWith("/2/tweets/search/stream") ? !app : users ? !user : !app) {
      send(request, 401, problem("Unauthorized", 401, "about:blank"), silent);
    } else if (path.equals("/2/tweets/search/stream")) {
      openStream(request);
    } else {
      JsonObject answer = answer(request, path, body);
      int status = answer.getInteger("status", request.method() == HttpMethod.POST ? 201 : 200);
      send(request, status, answer, silent);
    }
  }

  /** A refresh token works once; what is wrong with one is 400, not 401. */
  private synchronized void renew(HttpServerRequest request, String form) {
    authorizations.add(String.valueOf(request.getHeader("Authorization")));
    String wanted = "grant_type=refresh_token&refresh_token=" + REFRESH_TOKEN + "&client_id=client";
    boolean good = form.equals(wanted) && !renewed;
    renewed |= good;
    send(
        request,
        good ? 200 : 400,
        good
            ? new JsonObject()
                .put("token_type", "bearer")
                .put("expires_in", 7_200)
                .put("access_token", USER_TOKEN)
                .put("refresh_token", "next-refresh-token")
            : new JsonObject().put("error", "invalid_request"),
        false);
  }

  synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private static boolean isWrite(HttpServerRequest request) {
    boolean create = request.method() == HttpMethod.POST && request.path().equals("/2/tweets");
    return create || request.method() == HttpMethod.DELETE;
  }

  private void send(HttpServerRequest request, int status, JsonObject answer, boolean silent) {
    if (silent) {
      request.connection().close();
    } else {
      head(request, status, request.path()).end(answer.encode());
    }
  }

  private static JsonObject problem(String title, int status, String type) {
    return new JsonObject().put("title", title).put("status", status).put("type", type);
  }

  private void openStream(HttpServerRequest request) {
    if (rules().isEmpty()) {
      send(request, 409, problem("ConnectionException", 409, "about:blank"), false);
    } else if (stream.isOpen()) {
      JsonObject busy =
          problem("ConnectionException", 429, "https://api.x.com/2/problems/streaming-connection");
      send(request, 429, busy.put("connection_issue", "TooManyConnections"), false);
    } else {
      stream.open(head(request, 200, request.path()));
    }
  }

  private JsonObject answer(HttpServerRequest request, String path, JsonObject body) {
    if (path.equals("/2/tweets/search/stream/rules")) {
      return request.method() == HttpMethod.GET ? listRules() : changeRules(body);
    }
    if (path.equals("/2/tweets/search/recent")) {
      return recent(request);
    }
    if (path.equals("/2/tweets") && request.method() == HttpMethod.GET) {
      return isMisspelt(request)
          ? misspelt()
          : source.lookUp(request.getParam("ids"), wantsAuthors(request), postsSpelling);
    }
    if (path.equals("/2/tweets")) {
      return source.createByApi(body.getString("text"));
    }
    if (path.equals("/2/users/me")) {
      return new JsonObject().put("data", new JsonObject().put("id", ME).put("username", "chat"));
    }
    if (path.equals("/2/users/" + ME + "/tweets")) {
      return source.timeline(ME, OffsetDateTime.parse(request.getParam("start_time")).toInstant());
    }
    if (request.method() == HttpMethod.DELETE && path.startsWith("/2/tweets/")) {
      return source.deleteByApi(path.substring("/2/tweets/".length()));
    }
    return problem("Not Found", 404, "about:blank");
  }

  private boolean isMisspelt(HttpServerRequest request) {
    return request.getParam(postsSpelling ? "tweet.fields" : "post.fields") != null;
  }

  /** Row Naming: the other parameter is not known. */
  private JsonObject misspelt() {
    String name = postsSpelling ? "tweet.fields" : "post.fields";
    return problem("Invalid Request", 400, "https://api.x.com/2/problems/invalid-request")
        .put("detail", "The query parameter [" + name + "] is not one of the known ones.");
  }

  private static boolean wantsAuthors(HttpServerRequest request) {
    return String.valueOf(request.getParam("expansions")).contains("author_id");
  }

  /** Row Gap repair: since_id, at most seven days back, 10 to 100 results, newest first. */
  private JsonObject recent(HttpServerRequest request) {
    if (isMisspelt(request)) {
      return misspelt();
    }
    long since = Long.parseLong(request.getParam("since_id"));
    int max = Integer.parseInt(request.getParam("max_results"));
    String query = request.getParam("query");
    if (max < 10
        || max > 100
        || query.length() > 512
        || Snowflakes.time(since).isBefore(now().minus(Duration.ofDays(7)))) {
      return problem("Invalid Request", 400, "https://api.x.com/2/problems/invalid-request");
    }
    String until = request.getParam("until_id");
    String token = request.getParam("next_token");
    return source.search(
        query,
        since,
        until == null ? Long.MAX_VALUE : Long.parseLong(until),
        max,
        token == null ? 0 : Integer.parseInt(token),
        postsSpelling);
  }

  private synchronized JsonObject listRules() {
    JsonArray all = new JsonArray(new ArrayList<>(rules.values()));
    JsonObject answer =
        new JsonObject().put("meta", new JsonObject().put("sent", now().toString()));
    return all.isEmpty() ? answer : answer.put("data", all);
  }

  /** Row Rules: 1,024 characters; the same words twice are refused, with the id of the first. */
  private synchronized JsonObject changeRules(JsonObject body) {
    JsonObject delete = body.getJsonObject("delete");
    if (delete != null) {
      delete.getJsonArray("ids").forEach(id -> rules.remove(String.valueOf(id)));
      return new JsonObject().put("meta", new JsonObject());
    }
    JsonArray errors = new JsonArray();
    JsonArray data = new JsonArray();
    for (Object one : body.getJsonArray("add")) {
      JsonObject rule = (JsonObject) one;
      JsonObject same =
          rules.values().stream()
              .filter(had -> had.getString("value").equals(rule.getString("value")))
              .findFirst()
              .orElse(null);
      if (same != null) {
        errors.add(
            new JsonObject()
                .put("title", "DuplicateRule")
                .put("id", same.getString("id"))
                .put("type", "https://api.x.com/2/problems/duplicate-rules"));
      } else if (rule.getString("value").length() > 1_024) {
        errors.add(new JsonObject().put("title", "InvalidRules"));
      } else {
        String id = String.valueOf(ruleIds++);
        rules.put(id, rule.copy().put("id", id));
        data.add(rules.get(id));
      }
    }
    return errors.isEmpty()
        ? new JsonObject().put("data", data)
        : new JsonObject().put("errors", errors);
  }

  /** The rules that a post matches, as the stream says them. */
  private synchronized JsonArray matching(XSource.Version version) {
    JsonArray matching = new JsonArray();
    for (JsonObject rule : rules.values()) {
      if (source.matches(rule.getString("value"), version)) {
        matching.add(
            new JsonObject().put("id", rule.getString("id")).put("tag", rule.getString("tag")));
      }
    }
    return matching;
  }

  @Override
  public void close() {
    stream.cut();
    Await.result(server.close());
  }
}
