package plenary.live;

/**
 * One client of a session's stream, on its event loop. Knows the version the client stands at,
 * skips what the client cannot take, and asks for one catch-up when it can again. There is no
 * backlog.
 */
final class LiveSocket {
  private final Viewer viewer;
  private final Outlet outlet;
  private Runnable catchUp = () -> {};

  private String epoch;
  private long have;
  private boolean behind = true;
  private boolean closed;
  private long fullSince;

  /** Its turn in the ping interval, so that pings are spread. */
  private final int slot;

  /**
   * @param epoch of the position the client claims; empty for none
   * @param have the version the client claims to stand at; 0 for none
   */
  LiveSocket(Viewer viewer, Outlet outlet, String epoch, long have, int slot) {
    this.viewer = viewer;
    this.outlet = outlet;
    this.epoch = epoch;
    this.have = have;
    this.slot = slot;
  }

  /** Sets how a catch-up is asked for; before the socket is let in. */
  void onBehind(Runnable ask) {
    catchUp = ask;
  }

  Viewer viewer() {
    return viewer;
  }

  Outlet outlet() {
    return outlet;
  }

  String epoch() {
    return epoch;
  }

  long have() {
    return have;
  }

  int slot() {
    return slot;
  }

  /** Whether it waits for its first frame or for a catch-up. */
  boolean isBehind() {
    return behind;
  }

  /** When its queue was found full and did not drain since, in nanoseconds; 0 when it is not. */
  long fullSince() {
    return fullSince;
  }

  /** A frame that every socket of the view gets. Says whether it was written. */
  boolean offer(Frame frame) {
    // A pulse is a sign of life: it is sent also when the client has everything.
    boolean known =
        frame.kind() == Frame.Kind.PULSE ? frame.version() < have : frame.version() <= have;
    if (closed || behind || known) {
      return false;
    }
    if (frame.from() > have
        || !frame.epoch().equals(epoch)
        || !outlet.offerShared(frame.content(), frame.epoch(), frame.version())) {
      fallBehind();
      return false;
    }
    have = frame.version();
    return true;
  }

  /** Entities of this participant alone; a skip is healed by the catch-up. */
  void offerPrivate(String frame) {
    if (closed || behind) {
      return;
    }
    if (outlet.full()) {
      fallBehind();
    } else {
      outlet.send(frame, epoch, -1);
    }
  }

  /** The first frame, or the one that makes up for skipped ones. */
  void bring(Frame frame, String privately) {
    if (closed) {
      return;
    }
    behind = false;
    if (frame.kind() == Frame.Kind.SNAPSHOT || frame.version() >= have) {
      write(frame);
    }
    if (!privately.isEmpty()) {
      outlet.send(privately, epoch, -1);
    }
  }

  private void write(Frame frame) {
    outlet.sendShared(frame.content(), frame.epoch(), frame.version());
    epoch = frame.epoch();
    have = frame.version();
  }

  private void fallBehind() {
    behind = true;
    if (outlet.full()) {
      fullSince = System.nanoTime();
      outlet.onDrain(
          () -> {
            fullSince = 0;
            catchUp.run();
          });
    } else {
      catchUp.run();
    }
  }

  void close(Bye bye, long retryAfterMillis) {
    if (!closed) {
      closed = true;
      outlet.close(bye, retryAfterMillis);
    }
  }

  void gone() {
    closed = true;
  }
}
