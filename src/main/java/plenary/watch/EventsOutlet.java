package plenary.watch;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import plenary.live.Bye;
import plenary.live.Farewell;
import plenary.live.HardClose;
import plenary.live.Outlet;

/**
 * The same frames as server-sent events (WHATWG HTML, section 9.2), for networks that break
 * WebSockets. {@code id} is {@code epoch:version}, on frames that have a version.
 */
final class EventsOutlet implements Outlet {
  private static final int QUEUE_MAX_BYTES = 32 * 1024;

  private final HttpServerResponse response;
  private final HttpConnection connection;

  EventsOutlet(HttpServerResponse response, HttpConnection connection) {
    this.response = response;
    this.connection = connection;
  }

  void begin() {
    response
        .setStatusCode(200)
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        // Whoever is told good-bye is freed a second later; no other request may be there by then.
        .putHeader("Connection", "close")
        .putHeader("X-Accel-Buffering", "no")
        .setWriteQueueMaxSize(QUEUE_MAX_BYTES);
    response.write(":\n\n");
  }

  private boolean gone() {
    return response.ended() || response.closed();
  }

  @Override
  public boolean full() {
    return !gone() && response.writeQueueFull();
  }

  @Override
  public void send(String frame, String epoch, long version) {
    if (!gone()) {
      String id = version < 0 ? "" : "id: " + epoch + ':' + version + '\n';
      response.write(id + "data: " + frame + "\n\n");
    }
  }

  @Override
  public void onDrain(Runnable action) {
    if (!gone()) {
      response.drainHandler(
          ignored -> {
            response.drainHandler(null);
            action.run();
          });
    }
  }

  /** A comment: a client cannot answer one, but a connection that is dead will tell. */
  @Override
  public void ping() {
    if (!gone()) {
      response.write(":\n\n");
    }
  }

  @Override
  public void close(Bye bye, long retryAfterMillis) {
    if (!gone()) {
      response.end("data: " + Farewell.text(bye, retryAfterMillis) + "\n\n");
    }
  }

  @Override
  public void hardClose() {
    HardClose.close(connection);
  }
}
