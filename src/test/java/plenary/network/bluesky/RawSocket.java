package plenary.network.bluesky;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's side of a WebSocket, byte by byte. */
final class RawSocket {
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final NetSocket socket;
  private final Context context;
  private final BiConsumer<RawSocket, String> requested;
  private Buffer unread = Buffer.buffer();
  private String request = "";
  private boolean stalled;
  private boolean ended;
  private JetstreamSimulator.Serving serving;

  RawSocket(NetSocket socket, BiConsumer<RawSocket, String> requested, Consumer<RawSocket> closed) {
    this.socket = socket;
    this.requested = requested;
    context = Vertx.currentContext();
    socket.handler(this::read);
    socket.exceptionHandler(why -> ended = true);
    socket.closeHandler(
        end -> {
          ended = true;
          closed.accept(this);
        });
    socket.drainHandler(drained -> pumpHere());
  }

  private void read(Buffer bytes) {
    unread.appendBuffer(bytes);
    if (request.isEmpty()) {
      String head = unread.toString(StandardCharsets.ISO_8859_1);
      int end = head.indexOf("\r\n\r\n");
      if (end >= 0) {
        request = head.substring(0, end);
        unread = unread.getBuffer(end + 4, unread.length());
        requested.accept(this, request.split(" ")[1]);
      }
    } else {
      while (frame()) {
        // The next one.
      }
    }
  }

  /** Reads one short masked frame of the client: a ping or a close. */
  private boolean frame() {
    if (unread.length() < 6) {
      return false;
    }
    int opcode = unread.getByte(0) & 0x0f;
    int length = unread.getByte(1) & 0x7f;
    if (unread.length() < 6 + length) {
      return false;
    }
    byte[] payload = unread.getBytes(6, 6 + length);
    for (int i = 0; i < length; i++) {
      payload[i] ^= unread.getByte(2 + i % 4);
    }
    unread = unread.getBuffer(6 + length, unread.length());
    if (opcode == 9 && !stalled) {
      write(10, true, payload);
    } else if (opcode == 8) {
      drop();
    } else if (opcode < 8) {
      throw new AssertionError("a client's data frame closes a Jetstream");
    }
    return true;
  }

  void refuse(int status, String headers, String body) {
    socket.write(
        "HTTP/1.1 "
            + status
            + " No\r\n"
            + headers
            + "Content-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\nConnection: close\r\n\r\n"
            + body);
    socket.end();
  }

  void accept() {
    Matcher key = KEY.matcher(request);
    if (!key.find()) {
      throw new AssertionError("no WebSocket: " + request);
    }
    socket.write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + hash(key.group(1) + MAGIC)
            + "\r\n\r\n");
  }

  void serve(JetstreamSimulator.Serving what) {
    serving = what;
    pumpHere();
  }

  /** Tells what is new, from any thread. */
  void pump() {
    context.runOnContext(here -> pumpHere());
  }

  private void pumpHere() {
    if (serving != null && !stalled && !ended) {
      serving.pump(this);
    }
  }

  boolean isFull() {
    return socket.writeQueueFull() || ended;
  }

  void text(String text, boolean inPieces) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    if (!inPieces || all.length < 3) {
      write(1, true, all);
      return;
    }
    int third = all.length / 3;
    write(1, false, java.util.Arrays.copyOfRange(all, 0, third));
    write(0, false, java.util.Arrays.copyOfRange(all, third, 2 * third));
    write(0, true, java.util.Arrays.copyOfRange(all, 2 * third, all.length));
  }

  void write(int opcode, boolean last, byte[] payload) {
    if (!ended) {
      socket.write(head(opcode, last, payload.length).appendBytes(payload));
    }
  }

  /** Bytes as they are. */
  void raw(Buffer bytes) {
    socket.write(bytes);
  }

  static Buffer head(int opcode, boolean last, long length) {
    Buffer head = Buffer.buffer().appendByte((byte) ((last ? 0x80 : 0) | opcode));
    if (length < 126) {
      return head.appendByte((byte) length);
    }
    return length < 65_536
        ? head.appendByte((byte) 126).appendShort((short) length)
        : head.appendByte((byte) 127).appendLong(length);
  }

  void drop() {
    ended = true;
    socket.close();
  }

  void stall() {
    context.runOnContext(here -> stalled = true);
  }

  private static String hash(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError(missing);
    }
  }
}
