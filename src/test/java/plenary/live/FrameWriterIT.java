package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.support.Await.result;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SelfSignedCertificate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the wire, on real sockets. */
class FrameWriterIT {
  private static final String HANDSHAKE =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private @Nullable SelfSignedCertificate tls;

  @AfterEach
  void close() {
    result(vertx.close(), 30);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 1_024, 1_025, 65_535, 65_536, 200_000})
  void bothWaysWriteTheSameBytesInOneFrame(int length) {
    String text = "é".repeat(length % 7) + "x".repeat(Math.max(0, length - 2 * (length % 7)));
    SharedText shared = new SharedText(text);

    Buffer fast = sent(socket -> writeTwice(FrameWriter.of(socket), shared, true), shared);
    Buffer ordinary =
        sent(socket -> writeTwice(FrameWriter.ordinary(socket), shared, false), shared);

    assertThat(fast).isEqualTo(ordinary);
    assertThat(fast.getByte(0)).as("final and text").isEqualTo((byte) 0x81);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_024, 200_000})
  void overTlsTheFastWayIsTakenTooAndBothStayInOrder(int length) {
    tls = SelfSignedCertificate.create("localhost");
    SharedText shared = new SharedText("x".repeat(length));

    Buffer fast = sent(socket -> writeTwice(FrameWriter.of(socket), shared, true), shared);
    Buffer ordinary =
        sent(socket -> writeTwice(FrameWriter.ordinary(socket), shared, false), shared);

    assertThat(fast).isEqualTo(ordinary);
  }

  private static void writeTwice(FrameWriter writer, SharedText text, boolean fast) {
    assertThat(writer.isFast()).isEqualTo(fast);
    writer.write(text.text());
    writer.write(text);
  }

  @Test
  void framesOfBothKindsStayInOrder() {
    SharedText end = new SharedText("4");

    Buffer sent =
        sent(
            socket -> {
              FrameWriter writer = FrameWriter.of(socket);
              writer.write("1");
              writer.write(new SharedText("2"));
              writer.write("3");
              writer.write(end);
            },
            new SharedText("1234"));

    assertThat(sent.toString("ISO-8859-1").replaceAll("[^1-9]", "")).isEqualTo("1234");
  }

  @Test
  void aTextIsOfferedLikeItIsWrittenAndNoneFollowsTheEnd() {
    SharedText last = new SharedText("3");

    Buffer sent =
        sent(
            socket -> {
              FrameWriter writer = FrameWriter.of(socket);
              assertThat(writer.offer(new SharedText("1"))).isTrue();
              writer.write("2");
              assertThat(writer.offer(last)).isTrue();
              writer.end();
              assertThat(writer.offer(new SharedText("4"))).as("a client that is gone").isTrue();
              writer.write(new SharedText("5"));
              socket.writeFinalTextFrame("6");
            },
            new SharedText("1236"));

    assertThat(sent.toString("ISO-8859-1").replaceAll("[^1-9]", "")).isEqualTo("1236");
  }

  @Test
  void aClientThatDoesNotReadIsFullAndDrainsOnceItReads() {
    Promise<Void> full = Promise.promise();
    Promise<Boolean> fullWhenDrained = Promise.promise();
    SharedText text = new SharedText("x".repeat(60_000));
    NetSocket client =
        connect(
            socket -> {
              FrameWriter writer = FrameWriter.of(socket);
              fill(
                  writer,
                  text,
                  () -> {
                    writer.onDrain(() -> fullWhenDrained.complete(writer.full()));
                    full.complete();
                  });
            },
            NetSocket::pause);

    result(full.future());
    client.resume();

    assertThat(result(fullWhenDrained.future())).isFalse();
  }

  /** The kernel goes on taking bytes for a moment, so full has to last to count. */
  private void fill(FrameWriter writer, SharedText text, Runnable then) {
    AtomicInteger lasted = new AtomicInteger();
    vertx.setPeriodic(
        2,
        timer -> {
          if (writer.offer(text)) {
            lasted.set(0);
          } else if (lasted.incrementAndGet() == 20) {
            vertx.cancelTimer(timer);
            then.run();
          }
        });
  }

  /** What a client gets after the handshake, until as much came as two frames of a text are. */
  private Buffer sent(Consumer<ServerWebSocket> action, SharedText text) {
    int expected = 2 * text.frame().readableBytes();
    Promise<Buffer> all = Promise.promise();
    Buffer got = Buffer.buffer();
    connect(
        action,
        client ->
            client.handler(
                bytes -> {
                  got.appendBuffer(bytes);
                  int head = got.toString("ISO-8859-1").indexOf("\r\n\r\n") + 4;
                  if (head >= 4 && got.length() - head >= expected) {
                    all.tryComplete(got.getBuffer(head, got.length()));
                  }
                }));
    return result(all.future());
  }

  private NetSocket connect(Consumer<ServerWebSocket> action, Consumer<NetSocket> prepare) {
    HttpServerOptions options = new HttpServerOptions();
    options
        .setSendBufferSize(32 * 1024)
        .setMaxWebSocketFrameSize(1_024)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
    NetClientOptions client = new NetClientOptions();
    if (tls != null) {
      options.setSsl(true).setKeyCertOptions(tls.keyCertOptions());
      client.setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("");
    }
    HttpServer server =
        result(
            vertx
                .createHttpServer(options)
                .webSocketHandler(
                    socket -> {
                      socket.setWriteQueueMaxSize(32 * 1024);
                      action.accept(socket);
                    })
                .listen(0, "127.0.0.1"));
    Future<NetSocket> connected =
        vertx
            .createNetClient(client)
            .connect(server.actualPort(), "127.0.0.1")
            .onSuccess(
                connection -> {
                  prepare.accept(connection);
                  connection.write(HANDSHAKE);
                });
    return result(connected);
  }
}
