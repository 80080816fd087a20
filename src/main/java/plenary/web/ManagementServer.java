package plenary.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The operator's port: {@code /healthz} (restart me when this fails), {@code /readyz} (send nobody
 * here while this fails) and {@code /metrics}. Without sign-in; says nothing about people.
 */
public final class ManagementServer {
  private static final int IDLE_SECONDS = 60;
  private static final int HEADER_BYTES_MAX = 8_192;
  private static final List<String> LOOPS = List.of("event-loops");

  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;
  private final Readiness readiness;
  private final EventLoops loops;
  private final HttpServer server;

  private ManagementServer(
      Vertx vertx, PrometheusMeterRegistry registry, Readiness readiness, EventLoops loops) {
    this.vertx = vertx;
    this.registry = registry;
    this.readiness = readiness;
    this.loops = loops;
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setCompressionSupported(false));
  }

  /**
   * Starts it; the future fails when the address cannot be bound.
   *
   * @param port 0 picks a free one, see {@link #port()}
   */
  public static Future<ManagementServer> start(
      Vertx vertx,
      String host,
      int port,
      PrometheusMeterRegistry registry,
      Readiness readiness,
      EventLoops loops) {
    ManagementServer management = new ManagementServer(vertx, registry, readiness, loops);
    management.server.requestHandler(management::answer);
    return management.server.listen(port, host).map(management);
  }

  /** The port that is bound. */
  public int port() {
    return server.actualPort();
  }

  public Future<Void> close() {
    return server.close();
  }

  private void answer(HttpServerRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      request.response().putHeader("Allow", "GET, HEAD").setStatusCode(405).end();
      return;
    }
    switch (request.path()) {
      case "/healthz" -> health(request.response(), loops.turning() ? List.of() : LOOPS);
      case "/readyz" -> health(request.response(), readiness.missing());
      case "/metrics" -> metrics(request.response());
      case null, default -> request.response().setStatusCode(404).end();
    }
  }

  private static void health(HttpServerResponse response, List<String> missing) {
    JsonObject body = new JsonObject().put("status", missing.isEmpty() ? "ok" : "unavailable");
    if (!missing.isEmpty()) {
      body.put("missing", new JsonArray(missing));
    }
    response
        .setStatusCode(missing.isEmpty() ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.toBuffer());
  }

  /** Writing thousands of lines takes milliseconds, which are not an event loop's to spend. */
  private void metrics(HttpServerResponse response) {
    vertx
        .<String>executeBlocking(registry::scrape, false)
        .onSuccess(
            text ->
                response
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .putHeader("Cache-Control", "no-store")
                    .end(text))
        .onFailure(problem -> response.setStatusCode(500).end());
  }
}
