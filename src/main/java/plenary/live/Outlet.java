package plenary.live;

/**
 * The way out to one client: a WebSocket or a stream of server-sent events. Used on the
 * connection's event loop only.
 */
public interface Outlet {
  /** Whether bytes wait that the client did not take yet. */
  boolean full();

  /**
   * Sends a frame.
   *
   * @param version the version a client stands at after it, or -1 for a frame without one
   */
  void send(String frame, String epoch, long version);

  /** Sends a frame that others get too, so that it need not be encoded for each. */
  default void sendShared(SharedText frame, String epoch, long version) {
    send(frame.text(), epoch, version);
  }

  /**
   * The same, unless bytes wait that the client did not take; says whether it was sent. A client
   * that is gone counts as told.
   */
  default boolean offerShared(SharedText frame, String epoch, long version) {
    if (full()) {
      return false;
    }
    sendShared(frame, epoch, version);
    return true;
  }

  /** Calls once when what waited has gone out. */
  void onDrain(Runnable action);

  /** Asks for a sign of life; a client that answers none is closed by the read timeout. */
  void ping();

  /** Says good-bye and closes in the ordinary way, which needs a client that reads. */
  void close(Bye bye, long retryAfterMillis);

  /** Frees the connection at once, also when the client does not read. */
  void hardClose();
}
