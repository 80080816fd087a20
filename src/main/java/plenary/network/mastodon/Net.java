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
import plenary.network.Hosts;

/**
 * The ways out, to where {@link Hosts} finds them. Redirects are not followed: they would carry the
 * token along.
 */
final class Net {
  private static final int CONNECT_MS = 10_000;

  /** Shorter than servers keep theirs, so that no call meets a connection that is being closed. */
  private static final int KEPT_SECONDS = 5;

  private static final int MESSAGE_MAX = 2_000_000;
  private static final int STREAMS_MAX = 64;

  private final Vertx vertx;
  private final Hosts hosts;
  private final WebClient web;
  private final HttpClient streams;
  private final WebSocketClient sockets;

  Net(Vertx vertx, Hosts hosts) {
    this.vertx = vertx;
    this.hosts = hosts;
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
    return hosts.find(host, port);
  }
}
