package plenary.network.bluesky;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import plenary.support.Await;

/**
 * An account's server on loopback, and the profiles of an AppView. As social.md has it: putting a
 * record twice answers 200 both times and changes nothing (finding 4); creating one twice is a 500
 * (finding 4); deleting one twice answers 200 (section 1.3, row "Post"); a post of more than 300
 * graphemes is a 400 that names the path (row "Post"); a login may be made 30 times in five minutes
 * (row "Auth / limits").
 */
final class PdsSimulator implements AutoCloseable {
  static final String DID = "did:plc:plenaryplenaryplenary22";
  static final String HANDLE = "plenary.test";
  static final String PASSWORD = "aaaa-bbbb-cccc-dddd";
  private static final int LOGINS = 30;
  private static final String NSID_PREFIX = "/xrpc/";

  /** What is answered instead. {@code status} 0 does what was asked and breaks the connection. */
  record Fault(String method, int status, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private final TreeMap<String, JsonObject> records = new TreeMap<>();
  private final Map<String, JsonObject> profiles = new HashMap<>();
  private final Map<String, String> handles = new HashMap<>();
  private final Set<String> access = new HashSet<>();
  private final Set<String> refresh = new HashSet<>();
  private int changes;
  private int tokens;
  private int logins;

  PdsSimulator(Vertx vertx) {
    server = vertx.createHttpServer();
    server.requestHandler(request -> request.body().onSuccess(body -> answer(request, body)));
    Await.result(server.listen(0, "127.0.0.1"));
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  synchronized void fault(Fault fault) {
    faults.add(fault);
  }

  /** How often a method was asked. */
  synchronized int asked(String method) {
    return asked.getOrDefault(method, 0);
  }

  synchronized void profile(String did, String handle, String name) {
    profiles.put(
        did, new JsonObject().put("did", did).put("handle", handle).put("displayName", name));
    handles.put(handle, did);
  }

  /** What stands in the repository, by record key. */
  synchronized TreeMap<String, JsonObject> records() {
    return new TreeMap<>(records);
  }

  /** How often the repository changed: each is an event on the network. */
  synchronized int changes() {
    return changes;
  }

  /** Tokens of access run out. */
  synchronized void expireAccess() {
    access.clear();
  }

  /** Every token runs out, as after a password was changed. */
  synchronized void expireAll() {
    access.clear();
    refresh.clear();
  }

  @Override
  public void close() {
    Await.result(server.close());
  }

  private synchronized void answer(HttpServerRequest request, Buffer body) {
    String method =
        request.path().startsWith(NSID_PREFIX)
            ? request.path().substring(NSID_PREFIX.length())
            : "";
    asked.merge(method, 1, Integer::sum);
    Fault fault = faults.peek();
    HttpServerResponse response = request.response();
    if (fault != null && fault.method().equals(method)) {
      faults.remove();
      if (fault.status() == 0) {
        perform(request, method, body);
        request.connection().close();
        return;
      }
      fault.headers().forEach(response::putHeader);
      response.setStatusCode(fault.status()).end(fault.body());
      return;
    }
    Answer answer = perform(request, method, body);
    response
        .setStatusCode(answer.status())
        .putHeader("content-type", "application/json")
        .end(answer.body().encode());
  }

  private record Answer(int status, JsonObject body) {
    static Answer error(int status, String error, String message) {
      return new Answer(status, new JsonObject().put("error", error).put("message", message));
    }
  }

  private Answer perform(HttpServerRequest request, String method, Buffer body) {
    JsonObject input = body.length() == 0 ? new JsonObject() : body.toJsonObject();
    String token = String.valueOf(request.getHeader("authorization")).replace("Bearer ", "");
    return switch (method) {
      case "com.atproto.server.createSession" -> login(input);
      case "com.atproto.server.refreshSession" ->
          refresh.remove(token)
              ? session()
              : Answer.error(400, "ExpiredToken", "Token has expired");
      case "com.atproto.identity.resolveHandle" -> {
        String did = handles.get(request.getParam("handle"));
        yield did == null
            ? Answer.error(400, "InvalidRequest", "Unable to resolve handle")
            : new Answer(200, new JsonObject().put("did", did));
      }
      case "app.bsky.actor.getProfiles" -> profiles(request);
      case "com.atproto.repo.getRecord" -> {
        JsonObject record = records.get(request.getParam("rkey"));
        yield record == null
            ? Answer.error(400, "RecordNotFound", "Could not locate record")
            : new Answer(200, record);
      }
      case "com.atproto.repo.listRecords" ->
          new Answer(
              200, new JsonObject().put("records", new JsonArray(List.copyOf(records.values()))));
      case "com.atproto.repo.putRecord",
          "com.atproto.repo.createRecord",
          "com.atproto.repo.deleteRecord" ->
          access.contains(token)
              ? write(method, input)
              : Answer.error(400, "ExpiredToken", "Token has expired");
      default -> Answer.error(501, "MethodNotImplemented", "Method Not Implemented");
    };
  }

  private Answer login(JsonObject input) {
    if (++logins > LOGINS) {
      return Answer.error(429, "RateLimitExceeded", "Rate Limit Exceeded");
    }
    return HANDLE.equals(input.getString("identifier"))
            && PASSWORD.equals(input.getString("password"))
        ? session()
        : Answer.error(401, "AuthenticationRequired", "Invalid identifier or password");
  }

  private Answer session() {
    tokens++;
    access.add("access" + tokens);
    refresh.add("refresh" + tokens);
    return new Answer(
        200,
        new JsonObject()
            .put("did", DID)
            .put("handle", HANDLE)
            .put("accessJwt", "access" + tokens)
            .put("refreshJwt", "refresh" + tokens));
  }

  private Answer profiles(HttpServerRequest request) {
    List<JsonObject> found = new ArrayList<>();
    for (String actor : request.params().getAll("actors")) {
      if (profiles.containsKey(actor)) {
        found.add(profiles.get(actor));
      }
    }
    return request.params().getAll("actors").size() > 25
        ? Answer.error(400, "InvalidRequest", "actors must not have more than 25 elements")
        : new Answer(200, new JsonObject().put("profiles", new JsonArray(found)));
  }

  private Answer write(String method, JsonObject input) {
    String key = input.getString("rkey");
    if (!input.getString("repo").equals(DID) || Tid.decode(key).isEmpty()) {
      return Answer.error(400, "InvalidRequest", "Invalid repo or record key");
    }
    if (method.endsWith("deleteRecord")) {
      changes += records.remove(key) == null ? 0 : 1;
      return new Answer(200, new JsonObject());
    }
    JsonObject value = input.getJsonObject("record");
    if (new PostLength().of(value.getString("text")) > 300) {
      return Answer.error(
          400,
          "InvalidRequest",
          "Invalid app.bsky.feed.post record: Record/text must not be longer than 300 graphemes");
    }
    if (method.endsWith("createRecord") && records.containsKey(key)) {
      return Answer.error(500, "InternalServerError", "Internal Server Error");
    }
    String cid = "bafyrei" + Integer.toHexString(value.encode().hashCode());
    JsonObject record =
        new JsonObject().put("uri", Syntax.post(DID, key)).put("cid", cid).put("value", value);
    JsonObject had = records.put(key, record);
    changes += record.equals(had) ? 0 : 1;
    return new Answer(200, new JsonObject().put("uri", Syntax.post(DID, key)).put("cid", cid));
  }
}
