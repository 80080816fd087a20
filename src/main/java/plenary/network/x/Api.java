package plenary.network.x;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Hosts;

/** Requests to X with one token; every answer that is no success fails with a {@link Trouble}. */
final class Api {
  static final String USUAL_SERVER = "https://api.x.com";

  private static final String PROGRAM = "Plenary (conference audience platform)";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** A hundred of the longest posts. */
  private static final int BODY_MAX = 16 << 20;

  private final HttpClient http;
  private final Hosts hosts;
  private final String server;
  private Signer signer;
  private @Nullable Supplier<Future<Signer>> renewal;
  private final XClock clock;
  private final Limits limits;
  private final Pace pace;

  /** Hears what X leaves of the limit that binds: that of the search. */
  interface Limits {
    void headroom(long remaining, long limit, Instant resetsAt);
  }

  /** Puts on a request whose it is; nothing where that is empty. */
  interface Signer {
    String authorization(HttpMethod method, String uri, Map<String, String> query);

    static Signer bearer(String token) {
      return (method, uri, query) -> "Bearer " + token;
    }
  }

  Api(
      HttpClient http,
      Hosts hosts,
      Account account,
      Signer signer,
      XClock clock,
      Pace pace,
      Limits limits) {
    this.http = http;
    this.hosts = hosts;
    String given = account.server();
    String server = given == null || given.isBlank() ? USUAL_SERVER : given;
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.signer = signer;
    this.clock = clock;
    this.limits = limits;
    this.pace = pace;
  }

  /** With another signer once when X does not accept the one that is there. */
  Api renewing(Supplier<Future<Signer>> made) {
    renewal = made;
    return this;
  }

  XClock clock() {
    return clock;
  }

  /** Asks; what X answers, an empty object for nothing. */
  Future<JsonObject> get(String path, Map<String, String> query) {
    return answer(HttpMethod.GET, path, query, null);
  }

  Future<JsonObject> post(String path, JsonObject body) {
    return answer(HttpMethod.POST, path, Map.of(), new Body("application/json", body.toBuffer()));
  }

  Future<JsonObject> form(String path, Map<String, String> fields) {
    Buffer form = Buffer.buffer(tail(fields).substring(1));
    return answer(
        HttpMethod.POST, path, Map.of(), new Body("application/x-www-form-urlencoded", form));
  }

  private record Body(String type, Buffer bytes) {}

  Future<JsonObject> delete(String path) {
    return answer(HttpMethod.DELETE, path, Map.of(), null);
  }

  /** A response that goes on and on, paused; its head was a success. */
  Future<HttpClientResponse> open(String path, Map<String, String> query) {
    return request(HttpMethod.GET, path, query, Duration.ZERO)
        .compose(this::sendInTime)
        .recover(
            failure ->
                Future.failedFuture(failure instanceof Trouble ? failure : unreachable(failure)))
        .compose(
            response -> {
              head(path, response.headers());
              if (response.statusCode() != 200 || isPage(response.headers())) {
                return body(response).compose(body -> failed(response, body));
              }
              response.pause();
              response.exceptionHandler(failure -> {});
              return Future.succeededFuture(response);
            });
  }

  private Future<HttpClientResponse> sendInTime(HttpClientRequest request) {
    return request
        .send()
        .timeout(pace.millis(PATIENCE), TimeUnit.MILLISECONDS)
        .onFailure(late -> request.reset());
  }

  private Future<JsonObject> answer(
      HttpMethod method, String path, Map<String, String> query, @Nullable Body body) {
    return once(method, path, query, body)
        .recover(
            failure -> {
              Supplier<Future<Signer>> renew = renewal;
              if (renew == null
                  || !(failure instanceof Trouble trouble)
                  || trouble.kind() != Trouble.Kind.TOKEN) {
                return Future.failedFuture(failure);
              }
              renewal = null;
              return renew
                  .get()
                  .compose(
                      renewed -> {
                        signer = renewed;
                        return once(method, path, query, body);
                      });
            });
  }

  private Future<JsonObject> once(
      HttpMethod method, String path, Map<String, String> query, @Nullable Body body) {
    return request(method, path, query, PATIENCE)
        .compose(
            request -> {
              if (body == null) {
                return request.send();
              }
              return request.putHeader("Content-Type", body.type()).send(body.bytes());
            })
        .compose(
            response -> {
              head(path, response.headers());
              return body(response).compose(bytes -> read(response, bytes));
            })
        .recover(
            failure ->
                Future.failedFuture(failure instanceof Trouble ? failure : unreachable(failure)));
  }

