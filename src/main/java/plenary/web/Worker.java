package plenary.web;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeSet;
import plenary.web.page.Asset;
import plenary.web.page.Imports;

/**
 * The service worker that lets a phone open a session again without a network. It is told the build
 * and the files of that build; another build is another worker.
 */
final class Worker {
  /** It talks to this server and to nobody else. */
  private static final String POLICY = "default-src 'none'; connect-src 'self'";

  private Worker() {}

  static void send(RoutingContext context, Assets assets, boolean secure) {
    HttpServerResponse response = context.response();
    SecurityHeaders.page(response.headers(), secure, POLICY);
    response.putHeader("Content-Type", "text/javascript; charset=utf-8");
    response.putHeader("Cache-Control", "no-cache");
    response.end(script(assets));
  }

  private static String script(Assets assets) {
    Map<String, Asset> files = assets.files();
    Asset worker = files.get("worker.js");
    if (worker == null) {
      throw new IllegalStateException("worker.js is missing");
    }
    return worker
        .text()
        .replace("'BUILD'", '\'' + assets.prefix() + '\'')
        .replace("['FILES']", kept(files).encode());
  }

  /** All that the phone's pages load, now or later. */
  private static JsonArray kept(Map<String, Asset> files) {
    TreeSet<String> kept = new TreeSet<>(Imports.closure("pages/landing.js", files));
    for (String path : files.keySet()) {
      if (path.matches("pages/attendee(/[a-z]+)?\\.js|live/.*\\.js")) {
        kept.addAll(Imports.closure(path, files));
      }
    }
    kept.add("img/icon.svg");
    return new JsonArray(kept.stream().toList());
  }
}
