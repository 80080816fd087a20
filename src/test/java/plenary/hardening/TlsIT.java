package plenary.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plenary.database.Certificates;
import plenary.live.Faults;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/** A server with certificate files, used as browsers do: by cookies, from its own pages. */
class TlsIT {
  private static final int WATCHERS = 40;

  @TempDir private static Path directory;

  private static TestServer server;
  private static HttpClient http;
  private static String origin;

  @BeforeAll
  static void start() throws Exception {
    Path authority = Certificates.serverOf(directory, directory);
    server =
        TestServer.start(
            TestPostgres.options(),
            Map.of(
                "PLENARY_TLS_CERT",
                directory.resolve("server.crt").toString(),
                "PLENARY_TLS_KEY",
                directory.resolve("server.key").toString()),
            Faults.NONE);
    http = HttpClient.newBuilder().sslContext(trusting(authority)).build();
    origin = "https://localhost:" + server.port();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static SSLContext trusting(Path authority) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    try (InputStream file = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static HttpRequest.Builder request(String path, String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path)).header("Origin", origin);
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private static HttpResponse<String> send(
      String method, String path, String cookie, @Nullable JsonObject body) throws Exception {
    HttpRequest.Builder request =
        request(path, cookie)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, answer.body())
        .isBetween(200, 299);
    return answer;
  }

  private static JsonObject post(String path, String cookie, JsonObject body) throws Exception {
    return new JsonObject(send("POST", path, cookie, body).body());
  }

  /** The cookie a browser would keep from an answer. */
  private static String signedIn(HttpResponse<String> answer) {
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set)
        .startsWith("__Host-plenary=")
        .contains("; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure")
        .doesNotContain("Domain");
    return set.substring(0, set.indexOf(';'));
  }

  private static BlockingQueue<String> watch(String session, String view, String cookie) {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    http.newWebSocketBuilder()
        .header("Cookie", cookie)
        .header("Origin", origin)
        .subprotocols("plenary.v1")
        .buildAsync(
            URI.create(
                origin.replace("https:", "wss:")
                    + "/api/sessions/"
                    + session
                    + "/live?view="
                    + view),
            new WebSocket.Listener() {
              private final StringBuilder text = new StringBuilder();

              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                  frames.add(text.toString());
                  text.setLength(0);
                }
                socket.request(1);
                return CompletableFuture.completedFuture(part);
              }
            })
        .join();
    return frames;
  }

  private static BlockingQueue<String> events(String session, String view, String cookie)
      throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    HttpResponse<Stream<String>> answer =
        http.send(
            request("/api/sessions/" + session + "/live?view=" + view, cookie)
                .header("Accept", "text/event-stream")
                .build(),
            BodyHandlers.ofLines());
    assertThat(answer.statusCode()).isEqualTo(200);
    Thread.ofVirtual().start(() -> answer.body().forEach(lines::add));
    return lines;
  }

  private static void await(BlockingQueue<String> frames, String... wanted) throws Exception {
    long end = System.nanoTime() + 10_000_000_000L;
    String frame = "";
    while (!Stream.of(wanted).allMatch(frame::contains)) {
      frame = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(frame).as("a frame with %s", (Object) wanted).isNotNull();
    }
  }

  @Test
  void aSessionIsAskedVotedMovedAndWatchedOverTls() throws Exception {
    HttpResponse<String> setUp =
        send(
            "POST",
            "/api/setup",
            "",
            JsonObject.of("token", TestServer.SETUP_TOKEN, "name", "Olga"));
    String organiser = signedIn(setUp);
    assertThat(setUp.headers().firstValue("Strict-Transport-Security")).isPresent();
    JsonObject meeting =
        post("/api/meetings", organiser, JsonObject.of("name", "Tls", "timeZone", "UTC"));
    JsonObject made =
        post(
            "/api/meetings/" + meeting.getString("id") + "/sessions",
            organiser,
            JsonObject.of(
                "title", "Heart failure", "state", "live", "speakers", JsonArray.of("Maria")));
    String session = made.getString("id");
    JsonObject code = JsonObject.of("code", made.getString("joinCode"));
    String voter = signedIn(send("POST", "/api/join", "", code));
    String attendee = signedIn(send("POST", "/api/join", "", code));

    // Many, so that they share frames that are written past the socket's own encoder.
    BlockingQueue<String> phone = watch(session, "attendee", attendee);
    for (int i = 1; i < WATCHERS; i++) {
      BlockingQueue<String> other = watch(session, "attendee", organiser);
      await(other, "\"snapshot\"");
    }
    BlockingQueue<String> staff = watch(session, "moderator", organiser);
    BlockingQueue<String> screen = events(session, "screen", organiser);
    String path = "/api/sessions/" + session + "/questions";
    String question =
        post(path, attendee, JsonObject.of("text", "Does this go over TLS?")).getString("id");
    await(staff, "\"change\"", "question/" + question);
    post(path + "/" + question + "/moves", organiser, JsonObject.of("to", "approved"));
    await(phone, "\"change\"", "question/" + question);
    send("PUT", path + "/" + question + "/vote", voter, null);
    post(path + "/" + question + "/moves", organiser, JsonObject.of("to", "stage"));
    await(screen, "data: ", "question/" + question);
    // Longer than any buffer, and than one TLS record.
    String words = "wide ".repeat(3_000);
    HttpRequest patch =
        request("/api/sessions/" + session, organiser)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(JsonObject.of("abstract", words).encode()))
            .build();
    assertThat(http.send(patch, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    await(phone, "\"change\"", words.strip());
    await(screen, "data: ", words.strip());
  }

  @Test
  void plainHttpIsNotAnsweredThere() throws Exception {
    HttpRequest plain =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/")).build();
    assertThat(
            http.sendAsync(plain, BodyHandlers.ofString())
                .handle((answer, failed) -> failed == null ? answer.statusCode() : 0)
                .get(10, TimeUnit.SECONDS))
        .isNotEqualTo(200);
  }
}
