package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;

/**
 * The ways out. A name is looked up once per connection and the connection goes to the address that
 * was allowed, so that a name cannot lead elsewhere in between. Redirects are not followed: they
 * would carry the token along.
 */
final class Net {
  private static final int CONNECT_MS = 10_000;

  /** Shorter than servers keep theirs, so that no call meets a connection that is being closed. */
  private static final int KEPT_SECONDS = 5;

  private static final int MESSAGE_MAX = 2_000_000;
  private static final int STREAMS_MAX = 64;

  private final Vertx vertx;
  private final Predicate<InetAddress> allowed;
  private final WebClient web;
  private final HttpClient streams;
  private final WebSocketClient sockets;

  Net(Vertx vertx, Predicate<InetAddress> allowed) {
    this.vertx = vertx;
    this.allowed = allowed;
    HttpClientAgent calls =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setKeepAliveTimeout(KEPT_SECONDS)
                .setDecompressionSupported(true));
    this.web =
        WebClient.wrap(
            calls, new WebClientOptions().setFollowRedirects(false).setUserAgent("Plenary"));
    this.streams =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MS),
            new PoolOptions().setHttp1MaxSize(STREAMS_MAX));
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setMaxConnections(STREAMS_MAX)
                .setMaxFrameSize(MESSAGE_MAX)
                .setMaxMessageSize(MESSAGE_MAX));
  }

  Vertx vertx() {
    return vertx;
  }

  WebClient web() {
    return web;
  }

  /** For answers that do not end. */
  HttpClient streams() {
    return streams;
  }

  WebSocketClient sockets() {
    return sockets;
  }

  /** Where a host is, if we may go there. */
  Future<SocketAddress> find(String host, int port) {
    return vertx
        .executeBlocking(() -> InetAddress.getAllByName(host), false)
        .compose(
            found -> {
              for (InetAddress address : found) {
                if (allowed.test(address)) {
                  return Future.succeededFuture(
                      SocketAddress.inetSocketAddress(port, address.getHostAddress()));
                }
              }
              return Future.failedFuture(
                  found.length == 0
                      ? new UnknownHostException(host)
                      : Trouble.failed(
                          Trouble.UNSENT,
                          host + " is inside this server's own network, where it must not look."));
            });
  }
}
