package plenary.watch;

import plenary.web.Request;

/**
 * Where a client says it stands.
 *
 * @param epoch empty for nowhere
 * @param since the version, 0 for nowhere
 */
record Position(String epoch, long since) {
  private static final Position NOWHERE = new Position("", 0);

  /** The {@code Last-Event-ID} ({@code epoch:version}) beats the query. */
  static Position of(Request request, String lastEventId) {
    int colon = lastEventId.lastIndexOf(':');
    if (colon > 0) {
      try {
        long since = Long.parseLong(lastEventId.substring(colon + 1));
        return since < 0 ? NOWHERE : new Position(lastEventId.substring(0, colon), since);
      } catch (NumberFormatException e) {
        return NOWHERE;
      }
    }
    String epoch = request.query("epoch").orElse("");
    long since = request.query("since").map(Long::valueOf).orElse(0L);
    return epoch.isEmpty() ? NOWHERE : new Position(epoch, since);
  }
}
