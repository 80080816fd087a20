package plenary.network.mastodon;

import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import plenary.network.BoundedBody;
import plenary.network.Following.Superseded;

/** Calls of one server's API with one token, within its limits. */
final class Site {
  private static final long BLOCK_MAX_MS = Duration.ofHours(1).toMillis();
  private static final int RESERVE = 5;

  /** Longer than any answer of a Mastodon server. */
  private static final int BODY_MAX = 16_000_000;

  private final Net net;
  private final URI base;
  private final @Nullable String token;
  private final Pace pace;
  private final InstantSource clock;
  private final Budget budget;
  private Headroom headroom = (remaining, limit, resets) -> {};
  private Runnable waiting = () -> {};
  private long skew;
  private boolean closed;

  /** Is told what the server leaves. */
  interface Headroom {
    void left(long remaining, long limit, Instant resets);
  }

  /**
   * An answer.
   *
   * @param json what was read; null = it was no JSON
   */
  record Answer(int status, MultiMap headers, @Nullable Object json) {
    boolean ok() {
      return status >= 200 && status < 300;
    }

    JsonObject object() {
      return json instanceof JsonObject object ? object : new JsonObject();
    }

    JsonArray array() {
      return json instanceof JsonArray array ? array : new JsonArray();
    }

    /** Where it sends us on to, without what may stand behind the host. */
    String location() {
      String location = headers.get("Location");
      try {
        URI to = new URI(location == null ? "" : location);
        return to.getHost() == null ? "another page" : to.getScheme() + "://" + to.getHost();
      } catch (URISyntaxException e) {
        return "another page";
      }
    }
  }

  Site(Net net, URI base, @Nullable String token, Pace pace, InstantSource clock) {
    this.net = net;
    this.base = base;
    this.token = token;
    this.pace = pace;
    this.clock = clock;
    this.budget = new Budget(pace.callEvery(), pace.pageEvery());
  }

