package plenary.watch;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import plenary.live.Live;
import plenary.live.View;
import plenary.web.Answer;
import plenary.web.Request;

/**
 * The snapshot of a view over HTTP: for the first paint, scripts, and many that come back at once.
 */
final class States {
  private final Live live;

  States(Live live) {
    this.live = live;
  }

  Future<Answer> get(Request request) {
    View view = View.named(request.query("view").orElse("")).orElseThrow();
    return live.snapshot(request.session(), view, 0)
        .map(
            snapshot -> {
              String tag =
                  '"' + snapshot.epoch() + '-' + view.id() + '-' + snapshot.version() + '"';
              Map<String, String> headers =
                  Map.of("ETag", tag, "Cache-Control", "private, no-cache");
              String known = request.routing().request().getHeader("If-None-Match");
              return tag.equals(known)
                  ? new Answer(304, null, null, headers)
                  : new Answer(200, "application/json", Buffer.buffer(snapshot.text()), headers);
            });
  }
}
