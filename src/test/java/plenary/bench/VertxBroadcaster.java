package plenary.bench;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A reference: what bare Vert.x costs when it does nothing but send a text to every socket. One
 * list for each of two event loops; {@code GET /ws}, {@code POST /pub}.
 */
public final class VertxBroadcaster {
  private static final int LOOPS = 2;
  private static final List<Loop> ALL = new CopyOnWriteArrayList<>();

  private VertxBroadcaster() {}

  public static void main(String[] args) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(LOOPS));
    int port = Integer.parseInt(args[0]);
    vertx
        .deployVerticle(() -> new Loop(port), new DeploymentOptions().setInstances(LOOPS))
        .onSuccess(id -> System.out.println("ready " + port))
        .onFailure(
            failure -> {
              System.err.println(failure);
              System.exit(1);
            });
  }

  private static final class Loop extends VerticleBase {
    private final int port;
    private final Set<ServerWebSocket> sockets = new LinkedHashSet<>();
    private HttpServer server;

    Loop(int port) {
      this.port = port;
    }

    @Override
    public Future<?> start() {
      ALL.add(this);
      server =
          vertx.createHttpServer(
              new HttpServerOptions()
                  .setHost("127.0.0.1")
                  .setPort(port)
                  .setAcceptBacklog(16_384)
                  .setSendBufferSize(32 * 1024)
                  .setWebSocketSubProtocols(List.of("plenary.v1"))
                  .setPerMessageWebSocketCompressionSupported(false)
                  .setPerFrameWebSocketCompressionSupported(false));
      return server.requestHandler(this::request).listen();
    }

    Context loop() {
      return context;
    }

    private void request(HttpServerRequest request) {
      if (request.method() == HttpMethod.POST) {
        request.body().onSuccess(body -> publish(request, body));
        return;
      }
      request
          .toWebSocket()
          .onSuccess(
              socket -> {
                sockets.add(socket);
                socket.closeHandler(ignored -> sockets.remove(socket));
              });
    }

    private static void publish(HttpServerRequest request, Buffer body) {
      String text = body.toString();
      for (Loop loop : ALL) {
        loop.loop().runOnContext(ignored -> loop.send(text));
      }
      request.response().setStatusCode(204).end();
    }

    private void send(String text) {
      for (ServerWebSocket socket : sockets) {
        if (!socket.writeQueueFull()) {
          socket.writeTextMessage(text);
        }
      }
    }
  }
}
