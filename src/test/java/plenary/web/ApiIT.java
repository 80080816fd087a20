package plenary.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.identity.Grant;
import plenary.identity.Participant;
import plenary.identity.Principal;
import plenary.identity.Role;
import plenary.web.RawHttp.Reply;

/** The pipeline on a small contract of its own, with every refusal it knows. */
class ApiIT {
  private static final UUID MEETING = UUID.fromString("0199f2a4-7c1e-7a52-9d3f-000000000001");
  private static final UUID SESSION = UUID.fromString("0199f2a4-7c1e-7a52-9d3f-000000000002");
  private static final UUID OTHER = UUID.fromString("0199f2a4-7c1e-7a52-9d3f-000000000003");
  private static final String THINGS = "/api/sessions/" + SESSION + "/things";
  private static final String LIVE = "/api/sessions/" + SESSION + "/live?view=";
  private static final String ATTENDEE = "Authorization: Bearer attendee";
  private static final String MODERATOR = "Authorization: Bearer moderator";
  private static final String KEY = "Idempotency-Key: k1";
  private static final AtomicInteger HANDLED = new AtomicInteger();

  private static Vertx vertx;
  private static ApiServer server;
  private static ApiServer impatient;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    Router router = Router.router(vertx);
    api(RateLimits.of(100_000, 100_000, 100)).mount(router);
    router.route("/page").handler(routing -> routing.response().end("page"));
    router
        .route("/broken-page")
        .handler(
            routing -> {
              throw new IllegalStateException("secret");
            });
    server = ApiServer.start(vertx, settings(60, 1_000), router).await(10, SECONDS);
    impatient = ApiServer.start(vertx, settings(1, 3), router).await(10, SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().await(10, SECONDS);
  }

  @Test
  void aContractWithoutAHandlerDoesNotStart() {
    Api api =
        new Api(contract(), new ToyGate(), new Origins(null), TrustedProxies.NONE, any(), any());
    assertThatThrownBy(() -> api.mount(Router.router(vertx))).hasMessageContaining("addThing");
    assertThatThrownBy(() -> api.on("nothing", request -> null))
        .hasMessageContaining("no operation nothing");
  }