  private Future<HttpClientRequest> request(
      HttpMethod method, String path, Map<String, String> query, Duration patience) {
    URI to;
    try {
      to = new URI(server);
    } catch (URISyntaxException malformed) {
      return Future.failedFuture(noUrl());
    }
    if (to.getHost() == null) {
      return Future.failedFuture(noUrl());
    }
    boolean ssl = !"http".equals(to.getScheme());
    int port = to.getPort() >= 0 ? to.getPort() : ssl ? 443 : 80;
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(to.getHost())
            .setPort(port)
            .setSsl(ssl)
            .setURI(path + tail(query))
            .setFollowRedirects(false)
            .setConnectTimeout(CONNECT.toMillis())
            .putHeader("User-Agent", PROGRAM)
            .putHeader("Accept", "application/json");
    String authorization = signer.authorization(method, server + path, query);
    if (!authorization.isEmpty()) {
      options.putHeader("Authorization", authorization);
    }
    if (!patience.isZero()) {
      options.setIdleTimeout(pace.millis(patience));
    }
    return hosts.find(to.getHost(), port).compose(at -> http.request(options.setServer(at)));
  }

  private Trouble noUrl() {
    return new Trouble(Trouble.Kind.NOT_X, "The server's address " + server + " is not a URL.");
  }

  static String tail(Map<String, String> query) {
    if (query.isEmpty()) {
      return "";
    }
    return query.entrySet().stream()
        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&", "?", ""));
  }

  /** As RFC 3986 has it, which OAuth 1.0a signs. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static Map<String, String> query(String... namesAndValues) {
    Map<String, String> query = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return query;
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > BODY_MAX) {
            response.handler(ignored -> {});
            whole.tryFail(new Trouble(Trouble.Kind.SERVER, "X's answer was too long."));
            response.request().reset();
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(ended -> whole.tryComplete(body));
    return whole.future();
  }

  private Future<JsonObject> read(HttpClientResponse response, Buffer body) {
    if (response.statusCode() / 100 != 2 || isPage(response.headers())) {
      return failed(response, body);
    }
    if (body.length() == 0) {
      return Future.succeededFuture(new JsonObject());
    }
    try {
      return Future.succeededFuture(new JsonObject(body));
    } catch (DecodeException unreadable) {
      return Future.failedFuture(
          new Trouble(Trouble.Kind.SERVER, "X's answer could not be read; it is asked again."));
    }
  }

  private <T> Future<T> failed(HttpClientResponse response, Buffer body) {
    String text = body.getString(0, Math.min(body.length(), 2_000));
    return Future.failedFuture(
        Answers.trouble(
            response.statusCode(),
            isPage(response.headers()) || text.stripLeading().startsWith("<"),
            text,
            resetsAt(response.headers())));
  }

  private static boolean isPage(MultiMap headers) {
    String type = headers.get("Content-Type");
    return type != null && type.contains("html");
  }

  private static Trouble unreachable(Throwable failure) {
    if (failure instanceof Hosts.Inside inside) {
      return new Trouble(Trouble.Kind.ACCESS, inside.sentence());
    }
    String what = failure.getMessage();
    return new Trouble(
        Trouble.Kind.NETWORK,
        "X cannot be reached"
            + (what == null ? "" : " (" + what.lines().findFirst().orElse("") + ")")
            + "; it is tried again and again.");
  }

  private void head(String path, MultiMap headers) {
    clock.told(headers.get("Date"));
    if (!path.equals(Filler.PATH)) {
      return;
    }
    long remaining = number(headers.get("x-rate-limit-remaining"));
    long limit = number(headers.get("x-rate-limit-limit"));
    Instant resetsAt = resetsAt(headers);
    if (remaining >= 0 && limit > 0 && resetsAt != null) {
      limits.headroom(remaining, limit, clock.ours(resetsAt));
    }
  }

  private static @Nullable Instant resetsAt(MultiMap headers) {
    long seconds = number(headers.get("x-rate-limit-reset"));
    return seconds < 0 || seconds > Integer.MAX_VALUE * 8L ? null : Instant.ofEpochSecond(seconds);
  }

  private static long number(@Nullable String text) {
    return text == null ? -1 : Snowflakes.number(text.strip());
  }
}
