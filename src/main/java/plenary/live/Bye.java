package plenary.live;

import java.util.Locale;

/**
 * Why the server ends a stream. The close code tells a client what to do next; the table is in
 * {@code docs/protocol.md}.
 */
public enum Bye {
  /** The node drains; come back after the wait, with {@code since}. */
  MOVED(1012),
  /** Too many at once; come back after the wait, doubled each time. */
  BUSY(1013),
  /** The session is over; do not come back. */
  CLOSED(4000),
  /** The token or role was withdrawn; sign in or join again. */
  REVOKED(4001),
  /** This view is not yours. */
  FORBIDDEN(4003),
  /** You sent data, or pinged without end. */
  FLOODED(4008),
  /** The page is too old for this server; reload it once. */
  PROTOCOL(4009);

  private final int code;

  Bye(int code) {
    this.code = code;
  }

  /** WebSocket close code. */
  public short code() {
    return (short) code;
  }

  /** The {@code reason} in the frame. */
  public String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
