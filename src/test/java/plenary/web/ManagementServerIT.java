package plenary.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerIT {
  private static final int LOOPS = 2;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Vertx vertx =
      MeasuredVertx.create(new VertxOptions().setEventLoopPoolSize(LOOPS), registry);
  private final WebClient client = WebClient.create(vertx);
  private final Readiness readiness = new Readiness();
  private ManagementServer server;

  @BeforeEach
  void start() throws Exception {
    EventLoops loops = EventLoops.watch(vertx, LOOPS).await(5, SECONDS);
    server =
        ManagementServer.start(vertx, "127.0.0.1", 0, registry, readiness, loops).await(5, SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, SECONDS);
  }

  @Test
  void healthyWhileTheEventLoopsTurn() throws Exception {
    HttpResponse<Buffer> answer = get("/healthz");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsJsonObject().getString("status")).isEqualTo("ok");
  }

  @Test
  void notReadyNamesWhatIsMissingAndReadyAgainAfterwards() throws Exception {
    AtomicBoolean database = new AtomicBoolean(false);
    readiness.require("database", database::get);
    readiness.require("listening", () -> true);
    readiness.require(
        "draining",
        () -> {
          throw new IllegalStateException("cannot be asked");
        });

    HttpResponse<Buffer> before = get("/readyz");
    database.set(true);
    readiness.require("draining", () -> true);

    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(before.bodyAsJsonObject().getJsonArray("missing"))
        .isEqualTo(JsonArray.of("database", "draining"));
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsHaveOurMetersTheJvmAndHttpByRouteNeverByPath() throws Exception {
    new Meters(registry).refused("upgrades");
    get("/healthz");

    HttpResponse<Buffer> answer = get("/metrics");

    assertThat(answer.getHeader("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(answer.bodyAsString())
        .contains(
            "plenary_refusals_total", "jvm_memory_used_bytes", "vertx_http_server_requests_total")
        .doesNotContain("path=")
        .doesNotContain("healthz");
  }

  @Test
  void onlyReadingIsAllowedAndNothingElseIsThere() throws Exception {
    HttpResponse<Buffer> post =
        client
            .request(HttpMethod.POST, server.port(), "127.0.0.1", "/metrics")
            .send()
            .await(5, SECONDS);

    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.getHeader("Allow")).isEqualTo("GET, HEAD");
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/api/me").statusCode()).isEqualTo(404);
  }

  private HttpResponse<Buffer> get(String path) throws Exception {
    return client.get(server.port(), "127.0.0.1", path).send().await(5, SECONDS);
  }
}
