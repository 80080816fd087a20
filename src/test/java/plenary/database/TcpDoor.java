package plenary.database;

import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A TCP port before the Unix socket of a database, which can fall silent like a dropped route. */
final class TcpDoor implements AutoCloseable {
  private final NetServer server;
  private final List<Runnable> held = new ArrayList<>();
  private boolean silent;

  /** Opens it on a free port of the loopback. */
  TcpDoor(Vertx vertx, SocketAddress address) {
    var client = vertx.createNetClient();
    server = vertx.createNetServer();
    server.connectHandler(
        from -> {
          from.pause();
          client
              .connect(address)
              .onFailure(error -> from.close())
              .onSuccess(
                  to -> {
                    pass(from, to);
                    pass(to, from);
                    from.resume();
                  });
        });
    result(server.listen(0, "127.0.0.1"));
  }

  private void pass(NetSocket from, NetSocket to) {
    from.handler(bytes -> forward(() -> to.write(Buffer.buffer(bytes.getBytes()))));
    from.closeHandler(closed -> to.close());
  }

  private synchronized void forward(Runnable write) {
    if (silent) {
      held.add(write);
    } else {
      write.run();
    }
  }

  int port() {
    return server.actualPort();
  }

  /** From now on nothing gets through, and nobody is told. */
  synchronized void fallSilent() {
    silent = true;
  }

  /** What was held back arrives late. */
  synchronized void speakAgain() {
    silent = false;
    held.forEach(Runnable::run);
    held.clear();
  }

  @Override
  public void close() {
    result(server.close());
  }
}
