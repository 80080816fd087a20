package plenary.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.live.View;
import plenary.problem.Failure;
import plenary.web.page.Asset;

/** Pages and their files as a browser gets them. */
class AssetsTest {
  private static final String HOSTILE = "</script><script>alert(1)</script>\u2028 & \"'";
  private static final Assets ASSETS = Assets.load();

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static Vertx vertx;
  private static int port;

  @BeforeAll
  static void serve() throws Exception {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    new Pages(ASSETS, Pages.Told.NOTHING).attach(router, new Facts());
    HttpServer server =
        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await(5, SECONDS);
    port = server.actualPort();
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(5, SECONDS);
  }

  @Test
  void aFileIsKeptForEverUnderItsBuild() throws Exception {
    Got got = get(ASSETS.prefix() + "live/store.js", Map.of());

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("cache-control")).contains("immutable").contains("31536000");
    assertThat(got.header("content-type")).startsWith("text/javascript");
    assertThat(got.header("etag")).matches("\"[0-9a-f]{32}\"");
    assertThat(got.text()).isEqualTo(ASSETS.files().get("live/store.js").text());
  }

  @Test
  void aFileOfAnotherBuildIsServedButNotKept() throws Exception {
    Got got = get("/a/000000000000/live/store.js", Map.of());

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("cache-control")).isEqualTo("no-cache");
  }

  @Test
  void whatABrowserHasIsNotSentAgain() throws Exception {
    String etag = ASSETS.files().get("live/store.js").etag();

    Got got = get(ASSETS.prefix() + "live/store.js", Map.of("If-None-Match", etag));

    assertThat(got.status()).isEqualTo(304);
    assertThat(got.body()).isEmpty();
  }

  @Test
  void whoTakesGzipGetsTheSameContentCompressed() throws Exception {
    Got got = get(ASSETS.prefix() + "live/store.js", Map.of("Accept-Encoding", "br, gzip"));

    assertThat(got.header("content-encoding")).isEqualTo("gzip");
    assertThat(got.header("vary")).contains("Accept-Encoding");
    assertThat(unzip(got.body())).isEqualTo(ASSETS.files().get("live/store.js").text());
  }

  @Test
  void onlyNamedFilesOfWebJarsAndOursAreServed() throws Exception {
    for (String path : new String[] {"plenary/kit.js", "uplot/uplot.js", "uplot/uplot.css"}) {
      assertThat(get(ASSETS.prefix() + "lib/" + path, Map.of()).status()).as(path).isEqualTo(200);
    }
    for (String path :
        new String[] {
          "lib/lit-html/package.json",
          "lib/lit-html/static.js",
          "lib/uplot/uPlot.cjs.js",
          "pages/shell.html",
          "../openapi.yaml",
          "..%2fopenapi.yaml",
          "%2e%2e/openapi.yaml",
          ""
        }) {
      assertThat(get(ASSETS.prefix() + path, Map.of()).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void thePolicyAllowsTheImportMapAndTheStyleThatAreThereAndNothingElse() throws Exception {
    for (String path :
        new String[] {"/", "/s/KF7M2Q", "/organise", "/setup", session("moderate")}) {
      Got got = get(path, Map.of());
      String policy = got.header("content-security-policy");

      assertThat(policy).startsWith("default-src 'none'; ").contains("frame-ancestors 'none'");
      assertThat(policy).contains("require-trusted-types-for 'script'; trusted-types lit-html");
      assertThat(policy).contains("ws://127.0.0.1:" + port).doesNotContain("unsafe");
      assertThat(got.text()).as(path).contains("importmap");
      String map = element(got.text(), "<script type=\"importmap\">", "</script>");
      assertThat(policy).as(path).contains("script-src 'self' " + Asset.policyHash(map) + ";");
      String style = element(got.text(), "<style>", "</style>");
      assertThat(policy).as(path).contains("style-src 'self' " + Asset.policyHash(style) + ";");
    }
  }

  @Test
  void pagesHaveTheStrictHeaders() throws Exception {
    Got got = get("/s/KF7M2Q", Map.of());

    assertThat(got.header("cache-control")).contains("no-cache");
    assertThat(got.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(got.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(got.header("cross-origin-opener-policy")).isEqualTo("same-origin");
    assertThat(got.header("cross-origin-embedder-policy")).isEqualTo("require-corp");
    assertThat(got.header("permissions-policy")).contains("camera=()");
  }

  @Test
  void whatAPersonTypedCannotLeaveTheStateOrTheTitle() throws Exception {
    String html = get("/s/KF7M2Q", Map.of()).text();

    assertThat(html).doesNotContain("<script>alert");
    String state = element(html, "id=\"state\">", "</script>");
    assertThat(state).doesNotContain("\u2028").doesNotContain("<");
    assertThat(new JsonObject(state).getJsonObject("session").getString("title"))
        .isEqualTo(HOSTILE);
  }

  @Test
  void aWrongCodeAndAForbiddenPageAreStillPages() throws Exception {
    Got wrong = get("/s/WRONG2", Map.of());
    Got forbidden = get(session("screen"), Map.of());
    Got noId = get("/moderate/nonsense", Map.of());

    assertThat(wrong.status()).isEqualTo(404);
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(noId.status()).isEqualTo(404);
    for (Got got : new Got[] {wrong, forbidden, noId}) {
      JsonObject state = new JsonObject(element(got.text(), "id=\"state\">", "</script>"));
      assertThat(state.getJsonObject("problem").getInteger("status")).isEqualTo(got.status());
      assertThat(state.getJsonObject("problem").getString("detail")).isNotBlank();
    }
  }

  @Test
  void everythingNamedInAPageIsThere() throws Exception {
    for (String path :
        new String[] {"/", "/s/KF7M2Q", "/organise", "/invite", session("moderate")}) {
      Matcher names =
          Pattern.compile("(?:href|src)=\"(/a/[^\"]+)\"").matcher(get(path, Map.of()).text());
      int found = 0;
      while (names.find()) {
        found++;
        assertThat(get(names.group(1), Map.of()).status()).as(names.group(1)).isEqualTo(200);
      }
      assertThat(found).isGreaterThan(5);
    }
  }

  @Test
  void theCodeToScanIsAPictureAndTheSecretLinkTravelsInABody() throws Exception {
    Got picture = get("/s/KF7M2Q/qr.svg", Map.of());
    Got drawn = post("/qr", "https://plenary.example/invite#secret");
    Got tooLong = post("/qr", "x".repeat(1_000));

    assertThat(picture.header("content-type")).isEqualTo("image/svg+xml");
    assertThat(picture.text()).startsWith("<svg").contains("<path");
    assertThat(new JsonObject(drawn.text()).getInteger("size")).isGreaterThan(25);
    assertThat(tooLong.status()).isEqualTo(413);
  }

  @Test
  void aLanguageThatIsChosenWinsAndIsRemembered() throws Exception {
    Got chosen = get("/?lang=en-XA", Map.of("Accept-Language", "en"));
    Got remembered = get("/", Map.of("Cookie", "plenary=x; lang=en-XA"));
    Got nonsense = get("/?lang=%22%3E", Map.of());
    Got unknown = get("/?lang=xx", Map.of());

    assertThat(chosen.text()).contains("<html lang=\"en-XA\" dir=\"ltr\">");
    assertThat(chosen.header("set-cookie")).startsWith("lang=en-XA; Path=/; Max-Age=");
    assertThat(remembered.text()).contains("<html lang=\"en-XA\"");
    assertThat(remembered.header("set-cookie")).isEmpty();
    assertThat(nonsense.header("set-cookie")).isEmpty();
    assertThat(unknown.text()).contains("<html lang=\"en\"");
  }

  @Test
  void theWorkerNamesItsBuildAndFilesThatAreThere() throws Exception {
    Got worker = get("/worker.js", Map.of());

    assertThat(worker.header("cache-control")).isEqualTo("no-cache");
    assertThat(worker.header("content-type")).startsWith("text/javascript");
    assertThat(worker.text()).contains("const PREFIX = '" + ASSETS.prefix() + "'");
    String files = element(worker.text(), "const FILES = ", ";");
    assertThat(new JsonArray(files)).contains("lib/plenary/attendee.js", "live/socket.js");
    for (Object file : new JsonArray(files)) {
      assertThat(ASSETS.files()).containsKey((String) file);
    }
    assertThat(get("/", Map.of()).header("content-security-policy")).contains("worker-src 'self'");
  }

  @Test
  void thePageCanBeInstalled() throws Exception {
    JsonObject manifest =
        new JsonObject(get(ASSETS.prefix() + "manifest.webmanifest", Map.of()).text());

    assertThat(manifest.getString("start_url")).isEqualTo("/");
    for (Object each : manifest.getJsonArray("icons")) {
      JsonObject icon = (JsonObject) each;
      Got picture = get(ASSETS.prefix() + icon.getString("src"), Map.of());
      assertThat(picture.header("content-type")).isEqualTo(icon.getString("type"));
      if (icon.getString("type").equals("image/png")) {
        var drawn = ImageIO.read(new ByteArrayInputStream(picture.body()));
        assertThat(drawn.getWidth() + "x" + drawn.getHeight()).isEqualTo(icon.getString("sizes"));
      }
    }
  }

  private static String session(String page) {
    return "/" + page + "/0199f2a4-7c1e-7a52-9d3f-2b8c4e6f7a10";
  }

  private static String element(String html, String start, String end) {
    int from = html.indexOf(start);
    return from < 0 ? "" : html.substring(from + start.length(), html.indexOf(end, from));
  }

  private static String unzip(byte[] body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static Got get(String path, Map<String, String> headers) throws Exception {
    HttpRequest.Builder request = request(path);
    headers.forEach(request::header);
    return send(request.build());
  }

  private static Got post(String path, String body) throws Exception {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private static Got send(HttpRequest request) throws Exception {
    return new Got(CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray()));
  }

  private record Got(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
  }

  /** A session whose title is not nice. */
  private static final class Facts implements PageState {
    @Override
    public Future<JsonObject> forCode(String code, RoutingContext context) {
      return code.equals("WRONG2")
          ? Future.failedFuture(new Failure.NotFound("code"))
          : Future.succeededFuture(state());
    }

    @Override
    public Future<JsonObject> forSession(UUID session, View view, RoutingContext context) {
      return view == View.SCREEN
          ? Future.failedFuture(new Failure.Forbidden("This screen has not been invited."))
          : Future.succeededFuture(state());
    }

    private static JsonObject state() {
      return new JsonObject()
          .put("session", new JsonObject().put("title", HOSTILE).put("joinCode", "KF7M2Q"));
    }
  }
}
