package plenary.web;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The public listener: one port, shared by one server per event loop. Every buffer, header and
 * waiting time is bounded here; bodies are bounded by {@link Api}.
 */
public final class ApiServer {
  /** The sub-protocol of the live stream. */
  public static final String LIVE_PROTOCOL = "plenary.v1";

  private static final int SEND_BUFFER_BYTES = 32 * 1024;
  private static final int BACKLOG = 4_096;
  private static final int HEADERS_MAX_BYTES = 8 * 1024;
  private static final int LINE_MAX_BYTES = 4 * 1024;
  private static final int FRAME_MAX_BYTES = 1_024;

  /** Servers that share a negative port share one that the system chose. */
  private static final AtomicInteger CHOSEN = new AtomicInteger(-1);

  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private ApiServer() {}

  /**
   * Listens.
   *
   * @param router serves every request; its unmatched paths answer 404 as it is configured
   */
  public static Future<ApiServer> start(Vertx vertx, Settings settings, Router router) {
    ApiServer server = new ApiServer();
    int port = settings.port() == 0 ? CHOSEN.getAndDecrement() : settings.port();
    HttpServerOptions options = options(settings).setPort(port);
    return vertx
        .deployVerticle(
            () -> new Listener(server, options, settings.connectionsMax(), router),
            new DeploymentOptions().setInstances(settings.instances()))
        .map(server);
  }

  /** The port that is listened on. */
  public int port() {
    return servers.getFirst().actualPort();
  }

  /** Open connections. */
  public int connections() {
    return connections.get();
  }

  /**
   * Accepts nothing more, lets requests that are under way finish, and closes.
   *
   * @param grace after which what is left is cut
   */
  public Future<Void> shutdown(Duration grace) {
    return Future.join(
            servers.stream()
                .map(each -> each.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
                .toList())
        .mapEmpty();
  }

  private static HttpServerOptions options(Settings settings) {
    HttpServerOptions options = new HttpServerOptions();
    options
        .setHost(settings.host())
        .setAcceptBacklog(BACKLOG)
        .setTcpNoDelay(true)
        .setReuseAddress(true)
        .setSendBufferSize(SEND_BUFFER_BYTES)
        // Not setIdleTimeout: its handler would make a promise for every write to every socket.
        .setReadIdleTimeout(settings.idleSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
    options
        .setMaxHeaderSize(HEADERS_MAX_BYTES)
        .setMaxInitialLineLength(LINE_MAX_BYTES)
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setHandle100ContinueAutomatically(false);
    options
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setRegisterWebSocketWriteHandlers(false)
        .setMaxWebSocketFrameSize(FRAME_MAX_BYTES)
        .setMaxWebSocketMessageSize(FRAME_MAX_BYTES)
        .setWebSocketSubProtocols(List.of(LIVE_PROTOCOL));
    Tls tls = settings.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()));
    }
    return options;
  }

  /** What is no HTTP at all is answered like everything else, and the connection ends. */
  private static void refuseUnreadable(Vertx vertx, HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Answer answer =
        switch (cause) {
          case TooLongHttpLineException tooLong ->
              Problems.of(414, "address-too-long", "The address is too long.");
          case TooLongHttpHeaderException tooLong ->
              Problems.of(431, "headers-too-large", "The headers are too large.");
          case null, default -> Problems.of(400, "malformed", "This is not readable as HTTP.");
        };
    Answers.write(vertx, request, request.isSSL(), answer.with("Connection", "close"));
    Bodies.closeSoon(vertx, request);
  }

  /**
   * How to listen.
   *
   * @param port 0 picks a free one
   * @param instances event loops that serve
   * @param connectionsMax above which a new connection is closed at once
   * @param idleSeconds after which a connection is closed on which nothing was read
   */
  public record Settings(
      String host,
      int port,
      int instances,
      int connectionsMax,
      int idleSeconds,
      @Nullable Tls tls) {}

  /** PEM files. */
  public record Tls(String certificate, String key) {}

  /** One server on one event loop. */
  private static final class Listener extends VerticleBase {
    private final ApiServer owner;
    private final HttpServerOptions options;
    private final int connectionsMax;
    private final Router router;

    Listener(ApiServer owner, HttpServerOptions options, int connectionsMax, Router router) {
      this.owner = owner;
      this.options = options;
      this.connectionsMax = connectionsMax;
      this.router = router;
    }

    @Override
    public Future<?> start() {
      HttpServer server = vertx.createHttpServer(options);
      server.requestHandler(router);
      server.invalidRequestHandler(request -> refuseUnreadable(vertx, request));
      server.connectionHandler(this::count);
      return server.listen().onSuccess(owner.servers::add);
    }

    private void count(HttpConnection connection) {
      boolean full = owner.connections.incrementAndGet() > connectionsMax;
      connection.closeHandler(closed -> owner.connections.decrementAndGet());
      if (full) {
        connection.close();
      }
    }
  }
}
