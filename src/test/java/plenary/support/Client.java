package plenary.support;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that uses a node over HTTP with a bearer token. */
public final class Client {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final int port;
  private final String token;

  /** Somebody without a token. */
  public Client(int port) {
    this(port, "");
  }

  private Client(int port, String token) {
    this.port = port;
    this.token = token;
  }

  /** The same node for the holder of a token; empty for nobody. */
  public Client as(String holder) {
    return new Client(port, holder);
  }

  /** The same person at another node. */
  public Client at(int otherPort) {
    return new Client(otherPort, token);
  }

  public int port() {
    return port;
  }

  public String token() {
    return token;
  }

  /** The client every stream of this JVM goes through. */
  static HttpClient http() {
    return HTTP;
  }

  /** An answer; {@code json} is empty when the body is none. */
  public record Reply(int status, JsonObject json, HttpResponse<String> whole) {
    /** The JSON of an answer that has to be a success. */
    public JsonObject ok() {
      if (status < 200 || status > 299) {
        throw new AssertionError(whole.request() + " was answered " + status + ": " + json);
      }
      return json;
    }

    /** The stable name of a problem. */
    public String problem() {
      return json.getString("type", "").replace("urn:plenary:problem:", "");
    }
  }

  public Reply get(String path) {
    return result(send("GET", path, ""));
  }

  public Reply put(String path) {
    return result(send("PUT", path, ""));
  }

  public Reply delete(String path) {
    return result(send("DELETE", path, ""));
  }

  /** A command under a new idempotency key. */
  public Reply post(String path, JsonObject body) {
    return result(send("POST", path, body.encode(), "Idempotency-Key", key()));
  }

  public Reply patch(String path, JsonObject body) {
    return result(send("PATCH", path, body.encode(), "Idempotency-Key", key()));
  }

  /** A new idempotency key. */
  public static String key() {
    return UUID.randomUUID().toString();
  }

  /** The answer of a request, waited for. */
  public static Reply result(CompletableFuture<Reply> reply) {
    return reply.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** Sends without waiting; headers are name and value in turn. */
  public CompletableFuture<Reply> send(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    if (!body.isEmpty() && !all.contains("Content-Type")) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    if (!token.isEmpty()) {
      all.addAll(List.of("Authorization", "Bearer " + token));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!all.isEmpty()) {
      request.headers(all.toArray(String[]::new));
    }
    return HTTP.sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(answer -> new Reply(answer.statusCode(), json(answer), answer));
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElse("").contains("json")
            && !answer.body().isEmpty()
        ? new JsonObject(answer.body())
        : new JsonObject();
  }
}
