package plenary.network.bluesky;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plenary.network.BoundedBody;
import plenary.network.Hosts;

/** Calls of the AT Protocol over HTTP. */
final class Xrpc {
  private static final long TIMEOUT_MS = 15_000;

  /** Longer than any answer that is needed. */
  private static final int BODY_MAX = 2 << 20;

  private final Hosts hosts;
  private final WebClient client;

  Xrpc(Vertx vertx, Hosts hosts) {
    this.hosts = hosts;
    client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setUserAgent("Plenary")
                .setConnectTimeout(10_000)
                .setFollowRedirects(false));
  }

  /** Parameters may be lists. */
  Future<JsonObject> get(
      Addresses.Host host, String method, Map<String, ?> parameters, @Nullable String token) {
    return request(HttpMethod.GET, host, method, token)
        .compose(
            request -> {
              parameters.forEach(
                  (name, value) -> {
                    for (Object one : value instanceof List<?> all ? all : List.of(value)) {
                      request.addQueryParam(name, String.valueOf(one));
                    }
                  });
              return request.send();
            })
        .compose(Xrpc::read);
  }

  Future<JsonObject> post(
      Addresses.Host host, String method, @Nullable JsonObject body, @Nullable String token) {
    return request(HttpMethod.POST, host, method, token)
        .compose(request -> body == null ? request.send() : request.sendJsonObject(body))
        .compose(Xrpc::read);
  }

  private Future<HttpRequest<Buffer>> request(
      HttpMethod verb, Addresses.Host host, String method, @Nullable String token) {
    return hosts
        .find(host.name(), host.port())
        .map(
            found -> {
              HttpRequest<Buffer> request =
                  client
                      .request(
                          verb, found, host.port(), host.name(), host.path() + "/xrpc/" + method)
                      .ssl(host.ssl())
                      .as(() -> new BoundedBody(BODY_MAX, Xrpc::tooLong))
                      .timeout(TIMEOUT_MS);
              return token == null ? request : request.bearerTokenAuthentication(token);
            });
  }

  private static Failure tooLong() {
    return new Failure(200, Failure.NO_JSON, "", null);
  }

  private static Future<JsonObject> read(HttpResponse<Buffer> answer) {
    JsonObject body = body(answer);
    boolean good = answer.statusCode() / 100 == 2;
    if (good && body != null) {
      return Future.succeededFuture(body);
    }
    String error = body == null ? "" : String.valueOf(body.getValue("error", ""));
    String message = body == null ? "" : String.valueOf(body.getValue("message", ""));
    return Future.failedFuture(
        new Failure(answer.statusCode(), good ? Failure.NO_JSON : error, message, resets(answer)));
  }

  private static @Nullable JsonObject body(HttpResponse<Buffer> answer) {
    try {
      Buffer body = answer.body();
      return body == null || body.length() == 0 ? new JsonObject() : body.toJsonObject();
    } catch (DecodeException | ClassCastException html) {
      return null;
    }
  }

  private static @Nullable Instant resets(HttpResponse<Buffer> answer) {
    return resets(answer.getHeader("ratelimit-reset"), answer.getHeader("retry-after"));
  }

  /**
   * When a limit ends: {@code RateLimit-Reset} in seconds since 1970, {@code Retry-After} from now.
   */
  static @Nullable Instant resets(@Nullable String reset, @Nullable String retryAfter) {
    try {
      return reset != null
          ? Instant.ofEpochSecond(Long.parseLong(reset.strip()))
          : retryAfter != null
              ? Instant.now().plusSeconds(Math.clamp(Long.parseLong(retryAfter.strip()), 0, 86_400))
              : null;
    } catch (NumberFormatException | DateTimeException other) {
      return null;
    }
  }

  /** An answer that says no. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** It answered with something else than the protocol has. */
    static final String NO_JSON = "NoJson";

    private final int status;
    private final String error;
    private final String text;
    private final transient @Nullable Instant resetsAt;

    Failure(int status, String error, String text, @Nullable Instant resetsAt) {
      super(status + " " + error, null, false, false);
      this.status = status;
      this.error = error;
      this.text = text;
      this.resetsAt = resetsAt;
    }

    int status() {
      return status;
    }

    String error() {
      return error;
    }

    /** As the server put it. */
    String text() {
      return text;
    }

    @Nullable Instant resetsAt() {
      return resetsAt;
    }
  }
}
