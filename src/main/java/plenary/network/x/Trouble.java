package plenary.network.x;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plenary.network.Following.State;

/** What X, or the way to it, has against a request. The sentence is for the organiser. */
final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which of the documented waits applies. */
  enum Wait {
    DROPPED,
    NETWORK,
    HTTP,
    LIMIT
  }

  /** What kind of trouble, how long to wait for it, and how the connector stands meanwhile. */
  enum Kind {
    /** A good connection ended. */
    DROPPED(Wait.DROPPED, State.CONNECTING),
    /** X could not be reached. */
    NETWORK(Wait.NETWORK, State.CONNECTING),
    /** X is out of order. */
    SERVER(Wait.HTTP, State.CONNECTING),
    /** Too many requests, or too many connections. */
    LIMIT(Wait.LIMIT, State.WAITING),
    TOKEN(Wait.HTTP, State.FAILED),
    ACCESS(Wait.HTTP, State.FAILED),
    /** X's own limits on what is spent or read. */
    CREDIT(Wait.HTTP, State.FAILED),
    /** Somebody else answers at that address. */
    NOT_X(Wait.HTTP, State.FAILED),
    /** X does not understand us. */
    REQUEST(Wait.HTTP, State.FAILED);

    private final Wait backoff;
    private final State state;

    Kind(Wait backoff, State state) {
      this.backoff = backoff;
      this.state = state;
    }

    Wait backoff() {
      return backoff;
    }

    State state() {
      return state;
    }
  }

  private final Kind kind;
  private final int status;
  private final transient @Nullable Instant resetsAt;
  private final String detail;

  Trouble(Kind kind, String sentence) {
    this(kind, sentence, 0, null, "");
  }

  /**
   * What X answered.
   *
   * @param detail X's own words, to tell answers apart by; may have what the request had
   */
  Trouble(Kind kind, String sentence, int status, @Nullable Instant resetsAt, String detail) {
    super(sentence, null, false, false);
    this.kind = kind;
    this.status = status;
    this.resetsAt = resetsAt;
    this.detail = detail;
  }

  Kind kind() {
    return kind;
  }

  String sentence() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** The HTTP status; 0 without an answer. */
  int status() {
    return status;
  }

  @Nullable Instant resetsAt() {
    return resetsAt;
  }

  String detail() {
    return detail;
  }
}
