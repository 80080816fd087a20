package plenary.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls of the server's own API over the loopback. They block: for virtual threads alone. */
final class Calls {
  private static final int PATIENCE_SECONDS = 20;
  private static final int SOCKETS_MAX = 100;

  private final HttpClient http;
  private final WebSocketClient sockets;
  private final URI server;
  private final boolean secure;

  /**
   * Calls of one server.
   *
   * @param server where it listens. Its certificate is for another name than the loopback's, and
   *     who answers there is this process, so it is not checked
   */
  Calls(Vertx vertx, URI server) {
    this.server = server;
    this.secure = "https".equals(server.getScheme());
    HttpClientAgent agent =
        vertx.createHttpClient(
            new HttpClientOptions().setSsl(secure).setTrustAll(true).setVerifyHost(false));
    this.http = agent;
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setSsl(secure)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxConnections(SOCKETS_MAX));
  }

  /** The server said no. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    Refused(int status, String what, String body) {
      super(what + " was answered with " + status + ": " + body);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Sends JSON and waits for the answer.
   *
   * @param token of the caller; null = nobody
   * @throws Refused for a status of 400 or more
   */
  JsonObject json(
      HttpMethod method, String path, @Nullable String token, @Nullable JsonObject body) {
    return send(method, path, token, body == null ? null : body.toBuffer(), "application/json");
  }

  /** Sends a file and waits for the answer. */
  JsonObject file(String path, String token, String text, String type) {
    return send(HttpMethod.POST, path, token, Buffer.buffer(text), type);
  }

  private JsonObject send(
      HttpMethod method, String path, @Nullable String token, @Nullable Buffer body, String type) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setURI(path);
    if (token != null) {
      options.putHeader("Authorization", "Bearer " + token);
    }
    if (method == HttpMethod.POST || method == HttpMethod.PATCH) {
      options.putHeader("Idempotency-Key", UUID.randomUUID().toString());
    }
    if (body != null) {
      options.putHeader("Content-Type", type);
    }
    return wait(
        http.request(options)
            .compose(request -> body == null ? request.send() : request.send(body))
            .compose(
                response ->
                    response
                        .body()
                        .map(
                            text -> {
                              if (response.statusCode() >= 400) {
                                throw new Refused(
                                    response.statusCode(), method + " " + path, text.toString());
                              }
                              return text.length() == 0 ? new JsonObject() : text.toJsonObject();
                            })));
  }

  /** Follows a session like a phone does, until the server ends it; what comes is thrown away. */
  void watch(String session, String token) {
    wait(
        sockets
            .connect(
                new WebSocketConnectOptions()
                    .setHost(server.getHost())
                    .setPort(server.getPort())
                    .setURI("/api/sessions/" + session + "/live?view=attendee")
                    .addHeader("Authorization", "Bearer " + token)
                    .addSubProtocol("plenary.v1"))
            .map(socket -> socket.textMessageHandler(frame -> {})));
  }

  private static <T> T wait(Future<T> answer) {
    try {
      return answer.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException("the server did not answer the demo", late);
    }
  }
}
