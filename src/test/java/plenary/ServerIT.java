package plenary;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import plenary.support.TestServer;

class ServerIT {
  @Test
  void aStartedNodeIsReadyAndServesItsContract() throws Exception {
    try (TestServer node = TestServer.start();
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(status(http, node.managementPort(), "/readyz")).isEqualTo(200);
      assertThat(status(http, node.managementPort(), "/healthz")).isEqualTo(200);
      assertThat(status(http, node.port(), "/openapi.json")).isEqualTo(200);
      assertThat(status(http, node.port(), "/api/nothing")).isEqualTo(404);
    }
  }

  private static int status(HttpClient http, int port, String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }
}
