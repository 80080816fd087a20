package plenary.hardening;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plenary.support.TestServer;

/** A live session with an organiser and one participant, and how to act in it. */
final class Stage {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final int port;
  private final int managementPort;
  final String organiser;
  final String meeting;
  final String session;
  final String joinCode;
  final String participant;
  final String token;

  Stage(int port, int managementPort) {
    this.port = port;
    this.managementPort = managementPort;
    organiser =
        done(send(
                "POST",
                "/api/setup",
                "",
                JsonObject.of("token", TestServer.SETUP_TOKEN, "name", "Olga")))
            .getString("token");
    meeting =
        done(send(
                "POST",
                "/api/meetings",
                organiser,
                JsonObject.of("name", "Hardening", "timeZone", "UTC")))
            .getString("id");
    JsonObject made =
        done(
            send(
                "POST",
                "/api/meetings/" + meeting + "/sessions",
                organiser,
                JsonObject.of("title", "Heart failure")));
    session = made.getString("id");
    joinCode = made.getString("joinCode");
    done(send("PATCH", "/api/sessions/" + session, organiser, JsonObject.of("state", "live")));
    JsonObject joined = done(send("POST", "/api/join", "", JsonObject.of("code", joinCode)));
    participant = joined.getString("participant");
    token = joined.getString("token");
  }

  /** An answer. */
  record Reply(int status, JsonObject body, HttpResponse<String> http) {}

  static JsonObject done(Reply reply) {
    if (reply.status() / 100 != 2) {
      throw new AssertionError(reply.status() + " " + reply.body());
    }
    return reply.body();
  }

  Reply send(String method, String path, String bearer, @Nullable JsonObject body) {
    return sendText(method, path, bearer, body == null ? "" : body.encode());
  }

  Reply sendText(String method, String path, String bearer, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(15))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .setHeader("Idempotency-Key", UUID.randomUUID().toString());
    if (!body.isEmpty()) {
      request.setHeader(
          "Content-Type",
          method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
    }
    if (!bearer.isEmpty()) {
      request.setHeader("Authorization", "Bearer " + bearer);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<String> answer = get(request.build());
    return new Reply(
        answer.statusCode(),
        answer.body().startsWith("{") ? new JsonObject(answer.body()) : new JsonObject(),
        answer);
  }

  private static HttpResponse<String> get(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  Reply ask(String text) {
    return send(
        "POST", "/api/sessions/" + session + "/questions", token, JsonObject.of("text", text));
  }

  /** A change that every view sees, of about so many bytes. */
  void change(int bytes) {
    done(
        send(
            "PATCH",
            "/api/sessions/" + session,
            organiser,
            JsonObject.of("abstract", UUID.randomUUID() + " " + "wide ".repeat(bytes / 5))));
  }

  /** The sum of a metric's samples whose labels contain a text. */
  double metric(String name, String labels) {
    String all =
        get(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/metrics"))
                .build())
            .body();
    Matcher samples =
        Pattern.compile("(?m)^" + Pattern.quote(name) + "(\\{[^}]*})? (\\S+)").matcher(all);
    double sum = 0;
    while (samples.find()) {
      if (labels.isEmpty() || String.valueOf(samples.group(1)).contains(labels)) {
        sum += Double.parseDouble(samples.group(2));
      }
    }
    return sum;
  }

  /** Open live streams. */
  int sockets() {
    return (int) metric("plenary_sockets", "");
  }
}
