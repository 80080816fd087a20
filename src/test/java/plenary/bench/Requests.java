package plenary.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** Requests as bytes, ready to be written as often as one likes. */
final class Requests {
  private static final String AGENT = "Host: localhost\r\nAccept: application/json\r\n";

  private Requests() {}

  static byte[] get(String path, String token) {
    return head("GET", path, token, "").getBytes(ISO_8859_1);
  }

  static byte[] put(String path, String token) {
    return head("PUT", path, token, "Content-Length: 0\r\n").getBytes(ISO_8859_1);
  }

  static byte[] post(String path, String token, String body) {
    return withBody("POST", path, token, body);
  }

  static byte[] patch(String path, String token, String body) {
    return withBody("PATCH", path, token, body);
  }

  private static byte[] withBody(String method, String path, String token, String body) {
    byte[] content = body.getBytes(UTF_8);
    String more =
        "Content-Type: application/json\r\nIdempotency-Key: "
            + UUID.randomUUID()
            + "\r\nContent-Length: "
            + content.length
            + "\r\n";
    byte[] head = head(method, path, token, more).getBytes(ISO_8859_1);
    byte[] all = new byte[head.length + content.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return all;
  }

  /** An upgrade to a WebSocket, with the sub-protocol of the product. */
  static byte[] upgrade(String path, String token) {
    return head(
            "GET",
            path,
            token,
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: plenary.v1\r\n")
        .getBytes(ISO_8859_1);
  }

  private static String head(String method, String path, String token, String more) {
    String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    return method + ' ' + path + " HTTP/1.1\r\n" + AGENT + authorization + more + "\r\n";
  }
}
