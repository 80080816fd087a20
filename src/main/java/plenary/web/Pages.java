package plenary.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plenary.live.View;
import plenary.problem.Failure;
import plenary.web.page.Asset;
import plenary.web.page.PageSet;
import plenary.web.page.PageSet.Drawing;
import plenary.web.page.PageSet.Rendered;
import plenary.web.page.Words;

/**
 * The pages: one shell for each screen, with its first state inlined, under a policy that lets
 * nothing else run. Safe on every event loop.
 */
public final class Pages {
  private static final Logger LOG = System.getLogger(Pages.class.getName());
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-\\[\\]:]{1,255}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,20}");
  private static final int HTML_LEVEL = 5;
  private static final int QR_TEXT_BYTES = 512;

  private final Assets assets;
  private final @Nullable String publicUrl;
  private final JsonObject links = new JsonObject();
  private volatile PageSet set;

  /**
   * What the operator told of addresses.
   *
   * @param publicUrl the origin that join links name, without a slash at the end; without one it is
   *     the address the request was sent to
   * @param privacy the privacy notice of meetings without one of their own
   * @param imprint the imprint of meetings without one of their own
   */
  public record Told(
      Optional<String> publicUrl, Optional<String> privacy, Optional<String> imprint) {
    static final Told NOTHING = new Told(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Pages over these files. */
  public Pages(Assets assets, Told told) {
    this.assets = assets;
    this.publicUrl = told.publicUrl().orElse(null);
    told.privacy().ifPresent(url -> links.put("privacy", url));
    told.imprint().ifPresent(url -> links.put("imprint", url));
    this.set = new PageSet(assets.files(), assets.prefix());
  }

  /** The words of the pages, for what is written for people elsewhere. */
  public Words words() {
    return set.words();
  }

  /** Adds the routes of pages, assets and codes to look at. */
  public void attach(Router router, PageState state) {
    assets.attach(router);
    plain(router, "/", "landing");
    plain(router, "/setup", "arrive");
    plain(router, "/invite", "arrive");
    plain(router, "/organise", "organise");
    read(router, "/s/:code/qr.svg").handler(this::codeToScan);
    read(router, "/s/:code").handler(context -> byCode(context, state));
    ofSession(router, "/moderate/:session", "moderator", View.MODERATOR, state);
    ofSession(router, "/speak/:session", "speaker", View.SPEAKER, state);
    ofSession(router, "/screen/:session", "screen", View.SCREEN, state);
    router.post("/qr").handler(this::drawCode);
    read(router, "/worker.js")
        .handler(context -> Worker.send(context, assets, secure(context.request())));
    read(router, "/favicon.ico").handler(context -> moved(context, "img/icon.svg"));
    read(router, "/robots.txt").handler(Pages::robots);
  }

  private static Route read(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private void plain(Router router, String path, String page) {
    read(router, path)
        .handler(context -> send(context, page, 200, new JsonObject(), PageSet.NOT_DRAWN));
  }

  private void ofSession(Router router, String path, String page, View view, PageState state) {
    read(router, path)
        .handler(
            context -> {
              Future<JsonObject> first;
              try {
                UUID session = UUID.fromString(context.pathParam("session"));
                first = state.forSession(session, view, context);
              } catch (IllegalArgumentException e) {
                first = Future.failedFuture(new Failure.NotFound("session"));
              }
              answer(context, page, first, PageSet.NOT_DRAWN);
            });
  }

  private void byCode(RoutingContext context, PageState state) {
    String code = context.pathParam("code").toUpperCase(Locale.ROOT);
    answer(
        context,
        "attendee",
        CODE.matcher(code).matches()
            ? state.forCode(code, context)
            : Future.failedFuture(new Failure.NotFound("code")),
        state.drawing());
  }

  private void answer(
      RoutingContext context, String page, Future<JsonObject> state, Drawing drawing) {
    state
        .onSuccess(found -> send(context, page, 200, found, drawing))
        .onFailure(
            cause -> {
              Failure failure = failure(cause);
              JsonObject problem =
                  new JsonObject()
                      .put("type", failure.type())
                      .put("status", failure.status())
                      .put("detail", failure.detail());
              JsonObject told = new JsonObject().put("problem", problem);
              send(context, page, failure.status(), told, PageSet.NOT_DRAWN);
            });
  }

  private static Failure failure(Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    LOG.log(Logger.Level.ERROR, "a page could not be drawn", cause);
    return new Failure.Unavailable(
        "internal", "This page could not be drawn just now.", Duration.ofSeconds(5));
  }

  private void send(
      RoutingContext context, String page, int status, JsonObject found, Drawing drawing) {
    if (assets.refresh()) {
      set = new PageSet(assets.files(), assets.prefix());
    }
    HttpServerRequest request = context.request();
    String origin = origin(request);
    JsonObject state = found.copy().put("origin", origin).put("links", links);
    JsonObject session = state.getJsonObject("session");
    if (session != null && session.getString("joinCode") != null && !page.equals("attendee")) {
      state.put("qr", QrCode.of(origin + "/s/" + session.getString("joinCode")).json());
    }
    Rendered rendered =
        set.render(
            page, Languages.chosen(request), request.getHeader("Accept-Language"), state, drawing);
    HttpServerResponse response = context.response().setStatusCode(status);
    SecurityHeaders.page(response.headers(), secure(request), policy(rendered, request));
    response.putHeader("Content-Type", "text/html; charset=utf-8");
    response.putHeader("Cache-Control", "no-cache, private");
    response.putHeader("Vary", "Accept-Encoding, Accept-Language, Cookie");
    String asked = Languages.asked(request);
    if (asked != null) {
      response.putHeader("Set-Cookie", Languages.remember(asked, secure(request)));
    }
    byte[] html = rendered.html().getBytes(StandardCharsets.UTF_8);
    if (Assets.acceptsGzip(request)) {
      response.putHeader("Content-Encoding", "gzip");
      html = Asset.gzip(html, HTML_LEVEL);
    }
    response.end(Buffer.buffer(html));
  }

  /** Older Safari does not take {@code 'self'} for WebSockets, so the host is spelled out. */
  private static String policy(Rendered page, HttpServerRequest request) {
    String host = host(request);
    String sockets = host.isEmpty() ? "" : " ws://" + host + " wss://" + host;
    return "default-src 'none'; script-src 'self' "
        + page.scriptHash()
        + "; style-src 'self' "
        + page.styleHash()
        + "; img-src 'self'; font-src 'self'; connect-src 'self'"
        + sockets
        + "; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self';"
        + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
        + " plenary";
  }

  private String origin(HttpServerRequest request) {
    if (publicUrl != null) {
      return publicUrl;
    }
    return (request.isSSL() ? "https://" : "http://") + host(request);
  }

  private boolean secure(HttpServerRequest request) {
    return request.isSSL() || (publicUrl != null && publicUrl.startsWith("https:"));
  }

  private static String host(HttpServerRequest request) {
    String host = request.authority() == null ? "" : request.authority().toString();
    return HOST.matcher(host).matches() ? host : "";
  }

  private void codeToScan(RoutingContext context) {
    String code = context.pathParam("code").toUpperCase(Locale.ROOT);
    if (!CODE.matcher(code).matches()) {
      context.next();
      return;
    }
    HttpServerResponse response = context.response();
    SecurityHeaders.data(response.headers(), secure(context.request()));
    response.putHeader("Content-Type", "image/svg+xml").putHeader("Cache-Control", "no-cache");
    response.end(QrCode.of(origin(context.request()) + "/s/" + code).svg());
  }

  /** A body, because what is drawn may be an invitation's secret link. */
  private void drawCode(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    SecurityHeaders.data(response.headers(), secure(request));
    if (length(request) > QR_TEXT_BYTES || length(request) < 1) {
      response.setStatusCode(413).putHeader("Connection", "close").end();
      return;
    }
    request
        .body()
        .onSuccess(
            body -> {
              response.putHeader("Content-Type", "application/json");
              response.putHeader("Cache-Control", "no-store");
              response.end(QrCode.of(body.toString(StandardCharsets.UTF_8)).json().encode());
            });
  }

  private static long length(HttpServerRequest request) {
    String header = request.getHeader("Content-Length");
    return header != null && header.matches("\\d{1,6}") ? Long.parseLong(header) : -1;
  }

  private void moved(RoutingContext context, String asset) {
    SecurityHeaders.data(context.response().headers(), secure(context.request()));
    context.response().setStatusCode(302).putHeader("Location", assets.prefix() + asset).end();
  }

  private static void robots(RoutingContext context) {
    SecurityHeaders.data(context.response().headers(), context.request().isSSL());
    context.response().putHeader("Content-Type", "text/plain").end("User-agent: *\nDisallow: /\n");
  }
}
