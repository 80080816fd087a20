package plenary.live;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;

/**
 * Frees a connection whose client does not read. Every public close waits behind the bytes that
 * client does not take (measured: for ever), so this closes at the head of Netty's pipeline. The
 * close handler of the socket is called as usual. It reaches into Vert.x; a test tells when an
 * upgrade breaks it.
 */
public final class HardClose {
  private HardClose() {}

  /**
   * Closes at once, if it is not closed yet. Take {@code request.connection()} before the upgrade
   * to a WebSocket.
   */
  public static void close(HttpConnection connection) {
    ChannelHandlerContext head = ((VertxConnection) connection).channel().pipeline().firstContext();
    if (head != null) {
      head.close();
    }
  }
}
