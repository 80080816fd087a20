package plenary.live;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.impl.VertxConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes texts to one WebSocket. What many sockets get is written as bytes that were encoded once,
 * below the encoder of Netty's pipeline (so TLS, which is below it too, still applies); where the
 * pipeline cannot be reached, and for a few sockets, as an ordinary text frame. Both are the same
 * bytes. It reaches into Vert.x; a test tells when an upgrade breaks it.
 *
 * <p>Used on the connection's event loop only: then Vert.x' own queue holds nothing whenever the
 * channel is writable, and frames of both ways stay in order.
 */
public final class FrameWriter {
  private final ServerWebSocket socket;
  private final @Nullable ChannelHandlerContext encoder;
  private final @Nullable Channel channel;
  private boolean ended;

  private FrameWriter(ServerWebSocket socket, @Nullable ChannelHandlerContext encoder) {
    this.socket = socket;
    this.encoder = encoder;
    this.channel = encoder == null ? null : encoder.channel();
  }

  /**
   * The fast writer where it can be had. A router wraps the sockets it hands out, so the channel is
   * found through the connection.
   *
   * @param connection of the request before its upgrade
   */
  public static FrameWriter of(ServerWebSocket socket, HttpConnection connection) {
    return connection instanceof VertxConnection inside
        ? new FrameWriter(socket, inside.channel().pipeline().context(WebSocketFrameEncoder.class))
        : of(socket);
  }

  /** The fast writer of a socket that nobody wrapped. */
  static FrameWriter of(ServerWebSocket socket) {
    return socket instanceof WebSocketInternal inside
        ? new FrameWriter(socket, encoderOf(inside.channelHandlerContext()))
        : ordinary(socket);
  }

  /** A writer that uses nothing but the public way. */
  public static FrameWriter ordinary(ServerWebSocket socket) {
    return new FrameWriter(socket, null);
  }

  private static @Nullable ChannelHandlerContext encoderOf(ChannelHandlerContext handler) {
    return handler.pipeline().context(WebSocketFrameEncoder.class);
  }

  /** Whether it writes below the encoder. */
  boolean isFast() {
    return encoder != null;
  }

  /** Whether bytes wait that the client did not take, in Vert.x' queue or in the channel's. */
  public boolean full() {
    if (channel != null && channel.isWritable()) {
      // Asked for each delivery; Vert.x would take a lock to say the same.
      return false;
    }
    return !socket.isClosed() && (encoder != null || socket.writeQueueFull());
  }

  /** One text, as one frame whatever its length. Nothing happens on a closed socket. */
  public void write(String text) {
    if (!socket.isClosed()) {
      socket.writeFinalTextFrame(text);
    }
  }

  /** A text that others get too. Nothing happens on a closed socket. */
  public void write(SharedText text) {
    if (socket.isClosed()) {
      return;
    }
    if (!wrote(text)) {
      socket.writeFinalTextFrame(text.text());
    }
  }

  /** A text that others get too, unless the socket is {@link #full}; says whether it was not. */
  public boolean offer(SharedText text) {
    // For each delivery: few objects are touched, for each of them is far away in memory.
    if (wrote(text)) {
      return true;
    }
    if (full()) {
      return false;
    }
    write(text);
    return true;
  }

  /** Writes below the encoder, where that can be done now. */
  private boolean wrote(SharedText text) {
    if (encoder == null || channel == null || !channel.isWritable()) {
      return false;
    }
    if (!ended) {
      encoder.writeAndFlush(text.frame(), channel.voidPromise());
    }
    return true;
  }

  /** No more texts: a close frame was sent or is about to be. */
  public void end() {
    ended = true;
  }

  /** Calls once when all that waits now has gone out; never when the connection ends before. */
  public void onDrain(Runnable action) {
    if (socket.isClosed()) {
      return;
    }
    if (encoder == null || socket.writeQueueFull()) {
      socket.drainHandler(
          ignored -> {
            socket.drainHandler(null);
            action.run();
          });
      return;
    }
    // Vert.x does not see what went past its queue, so it would not tell. An empty buffer is done
    // when everything before it is.
    encoder
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                action.run();
              }
            });
  }
}
