package plenary.hardening;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** A client of RFC 6455 that sends whatever it likes and reads only when it is told to. */
final class Peer implements AutoCloseable {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int FINAL = 0x80;

  private static final int RECEIVE_BUFFER_BYTES = 4 * 1024;
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private String head = "";

  Peer(int port) throws IOException {
    // A small window, or the kernel hides for long that nobody reads.
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  /** A peer that watches. */
  static Peer watching(int port, String session, String view, String token) throws IOException {
    Peer peer = new Peer(port);
    int status = peer.upgrade(path(session, view), "Authorization: Bearer " + token);
    if (status != 101) {
      throw new AssertionError("not let in: " + status);
    }
    return peer;
  }

  static String path(String session, String view) {
    return "/api/sessions/" + session + "/live?view=" + view;
  }

  /** Asks for an upgrade; later headers win. */
  int upgrade(String path, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    for (String usual :
        new String[] {
          "Host: 127.0.0.1",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        }) {
      String name = usual.substring(0, usual.indexOf(':') + 1);
      if (Arrays.stream(headers).noneMatch(header -> header.startsWith(name))) {
        request.append(usual).append("\r\n");
      }
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      int next = in.read();
      if (next < 0) {
        return 0;
      }
      answer.write(next);
      last = (last << 8) | next;
    }
    head = answer.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return Integer.parseInt(head.split(" ")[1]);
  }

  /** The head of the last answer, in small letters. */
  String head() {
    return head;
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** A masked frame; {@code first} is its first byte: flags and opcode. */
  static byte[] frame(int first, byte[] payload) {
    int extended = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
    byte[] frame = new byte[2 + extended + 4 + payload.length];
    frame[0] = (byte) first;
    frame[1] = (byte) (0x80 | (extended == 0 ? payload.length : extended == 2 ? 126 : 127));
    for (int i = 0; i < extended; i++) {
      frame[2 + i] = (byte) ((long) payload.length >>> (8 * (extended - 1 - i)));
    }
    byte[] mask = new byte[4];
    ThreadLocalRandom.current().nextBytes(mask);
    System.arraycopy(mask, 0, frame, 2 + extended, 4);
    for (int i = 0; i < payload.length; i++) {
      frame[6 + extended + i] = (byte) (payload[i] ^ mask[i % 4]);
    }
    return frame;
  }

  /** A frame of the server. */
  record Frame(int opcode, String text) {}

  /** The next frame; one of opcode -1 when the server closed the connection. */
  Frame read() throws IOException {
    try {
      int first = in.read();
      int second = in.read();
      if (first < 0 || second < 0) {
        return new Frame(-1, "");
      }
      long length = second & 0x7f;
      if (length >= 126) {
        int bytes = length == 126 ? 2 : 8;
        length = 0;
        for (int i = 0; i < bytes; i++) {
          length = (length << 8) | in.read();
        }
      }
      byte[] payload = in.readNBytes((int) length);
      return new Frame(first & 0xf, new String(payload, StandardCharsets.UTF_8));
    } catch (SocketException reset) {
      return new Frame(-1, "");
    }
  }

  /** Reads until the server closes; true if it did so in time. */
  boolean isClosedWithin(int millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000L;
    try {
      while (true) {
        int left = (int) ((end - System.nanoTime()) / 1_000_000);
        if (left <= 0) {
          return false;
        }
        socket.setSoTimeout(left);
        if (in.read(new byte[8192]) < 0) {
          return true;
        }
      }
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
