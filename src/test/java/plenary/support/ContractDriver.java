package plenary.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plenary.web.Contract;
import plenary.web.Operation;
import plenary.web.RawHttp;
import plenary.web.RawHttp.Reply;
import plenary.web.Schemas;

/** Calls operations by their id and holds every answer against the contract. */
public final class ContractDriver {
  private final Contract contract;
  private final JsonObject source;
  private final int port;
  private final Schemas problem;
  private final Map<String, Schemas> answers = new HashMap<>();
  private final Set<String> driven = new TreeSet<>();

  public ContractDriver(Contract contract, int port) {
    this.contract = contract;
    this.source = contract.json();
    this.port = port;
    this.problem = new Schemas(contract.schema("Problem"));
  }

  public int port() {
    return port;
  }

  /** The operations that were answered as they should be at least once. */
  public Set<String> driven() {
    return driven;
  }

  /** Calls an operation and wants it to succeed with an answer of the contract. */
  public JsonObject call(Call call) throws IOException {
    Reply reply = RawHttp.send(port, call.text(contract.operation(call.id())));
    assertThat(reply.status()).as(call.id() + " " + reply.body()).isBetween(100, 399);
    check(call.id(), reply);
    driven.add(call.id());
    boolean json = reply.header("content-type").startsWith("application/json");
    return json && !reply.body().isEmpty() ? new JsonObject(reply.body()) : new JsonObject();
  }

  /** Fails when an answer is not one that the contract describes. */
  public void check(String id, Reply reply) {
    String what = id + " answered " + reply.status() + " " + shortened(reply.body());
    if (reply.status() >= 400) {
      checkProblem(what, reply);
      return;
    }
    JsonObject responses = contract.resolve(given(id)).getJsonObject("responses");
    JsonObject response = responses.getJsonObject(Integer.toString(reply.status()));
    assertThat(response).as(what + " which the contract does not know").isNotNull();
    JsonObject content = response.getJsonObject("content");
    if (content == null) {
      assertThat(reply.body()).as(what).isEmpty();
      return;
    }
    String type = reply.header("content-type").split(";", 2)[0];
    assertThat(content.fieldNames()).as(what).contains(type);
    if (type.equals("application/json")) {
      JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
      Schemas compiled = answers.computeIfAbsent(id + reply.status(), key -> new Schemas(schema));
      assertThat(compiled.check(new JsonObject(reply.body()))).as(what).isEmpty();
    }
  }

  /** Fails when a refusal is not problem+json of the contract's form. */
  public void checkProblem(String what, Reply reply) {
    assertThat(reply.header("content-type")).as(what).isEqualTo("application/problem+json");
    try {
      JsonObject body = new JsonObject(reply.body());
      assertThat(problem.check(body)).as(what).isEmpty();
      assertThat(body.getInteger("status")).as(what).isEqualTo(reply.status());
    } catch (DecodeException e) {
      throw new AssertionError(what + " is no JSON", e);
    }
    if (reply.status() == 429 || reply.status() == 503) {
      assertThat(reply.header("retry-after")).as(what).matches("[1-9][0-9]*");
    }
  }

  private JsonObject given(String id) {
    Operation operation = contract.operation(id);
    return source
        .getJsonObject("paths")
        .getJsonObject(operation.path())
        .getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
  }

  private static String shortened(String text) {
    return text.length() > 600 ? text.substring(0, 600) + "…" : text;
  }

  /** One call: what goes into the path, the query, the headers and the body. */
  public static final class Call {
    private final String id;
    private final Map<String, String> path = new HashMap<>();
    private final List<String> headers = new ArrayList<>();
    private String query = "";
    private @Nullable String method;
    private String body = "";

    public Call(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }

    public String body() {
      return body;
    }

    public Map<String, String> path() {
      return path;
    }

    public List<String> headers() {
      return headers;
    }

    public String query() {
      return query;
    }

    public Call path(String name, String value) {
      path.put(name, value);
      return this;
    }

    public Call query(String text) {
      query = text;
      return this;
    }

    public Call method(String other) {
      method = other;
      return this;
    }

    public Call header(String line) {
      headers.add(line);
      return this;
    }

    public Call as(String token) {
      return token.isEmpty() ? this : header("Authorization: Bearer " + token);
    }

    public Call key() {
      return header("Idempotency-Key: " + java.util.UUID.randomUUID());
    }

    public Call body(JsonObject json) {
      return body(json.encode());
    }

    public Call body(String text) {
      body = text;
      return this;
    }

    /** The request as it goes over the wire. */
    public String text(Operation operation) {
      String address = operation.path();
      for (Map.Entry<String, String> each : path.entrySet()) {
        address = address.replace("{" + each.getKey() + "}", each.getValue());
      }
      String verb = method == null ? operation.method().name() : method;
      String full = query.isEmpty() ? address : address + "?" + query;
      return RawHttp.request(verb, full, body, headers.toArray(String[]::new));
    }
  }
}
