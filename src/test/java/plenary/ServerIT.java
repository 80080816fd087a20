package plenary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plenary.config.Mistakes;
import plenary.live.Faults;
import plenary.support.TestServer;

class ServerIT {
  @Test
  void aStartedNodeIsReadyAndServesItsContract() throws Exception {
    try (TestServer node = TestServer.start();
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(status(http, node.managementPort(), "/readyz")).isEqualTo(200);
      assertThat(status(http, node.managementPort(), "/healthz")).isEqualTo(200);
      assertThat(body(http, node.managementPort(), "/metrics"))
          .contains("vertx_pool_in_use")
          .as("one name for many clients is refused with a warning")
          .doesNotContain("vertx_sql", "vertx_http_client");
      assertThat(status(http, node.port(), "/openapi.json")).isEqualTo(200);
      assertThat(status(http, node.port(), "/api/nothing")).isEqualTo(404);
      assertThat(status(http, node.port(), "/", "HEAD")).isEqualTo(200);

      Map<String, String> same = Map.of("PLENARY_HTTP_PORT", String.valueOf(node.port()));
      assertThatThrownBy(() -> TestServer.start(node.database(), same, Faults.NONE))
          .as("a port that is taken")
          .isInstanceOf(Mistakes.class)
          .hasMessageContaining("PLENARY_HTTP_PORT");
    }
  }

  private static int status(HttpClient http, int port, String path) throws Exception {
    return status(http, port, path, "GET");
  }

  private static int status(HttpClient http, int port, String path, String method)
      throws Exception {
    return send(http, port, path, method).statusCode();
  }

  private static String body(HttpClient http, int port, String path) throws Exception {
    return send(http, port, path, "GET").body();
  }

  private static HttpResponse<String> send(HttpClient http, int port, String path, String method)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