  /**
   * The address that an organiser entered as one: {@code mastodon.example}, with or without scheme.
   *
   * @throws Trouble when it is none
   */
  static URI address(@Nullable String entered) {
    String text = entered == null ? "" : entered.strip();
    try {
      URI uri = new URI(text.contains("://") ? text : "https://" + text);
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      if (uri.getHost() != null
          && uri.getUserInfo() == null
          && (scheme.equals("https") || scheme.equals("http"))) {
        return new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw Trouble.failed(
        Trouble.UNSENT, "Enter the address of the Mastodon server, like https://mastodon.example.");
  }

  void listen(Headroom headroom, Runnable waiting) {
    this.headroom = headroom;
    this.waiting = waiting;
  }

  /** Nothing is asked any more, and what is answered still leads to nothing. */
  void close() {
    closed = true;
    headroom = (remaining, limit, resets) -> {};
    waiting = () -> {};
  }

  String host() {
    return base.getHost();
  }

  URI base() {
    return base;
  }

  @Nullable String token() {
    return token;
  }

  /** The time as the server has it. */
  Instant now() {
    return clock.instant().plusMillis(skew);
  }

  /** A time of ours as the server has it. */
  Instant there(Instant here) {
    return here.plusMillis(skew);
  }

  /** Reads; fails with {@link Trouble} for everything but a success that is JSON. */
  Future<Answer> get(String path, boolean paging) {
    return call(path, paging).compose(this::wanted);
  }

  /** Reads; an answer of 404 or 410 in JSON is one as well. */
  Future<Answer> look(String path) {
    return call(path, false)
        .compose(
            answer ->
                (answer.status() == 404 || answer.status() == 410)
                        && answer.json() instanceof JsonObject
                    ? Future.succeededFuture(answer)
                    : wanted(answer));
  }

  /** Writes; fails with {@link Trouble} when there was no answer. */
  Future<Answer> send(HttpMethod method, String path, MultiMap headers, @Nullable MultiMap form) {
    return request(method, path)
        .compose(
            request -> {
              request.putHeaders(headers);
              return form == null ? request.send() : request.sendForm(form);
            })
        .timeout(pace.patience().toMillis() * 2, TimeUnit.MILLISECONDS)
        .map(this::answer)
        .recover(e -> Future.failedFuture(Trouble.of(e, host())));
  }

  private Future<Answer> wanted(Answer answer) {
    if (answer.ok()) {
      return answer.json() == null
          ? Future.failedFuture(Trouble.notMastodon(answer.status(), host()))
          : Future.succeededFuture(answer);
    }
    boolean page = answer.json() == null && answer.status() >= 400 && answer.status() < 500;
    return Future.failedFuture(
        page && answer.status() != 429 && answer.status() != 401
            ? Trouble.notMastodon(answer.status(), host())
            : Trouble.of(answer, host()));
  }

  private Future<Answer> call(String path, boolean paging) {
    return turn(paging).compose(turn -> ask(path));
  }

  private Future<Answer> ask(String path) {
    return request(HttpMethod.GET, path)
        .compose(HttpRequest::send)
        .timeout(pace.patience().toMillis() * 2, TimeUnit.MILLISECONDS)
        .map(this::answer)
        .map(this::learned)
        .recover(e -> Future.failedFuture(Trouble.of(e, host())))
        .compose(
            answer ->
                closed ? Future.failedFuture(new Superseded()) : Future.succeededFuture(answer));
  }

  private Future<Void> turn(boolean paging) {
    if (closed) {
      return Future.failedFuture(new Superseded());
    }
    long wait = budget.take(paging, clock.millis());
    if (wait == 0) {
      return Future.succeededFuture();
    }
    if (budget.blocked(clock.millis()) > 0) {
      waiting.run();
    }
    Promise<Void> taken = Promise.promise();
    net.vertx().setTimer(wait, timer -> turn(paging).onComplete(taken));
    return taken.future();
  }

  private Future<HttpRequest<Buffer>> request(HttpMethod method, String path) {
    int port = port(base);
    return net.find(base.getHost(), port)
        .map(
            address -> {
              RequestOptions options =
                  new RequestOptions()
                      .setMethod(method)
                      .setHost(base.getHost())
                      .setPort(port)
                      .setSsl(isSecure(base))
                      .setURI(path)
                      .setFollowRedirects(false)
                      .putHeader("Accept", "application/json")
                      .setIdleTimeout(pace.patience().toMillis());
              if (token != null) {
                options.putHeader("Authorization", "Bearer " + token);
              }
              return net.web()
                  .request(method, address, options)
                  .as(() -> new BoundedBody(BODY_MAX, Site::tooLong));
            });
  }

  private static Trouble tooLong() {
    return Trouble.passing(0, "An answer was too long to be read.");
  }

  private Answer answer(HttpResponse<Buffer> response) {
    Buffer body = response.body();
    return new Answer(
        response.statusCode(), response.headers(), body == null ? null : parsed(body));
  }

  /** Text that is not UTF-8 costs its letters, not the page it stands on. */
  private static @Nullable Object parsed(Buffer body) {
    try {
      Object json = Json.decodeValue(new String(body.getBytes(), StandardCharsets.UTF_8));
      return json instanceof JsonObject || json instanceof JsonArray ? json : null;
    } catch (DecodeException e) {
      return null;
    }
  }

  /** Keeps to what the server says of its limits, by the server's clock. */
  private Answer learned(Answer answer) {
    long now = clock.millis();
    @Nullable Instant date = Times.date(answer.headers().get("Date"));
    if (date != null && Math.abs(date.toEpochMilli() - now - skew) > 2_000) {
      skew = date.toEpochMilli() - now;
    }
    long remaining = Times.number(answer.headers().get("X-RateLimit-Remaining"));
    @Nullable Instant resets = Times.instant(answer.headers().get("X-RateLimit-Reset"));
    long wait = resets == null ? 0 : resets.toEpochMilli() - now - skew;
    if (answer.status() == 429) {
      long seconds = Times.number(answer.headers().get("Retry-After"));
      long asked = wait > 0 ? wait : seconds > 0 ? seconds * 1_000 : pace.retryMax().toMillis();
      budget.block(now + Math.min(asked, BLOCK_MAX_MS));
    } else if (resets != null && remaining >= 0) {
      headroom.left(remaining, Times.number(answer.headers().get("X-RateLimit-Limit")), resets);
      if (remaining < RESERVE && wait > 0) {
        budget.block(now + Math.min(wait, BLOCK_MAX_MS));
      }
    }
    return answer;
  }

  static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : isSecure(uri) ? 443 : 80;
  }

  static boolean isSecure(URI uri) {
    return "https".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
  }

  /** A path with a query, encoded. */
  static String path(String path, String... pairs) {
    QueryStringEncoder query = new QueryStringEncoder(path);
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      query.addParam(pairs[i], pairs[i + 1]);
    }
    return query.toString();
  }
}
