package plenary.live;

/** The last frame of a stream. */
public final class Farewell {
  private Farewell() {}

  /**
   * The {@code bye} frame.
   *
   * @param retryAfterMillis after which the client may come back
   */
  public static String text(Bye bye, long retryAfterMillis) {
    return "{\"type\":\"bye\",\"reason\":\""
        + bye.reason()
        + "\",\"retryAfterMs\":"
        + retryAfterMillis
        + '}';
  }
}
