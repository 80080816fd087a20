package plenary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/** One connection of the load generator: HTTP/1.1 until an upgrade is answered, then frames. */
final class Connection {
  private static final int OPCODE_TEXT = 1;
  private static final int OPCODE_CLOSE = 8;
  private static final int OPCODE_PING = 9;

  /** Who is told. The bytes are only good during the call. */
  interface Client {
    default void connected(Connection connection) {}

    /** An answer; 101 says that frames follow. */
    default void answered(Connection connection, int status, byte[] bytes, int from, int length) {}

    default void text(Connection connection, byte[] bytes, int from, int length) {}

    default void closed(Connection connection) {}
  }

  /** Free for the client's use. */
  int index;

  private final Wire wire;
  private final SocketChannel channel;
  private final Client client;
  private final Deque<ByteBuffer> out = new ArrayDeque<>();
  private SelectionKey key;
  private byte[] rest;
  private boolean webSocket;
  private boolean closed;

  Connection(Wire wire, SocketChannel channel, Client client) {
    this.wire = wire;
    this.channel = channel;
    this.client = client;
  }

  void register(Selector selector, boolean connected) throws IOException {
    key =
        channel.register(
            selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    if (connected) {
      wire.run(() -> client.connected(this));
    }
  }

  boolean isClosed() {
    return closed;
  }

  void ready(SelectionKey ready) {
    try {
      if (ready.isConnectable()) {
        channel.finishConnect();
        ready.interestOps(SelectionKey.OP_READ);
        client.connected(this);
      }
      if (!closed && ready.isValid() && ready.isReadable()) {
        read();
      }
      if (!closed && ready.isValid() && ready.isWritable()) {
        flush();
      }
    } catch (IOException e) {
      close();
    }
  }

  void send(byte[] bytes) {
    if (closed) {
      return;
    }
    out.add(ByteBuffer.wrap(bytes));
    if (out.size() == 1) {
      flush();
    }
  }

  private void flush() {
    try {
      for (ByteBuffer next = out.peek(); next != null; next = out.peek()) {
        channel.write(next);
        if (next.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
          return;
        }
        out.poll();
      }
      key.interestOps(SelectionKey.OP_READ);
    } catch (IOException e) {
      close();
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = wire.buffer;
    buffer.clear();
    if (rest != null) {
      buffer.put(rest);
    }
    if (channel.read(buffer) < 0) {
      close();
      return;
    }
    byte[] bytes = buffer.array();
    int end = buffer.position();
    int at = 0;
    int took = 1;
    while (at < end && took > 0 && !closed) {
      took = webSocket ? frame(bytes, at, end) : answer(bytes, at, end);
      at += took;
    }
    rest = at >= end ? null : Arrays.copyOfRange(bytes, at, end);
  }

  private int answer(byte[] bytes, int from, int end) {
    int blank = from;
    while (blank + 3 < end
        && !(bytes[blank] == '\r'
            && bytes[blank + 1] == '\n'
            && bytes[blank + 2] == '\r'
            && bytes[blank + 3] == '\n')) {
      blank++;
    }
    if (blank + 3 >= end) {
      return 0;
    }
    int body = blank + 4;
    int status =
        (bytes[from + 9] - '0') * 100 + (bytes[from + 10] - '0') * 10 + (bytes[from + 11] - '0');
    int length = status == 101 ? 0 : contentLength(bytes, from, blank);
    if (body + length > end) {
      return 0;
    }
    webSocket = status == 101;
    client.answered(this, status, bytes, body, length);
    return body + length - from;
  }

  private static int contentLength(byte[] bytes, int from, int end) {
    String head =
        new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int at = head.indexOf("\r\ncontent-length:");
    if (at < 0) {
      return 0;
    }
    int stop = head.indexOf('\r', at + 2);
    return Integer.parseInt(head.substring(at + 17, stop < 0 ? head.length() : stop).strip());
  }

  private int frame(byte[] bytes, int from, int end) {
    if (end - from < 2) {
      return 0;
    }
    int length = bytes[from + 1] & 0x7f;
    int head = 2;
    if (length == 126) {
      head = 4;
    } else if (length == 127) {
      head = 10;
    }
    if (end - from < head) {
      return 0;
    }
    if (head > 2) {
      length = 0;
      for (int i = 2; i < head; i++) {
        length = length << 8 | bytes[from + i] & 0xff;
      }
    }
    if (end - from < head + length) {
      return 0;
    }
    switch (bytes[from] & 0x0f) {
      case OPCODE_TEXT -> client.text(this, bytes, from + head, length);
      case OPCODE_PING -> send(pong(bytes, from + head, length));
      case OPCODE_CLOSE -> close();
      default -> {
        // Nothing else is sent.
      }
    }
    return head + length;
  }

  /** Masked with zeros, as RFC 6455 allows a client to choose. */
  private static byte[] pong(byte[] bytes, int from, int length) {
    byte[] pong = new byte[6 + length];
    pong[0] = (byte) 0x8a;
    pong[1] = (byte) (0x80 | length);
    System.arraycopy(bytes, from, pong, 6, length);
    return pong;
  }

  /** Ends with a reset, as a network that is gone looks to a server that hears of it. */
  void cut() {
    try {
      if (!closed) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client.closed(this);
  }
}
