package plenary.watch;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import plenary.live.Bye;
import plenary.live.Farewell;
import plenary.live.FrameWriter;
import plenary.live.HardClose;
import plenary.live.Live;
import plenary.live.Outlet;
import plenary.live.SharedText;

/**
 * A WebSocket that takes no data. Any data frame, more than {@value #CONTROLS_MAX} control frames
 * in ten seconds, or a ping while bytes wait for the client end it: Vert.x answers pings without
 * bound, and a client that pings and never reads would exhaust the heap in seconds.
 */
final class SocketOutlet implements Outlet {
  private static final int CONTROLS_MAX = 20;
  private static final long CONTROLS_NANOS = 10_000_000_000L;
  private static final int QUEUE_MAX_BYTES = 32 * 1024;
  private static final Buffer NOTHING = Buffer.buffer();

  private final ServerWebSocket socket;
  private final FrameWriter writer;
  private final HttpConnection connection;
  private final Live live;
  private int controls;
  private long controlsSince = System.nanoTime();
  private boolean closing;

  SocketOutlet(ServerWebSocket socket, HttpConnection connection, Live live) {
    this.socket = socket;
    this.connection = connection;
    this.live = live;
    writer = FrameWriter.of(socket, connection);
    socket.setWriteQueueMaxSize(QUEUE_MAX_BYTES);
    socket.frameHandler(this::received);
    socket.exceptionHandler(ignored -> hardClose());
  }

  /** Runs once, when the connection is gone. */
  void onClosed(Runnable action) {
    socket.closeHandler(ignored -> action.run());
  }

  private void received(WebSocketFrame frame) {
    if (frame.isClose()) {
      writer.end();
      return;
    }
    if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
      flooded("data");
      return;
    }
    long now = System.nanoTime();
    if (now - controlsSince > CONTROLS_NANOS) {
      controlsSince = now;
      controls = 0;
    }
    controls++;
    if (controls > CONTROLS_MAX || (frame.isPing() && full())) {
      flooded("control");
    }
  }

  private void flooded(String what) {
    if (closing) {
      return;
    }
    live.hardClosed(what);
    if (full()) {
      hardClose();
    } else {
      close(Bye.FLOODED, 0);
      hardCloseSoon();
    }
  }

  /** One turn later, so that a client that reads still learns why. */
  private void hardCloseSoon() {
    Vertx.currentContext().runOnContext(ignored -> hardClose());
  }

  @Override
  public boolean full() {
    return writer.full();
  }

  @Override
  public void send(String frame, String epoch, long version) {
    writer.write(frame);
  }

  @Override
  public void sendShared(SharedText frame, String epoch, long version) {
    writer.write(frame);
  }

  @Override
  public boolean offerShared(SharedText frame, String epoch, long version) {
    return writer.offer(frame);
  }

  @Override
  public void onDrain(Runnable action) {
    writer.onDrain(action);
  }

  @Override
  public void ping() {
    if (!socket.isClosed()) {
      socket.writePing(NOTHING);
    }
  }

  @Override
  public void close(Bye bye, long retryAfterMillis) {
    if (!socket.isClosed() && !closing) {
      closing = true;
      writer.write(Farewell.text(bye, retryAfterMillis));
      writer.end();
      socket.close(bye.code(), bye.reason());
    }
  }

  @Override
  public void hardClose() {
    HardClose.close(connection);
  }
}