  @Test
  void aGoodCommandReachesItsHandlerWithWhatWasChecked() throws IOException {
    Reply reply =
        command(THINGS, "{\"text\":\"hello\",\"count\":3}", ATTENDEE, KEY, "If-Match: \"136\"");
    assertThat(reply.status()).isEqualTo(201);
    JsonObject body = new JsonObject(reply.body());
    assertThat(body.getString("text")).isEqualTo("hello");
    assertThat(body.getString("meeting")).isEqualTo(MEETING.toString());
    assertThat(body.getString("session")).isEqualTo(SESSION.toString());
    assertThat(body.getLong("ifMatch")).isEqualTo(136);
    assertThat(body.getString("key")).isEqualTo("k1");
    assertThat(body.getString("bodyHash")).hasSize(64);
    assertThat(body.getString("roles")).isEqualTo("[PARTICIPANT]");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws IOException {
    for (Reply reply : List.of(get("/api/open"), get("/api/nothing"), get("/api/broken"))) {
      assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(reply.header("content-security-policy")).contains("default-src 'none'");
      assertThat(reply.header("cache-control")).isEqualTo("no-store");
    }
  }

  @Test
  void aPathOutsideOfTheContractGoesOnToThePages() throws IOException {
    assertThat(get("/page").body()).isEqualTo("page");
    problem(get("/nowhere"), 404, "not-found");
    problem(get("/%zz"), 400, "malformed");
    problem(get("/broken-page"), 500, "internal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/nothing",
        "/api/open/",
        "/api//open",
        "/api/../api/nothing",
        "/api/%6fpen",
        "/api/codes/ab%00",
        "/api/codes/abcd",
        "/api/codes/",
        "/api/sessions/not-an-id/live?view=attendee",
        "/api/sessions/1-1-1-1-1/live?view=attendee",
        "/api/sessions/0199f2a4-7c1e-7a52-9d3f-000000000009/live?view=attendee"
      })
  void anUnknownAddressIsAProblem(String path) throws IOException {
    problem(get(path, MODERATOR), 404, "not-found");
  }

  @Test
  void aMethodThatIsNotThereIsToldWhichAre() throws IOException {
    Reply reply = RawHttp.send(server.port(), RawHttp.request("DELETE", "/api/open", ""));
    problem(reply, 405, "method-not-allowed");
    assertThat(reply.header("allow")).isEqualTo("GET, POST, HEAD");
    problem(RawHttp.send(server.port(), RawHttp.request("BREW", "/api/open", "")), 405, "");
  }

  @Test
  void headIsGetWithoutTheBody() throws IOException {
    try (RawHttp http = new RawHttp(server.port())) {
      http.write("HEAD /api/open HTTP/1.1\r\nHost: localhost\r\n\r\n");
      http.write("GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(http.closesWithin(5_000)).isTrue();
    }
    Reply get = get("/api/open");
    assertThat(get.header("content-length")).isNotEqualTo("0");
  }

  @Test
  void whoIsNobodyGets401AndWhoMayNotGets403() throws IOException {
    String body = "{\"text\":\"x\"}";
    Reply nobody = command(THINGS, body, KEY);
    problem(nobody, 401, "unauthenticated");
    assertThat(nobody.header("www-authenticate")).isEqualTo("Bearer");
    problem(command(THINGS, body, KEY, "Authorization: Bearer unknown"), 401, "unauthenticated");
    problem(command(THINGS, body, KEY, "Authorization: Basic eA=="), 401, "unauthenticated");
    problem(command(THINGS, body, KEY, "Authorization: Bearer "), 401, "unauthenticated");
    problem(command(THINGS, body, KEY, MODERATOR), 403, "forbidden");
    problem(command(THINGS, body, KEY, "Authorization: Bearer stranger"), 403, "forbidden");
  }

  @Test
  void whoMayNotIsRefusedBeforeTheBodyIsRead() throws IOException {
    try (RawHttp http = new RawHttp(server.port())) {
      http.write(
          "POST "
              + THINGS
              + " HTTP/1.1\r\nHost: localhost\r\n"
              + KEY
              + "\r\n"
              + "Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{");
      problem(http.read(), 401, "unauthenticated");
    }
  }

  @Test
  void aLateAnswerOfTheGateHoldsTheBodyBack() throws IOException {
    Reply reply = command(THINGS, "{\"text\":\"late\"}", "Authorization: Bearer slow", KEY);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body()).contains("late");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'text':'a','text':'b'};400;A name occurs twice",
        "{'text':'a','count':1e999};400;too large",
        "{'text':'a\\u0000'};400;U+0000",
        "{'text':'\\ud800'};400;surrogate",
        "{'text':'a'} x;400;not JSON",
        "{'text':'a'}{};400;more text",
        "{'text':;400;line 1 column",
        "[];422;of type object",
        "7;422;of type object",
        "{};422;The property text is missing",
        "{'text':'a','role':'moderator'};422;not known",
        "{'text':1};422;of type string",
        "{'text':''};422;At least 1",
        "{'text':'123456789012345678901'};422;At most 20",
        "{'text':'a','count':101};422;At most 100",
        "{'text':'a','kind':'c'};422;one of a, b",
        "{'text':'a','tags':['a','b','c']};422;At most 2 items"
      })
  void aBodyThatIsNotAcceptableIsRefusedWithItsPlace(String body, int status, String says)
      throws IOException {
    int before = HANDLED.get();
    Reply reply = command("/api/open", body.replace('\'', '"'));
    problem(reply, status, status == 400 ? "malformed" : "invalid");
    assertThat(reply.body()).contains(says);
    assertThat(HANDLED.get()).isEqualTo(before);
  }

  @Test
  void errorsPointIntoTheBody() throws IOException {
    Reply reply = command("/api/open", "{\"text\":\"a\",\"count\":-1,\"tags\":[\"a\",7]}");
    assertThat(reply.body()).contains("\"/count\"").contains("\"/tags/1\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "?limit=0;422", "?limit=11;422", "?limit=x;422", "?limit=1&limit=2;422", "?foo=1;422",
        "?q=%zz;400", "?q=%00;400", "?q=012345678901234567890;422", "?limit=3;200", "?;200"
      })
  void parametersAreThoseOfTheContract(String query, int status) throws IOException {
    Reply reply = get("/api/open" + query);
    assertThat(reply.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?token=x",
        "?ACCESS_TOKEN=x",
        "?bearer=x",
        "?a=q3vR2n8sJb5mXk0yTf7uWc4dZh9aLe6pGi1oKsUjV2w"
      })
  void aTokenInTheAddressIsRefused(String query) throws IOException {
    Reply reply = get("/api/open" + query);
    problem(reply, 400, "token-in-query");
    assertThat(reply.body()).doesNotContain("q3vR");
  }

  @Test
  void headersOfACommandAreChecked() throws IOException {
    String body = "{\"text\":\"x\"}";
    problem(command(THINGS, body, ATTENDEE), 400, "key-required");
    problem(command(THINGS, body, ATTENDEE, "Idempotency-Key: a b"), 422, "invalid");
    problem(command(THINGS, body, ATTENDEE, "Idempotency-Key: " + "k".repeat(129)), 422, "invalid");
    problem(command(THINGS, body, ATTENDEE, KEY, "If-Match: 136"), 422, "invalid");
    problem(command("/api/open", body, "Content-Type: text/plain"), 415, "unsupported-media-type");
    problem(command("/api/open", body, "Content-Type: application/json; charset=utf-16"), 415, "");
    problem(command("/api/open", body, "Content-Encoding: gzip"), 415, "");
    assertThat(
            command("/api/open", body, "Content-Type: application/json; charset=\"UTF-8\"")
                .status())
        .isEqualTo(200);
    problem(get("/api/open", "Accept: image/png"), 406, "not-acceptable");
    assertThat(get("/api/open", "Accept: application/*").status()).isEqualTo(200);
  }

  @Test
  void aForeignOriginIsRefused() throws IOException {
    String body = "{\"text\":\"x\"}";
    for (String origin :
        List.of("https://evil.example", "null", "http://localhost.evil", "http://localhost:81")) {
      problem(command("/api/open", body, "Origin: " + origin), 403, "foreign-origin");
      problem(
          get(LIVE + "attendee", ATTENDEE, "Accept: text/event-stream", "Origin: " + origin),
          403,
          "foreign-origin");
    }
    problem(command("/api/open", body, "Sec-Fetch-Site: cross-site"), 403, "foreign-origin");
    problem(command("/api/open", body, "Cookie: plenary=attendee"), 403, "foreign-origin");
    assertThat(
            command("/api/open", body, "Cookie: plenary=attendee", "Origin: http://localhost")
                .status())
        .isEqualTo(200);
  }

  @Test
  void anUpgradeByCookieNeedsAnOrigin() throws IOException {
    String[] upgrade = {
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Cookie: plenary=slow"
    };
    problem(get(LIVE + "attendee", upgrade), 403, "foreign-origin");
    String[] withOrigin = java.util.Arrays.copyOf(upgrade, 6);
    withOrigin[5] = "Origin: http://localhost";
    Reply reply = get(LIVE + "attendee", withOrigin);
    assertThat(reply.status()).isEqualTo(101);
    assertThat(reply.header("sec-websocket-extensions")).isEmpty();
    withOrigin[4] = "Sec-WebSocket-Protocol: plenary.v1, bearer.slow";
    withOrigin[5] = "Sec-WebSocket-Extensions: permessage-deflate";
    Reply program = get(LIVE + "attendee", withOrigin);
    assertThat(program.status()).isEqualTo(101);
    assertThat(program.header("sec-websocket-protocol")).isEqualTo("plenary.v1");
    assertThat(program.header("sec-websocket-extensions")).isEmpty();
  }

  @Test
  void aHandshakeThatIsNoneIsAProblem() throws IOException {
    String up = "Upgrade: websocket";
    String connection = "Connection: keep-alive, Upgrade";
    String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    problem(get(LIVE + "attendee", ATTENDEE, up, key), 400, "malformed");
    problem(get(LIVE + "attendee", ATTENDEE, up, connection, "Sec-WebSocket-Version: 13"), 400, "");
    Reply old = get(LIVE + "attendee", ATTENDEE, up, connection, key, "Sec-WebSocket-Version: 8");
    problem(old, 426, "websocket-version");
    assertThat(old.header("sec-websocket-version")).isEqualTo("13");
  }

  @Test
  void aViewNeedsItsRole() throws IOException {
    String stream = "Accept: text/event-stream";
    problem(get(LIVE + "moderator", ATTENDEE, stream), 403, "forbidden");
    problem(get(LIVE + "attendee", stream), 401, "unauthenticated");
    problem(get(LIVE + "nonsense", ATTENDEE, stream), 422, "invalid");
    problem(get("/api/sessions/" + SESSION + "/live", ATTENDEE, stream), 422, "invalid");
    assertThat(get(LIVE + "moderator", MODERATOR, stream).status()).isEqualTo(200);
  }

  @Test
  void aBodyLargerThanItsLimitIsRefusedAtOnce() throws IOException {
    try (RawHttp http = new RawHttp(server.port())) {
      http.write(
          "POST /api/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1001\r\n\r\n");
      Reply reply = http.read();
      problem(reply, 413, "too-large");
      assertThat(http.closesWithin(5_000)).isTrue();
    }
  }

  @Test
  void aBodyWithoutALengthIsCutAtItsLimit() throws IOException {
    try (RawHttp http = new RawHttp(server.port())) {
      http.write(
          "POST /api/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 11; i++) {
        http.write("64\r\n" + "x".repeat(100) + "\r\n");
      }
      problem(http.read(), 413, "too-large");
      assertThat(http.closesWithin(5_000)).isTrue();
    }
  }

  @Test
  void aBodyThatDripsIsRefusedAtItsDeadline() throws IOException {
    try (RawHttp http = new RawHttp(server.port())) {
      http.write(
          "POST /api/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 20\r\n\r\n{\"te");
      long start = System.nanoTime();
      problem(http.read(), 408, "too-slow");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
      assertThat(http.closesWithin(5_000)).isTrue();
    }
  }

  @Test
  void aLengthAndChunksTogetherAreRefused() throws IOException {
    try (RawHttp http = new RawHttp(server.port())) {
      http.write(
          "POST /api/open HTTP/1.1\r\n"
              + "Host: localhost\r\n"
              + "Content-Type: application/json\r\n"
              + "Content-Length: 5\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "c\r\n"
              + "{\"text\":\"x\"}\r\n"
              + "0\r\n\r\n"
              + "GET /api/open HTTP/1.1\r\n"
              + "Host: localhost\r\n\r\n");
      problem(http.read(), 400, "malformed");
      assertThat(http.closesWithin(5_000)).isTrue();
    }
  }

  @Test
  void twoDifferentLengthsAreRefused() throws IOException {
    problem(
        RawHttp.send(
            server.port(),
            "POST /api/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 12\r\nContent-Length: 13\r\n\r\n{\"text\":\"x\"}"),
        400,
        "malformed");
  }

  @Test
  void whatIsNoHttpIsAProblemToo() throws IOException {
    problem(RawHttp.send(server.port(), "GET /api/open\r\n\r\n"), 400, "malformed");
    problem(get("/api/open?q=" + "x".repeat(5_000)), 414, "address-too-long");
    problem(get("/api/open", "X-Long: " + "x".repeat(9_000)), 431, "headers-too-large");
  }

  @Test
  void anOperationWithoutABodyTakesNone() throws IOException {
    String vote = THINGS + "/" + OTHER + "/vote";
    assertThat(put(vote, "").status()).isEqualTo(200);
    assertThat(put(vote, "{}").status()).isEqualTo(200);
    problem(put(vote, "{\"votes\":7}"), 422, "invalid");
    problem(put(vote, "x".repeat(20_000)), 413, "too-large");
  }

  @Test
  void aFileComesAsItIs() throws IOException {
    Reply reply = command("/api/files", "BEGIN:VCALENDAR", "Content-Type: text/calendar");
    assertThat(reply.body()).contains("BEGIN:VCALENDAR");
    problem(command("/api/files", "x".repeat(100_001), "Content-Type: text/csv"), 413, "too-large");
  }

  @Test
  void expectContinueIsAnsweredOnlyWhenTheBodyIsWanted() throws IOException {
    String head = "POST /api/files HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n";
    try (RawHttp http = new RawHttp(server.port())) {
      http.write(head + "Content-Length: 3\r\n\r\n");
      assertThat(http.read().status()).isEqualTo(100);
      http.write("abc");
      assertThat(http.read().status()).isEqualTo(200);
    }
    assertThat(RawHttp.send(server.port(), head + "Content-Length: 200000\r\n\r\n").status())
        .isEqualTo(413);
  }

  @Test
  void afterARefusalTheConnectionServesTheNextRequest() throws IOException {
    try (RawHttp http = new RawHttp(server.port())) {
      http.write(RawHttp.request("POST", "/api/open", "{\"text\":7}"));
      problem(http.read(), 422, "invalid");
      http.write(RawHttp.request("GET", "/api/nothing", ""));
      problem(http.read(), 404, "not-found");
      http.write(RawHttp.request("GET", "/api/open", ""));
      assertThat(http.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aFaultIsToldAs500WithoutItsMessage() throws IOException {
    Reply reply = get("/api/broken");
    problem(reply, 500, "internal");
    assertThat(reply.body()).doesNotContain("secret");
  }

  @Test
  void anAddressThatAsksTooOftenHasToWait() throws Exception {
    Router router = Router.router(vertx);
    api(new RateLimits(0.5, 3, 10, () -> 0)).mount(router);
    ApiServer strict = ApiServer.start(vertx, settings(60, 100), router).await(10, SECONDS);
    String request = RawHttp.request("GET", "/api/open", "");
    for (int i = 0; i < 3; i++) {
      assertThat(RawHttp.send(strict.port(), request).status()).isEqualTo(200);
    }
    Reply reply = RawHttp.send(strict.port(), request);
    problem(reply, 429, "too-many-requests");
    assertThat(reply.header("retry-after")).isEqualTo("2");
    strict.shutdown(Duration.ofSeconds(1)).await(5, SECONDS);
  }

  @Test
  void aHalfSentHeadIsClosedByTheIdleTimeout() throws IOException {
    try (RawHttp http = new RawHttp(impatient.port())) {
      http.write("GET /api/open HTTP/1.1\r\nHost: local");
      assertThat(http.closesWithin(5_000)).isTrue();
    }
  }

  @Test
  void connectionsBeyondTheCapAreClosed() throws IOException {
    try (RawHttp a = new RawHttp(impatient.port());
        RawHttp b = new RawHttp(impatient.port());
        RawHttp c = new RawHttp(impatient.port())) {
      for (RawHttp each : List.of(a, b, c)) {
        each.write(RawHttp.request("GET", "/api/open", ""));
        assertThat(each.read().status()).isEqualTo(200);
      }
      try (RawHttp d = new RawHttp(impatient.port())) {
        assertThat(d.closesWithin(800)).isTrue();
      }
    }
  }

  private static Reply get(String path, String... headers) throws IOException {
    return RawHttp.send(server.port(), RawHttp.request("GET", path, "", headers));
  }

  private static Reply put(String path, String body) throws IOException {
    return RawHttp.send(server.port(), RawHttp.request("PUT", path, body, ATTENDEE));
  }

  private static Reply command(String path, String body, String... headers) throws IOException {
    return RawHttp.send(server.port(), RawHttp.request("POST", path, body, headers));
  }

  private static void problem(Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    JsonObject body = new JsonObject(reply.body());
    assertThat(body.getInteger("status")).isEqualTo(status);
    assertThat(body.getString("type")).startsWith("urn:plenary:problem:" + type);
    assertThat(new Schemas(Contract.load().schema("Problem")).check(body)).isEmpty();
  }

  private static ApiServer.Settings settings(int idleSeconds, int connectionsMax) {
    return new ApiServer.Settings("127.0.0.1", 0, 1, connectionsMax, idleSeconds, null);
  }

  private static RateLimits any() {
    return RateLimits.of(1e6, 1e6, 100);
  }

  private static Contract contract() {
    return Contract.read(ApiIT.class.getResourceAsStream("toy.yaml"));
  }

  private static Api api(RateLimits perAddress) {
    Api api =
        new Api(
            contract(), new ToyGate(), new Origins(null), TrustedProxies.NONE, perAddress, any());
    return api.on("open", ApiIT::ok)
        .on("openCommand", ApiIT::ok)
        .on("addThing", ApiIT::echo)
        .on("voteThing", ApiIT::ok)
        .on("watch", ApiIT::watch)
        .on("lookUp", ApiIT::ok)
        .on(
            "addFile",
            request ->
                Future.succeededFuture(
                    Answer.ok(new JsonObject().put("file", request.raw().toString()))))
        .on("broken", request -> Future.failedFuture(new IllegalStateException("secret")));
  }

  private static Future<Answer> ok(Request request) {
    HANDLED.incrementAndGet();
    return Future.succeededFuture(Answer.ok(new JsonObject().put("ok", true)));
  }

  private static Future<Answer> echo(Request request) {
    JsonObject body = request.body().copy();
    var once = request.once(OTHER);
    body.put("meeting", request.meeting().toString())
        .put("session", request.session().toString())
        .put("ifMatch", request.ifMatch())
        .put("key", once == null ? null : once.key())
        .put("bodyHash", once == null ? null : once.bodyHash())
        .put("roles", request.roles().toString());
    return Future.succeededFuture(Answer.created(body));
  }

  private static Future<Answer> watch(Request request) {
    if (request.routing().request().getHeader("Upgrade") == null) {
      return ok(request);
    }
    return request.routing().request().toWebSocket().map(Answer.TAKEN);
  }

  private static final class ToyGate implements Gate {
    @Override
    public Future<Principal> authenticate(String token) {
      Participant participant = new Participant(OTHER, MEETING, null);
      Principal attendee = new Principal(OTHER, List.of(), Map.of(MEETING, participant));
      Grant grant = new Grant(OTHER, Role.MODERATOR, MEETING, SESSION, "Mod");
      return switch (token) {
        case "attendee" -> Future.succeededFuture(attendee);
        case "slow" -> {
          Promise<Principal> late = Promise.promise();
          vertx.setTimer(50, id -> late.complete(attendee));
          yield late.future();
        }
        case "moderator" -> Future.succeededFuture(new Principal(OTHER, List.of(grant), Map.of()));
        case "stranger" -> Future.succeededFuture(new Principal(OTHER, List.of(), Map.of()));
        default -> Future.succeededFuture(Principal.NOBODY);
      };
    }

    @Override
    public Future<Optional<UUID>> meetingOf(UUID session) {
      return Future.succeededFuture(
          session.equals(SESSION) ? Optional.of(MEETING) : Optional.empty());
    }

    @Override
    public Future<Boolean> meetingExists(UUID meeting) {
      return Future.succeededFuture(meeting.equals(MEETING));
    }
  }
}
