package plenary.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import plenary.problem.Failure;

/** Whether an upgrade is one of RFC 6455; Vert.x would answer the others without a problem. */
final class Handshakes {
  private static final int NONCE_BYTES = 16;

  private Handshakes() {}

  /** Whether the request asks for a WebSocket. */
  static boolean wanted(HttpServerRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
  }

  /**
   * Looks at the rest of the handshake (section 4.2.1).
   *
   * @return the answer to a client of another version
   */
  static Optional<Answer> check(HttpServerRequest request) {
    String connection = request.getHeader(HttpHeaders.CONNECTION);
    boolean upgrades =
        connection != null && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    if (!upgrades || request.version() != HttpVersion.HTTP_1_1) {
      throw new Failure.Malformed("An upgrade needs HTTP/1.1 and Connection: Upgrade.");
    }
    if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      return Optional.of(
          Problems.of(426, "websocket-version", "This speaks version 13 of WebSocket.")
              .with("Sec-WebSocket-Version", "13"));
    }
    if (!isNonce(request.getHeader("Sec-WebSocket-Key"))) {
      throw new Failure.Malformed("Sec-WebSocket-Key has to be 16 bytes in Base64.");
    }
    return Optional.empty();
  }

  private static boolean isNonce(String key) {
    try {
      return key != null && Base64.getDecoder().decode(key.trim()).length == NONCE_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
