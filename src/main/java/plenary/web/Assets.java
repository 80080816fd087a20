package plenary.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plenary.web.page.Asset;
import plenary.web.page.WebFiles;

/**
 * The files of the pages, in memory, compressed once, under an address that changes with their
 * content: {@code /a/{build}/live/store.js}. Safe on every event loop.
 */
public final class Assets {
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final int BUILD_LENGTH = 12;
  private static final String DIRECTORY = "plenary.webroot";

  private final @Nullable Path directory;
  private volatile Held held;

  private Assets(@Nullable Path directory) {
    this.directory = directory;
    this.held = Held.of(WebFiles.read(directory));
  }

  /**
   * Reads everything; blocking, at the start. For work on the pages {@code -Dplenary.webroot=DIR}
   * names a directory that is read again for every page that is asked for.
   */
  public static Assets load() {
    String directory = System.getProperty(DIRECTORY);
    return new Assets(directory == null ? null : Path.of(directory));
  }

  /** The files as they are now, by path. */
  public Map<String, Asset> files() {
    return held.files();
  }

  /** Names this content; another content has another name. */
  public String build() {
    return held.build();
  }

  /** What comes before the path of a file in its address. */
  public String prefix() {
    return "/a/" + held.build() + "/";
  }

  /** Reads again where that was asked for; otherwise nothing. */
  boolean refresh() {
    if (directory == null) {
      return false;
    }
    held = Held.of(WebFiles.read(directory));
    return true;
  }

  void attach(Router router) {
    router.route("/a/:build/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
  }

  private void serve(RoutingContext context) {
    Held now = held;
    String path = context.normalizedPath();
    int start = path.indexOf('/', "/a/".length()) + 1;
    Asset asset = now.files().get(path.substring(start));
    if (asset == null || asset.path().endsWith(".html")) {
      context.next();
      return;
    }
    // A page of the version before may still ask during a rolling update: it gets what is here,
    // but nobody keeps it under that name.
    boolean current = path.startsWith("/a/" + now.build() + "/");
    HttpServerResponse response = context.response();
    SecurityHeaders.data(response.headers(), context.request().isSSL());
    response.putHeader("Cache-Control", current ? FOREVER : "no-cache");
    response.putHeader("ETag", asset.etag()).putHeader("Vary", "Accept-Encoding");
    if (asset.etag().equals(context.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    send(context.request(), asset);
  }

  private static void send(HttpServerRequest request, Asset asset) {
    HttpServerResponse response = request.response().putHeader("Content-Type", asset.type());
    var body = asset.plain();
    if (asset.gzip() != null && acceptsGzip(request)) {
      response.putHeader("Content-Encoding", "gzip");
      body = asset.gzip();
    }
    if (request.method() == HttpMethod.HEAD) {
      response.putHeader("Content-Length", String.valueOf(body.length())).end();
    } else {
      response.end(body.slice());
    }
  }

  static boolean acceptsGzip(HttpServerRequest request) {
    String accepted = request.getHeader("Accept-Encoding");
    return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
  }

  private record Held(TreeMap<String, Asset> files, String build) {
    static Held of(TreeMap<String, Asset> files) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      files.forEach(
          (path, asset) -> all.writeBytes((path + asset.etag()).getBytes(StandardCharsets.UTF_8)));
      String etag = Asset.of("build", all.toByteArray()).etag();
      return new Held(files, etag.substring(1, 1 + BUILD_LENGTH));
    }
  }
}
