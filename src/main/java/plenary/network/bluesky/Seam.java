package plenary.network.bluesky;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where one connection ends and the next begins, and whether something was left out between. */
final class Seam {
  private final Intake intake;
  private final Pace pace;
  private final String server;

  /** Where the open stream was asked to go on from, until its first event has come. */
  private @Nullable Position asked;

  private Instant openedAt = Instant.EPOCH;
  private boolean leftOut;

  /** Why the stream has to be taken up at its end: what lies before cannot be had. */
  private @Nullable String fromNow;

  /** Where a message was too large to be read; 0 for nowhere. */
  private long stuckAt;

  Seam(Intake intake, Pace pace, String server) {
    this.intake = intake;
    this.pace = pace;
    this.server = server;
  }

  /** The cursor to ask for; none for the end of the stream. */
  OptionalLong from() {
    return fromNow == null ? intake.resume(server) : OptionalLong.empty();
  }

  void opened() {
    asked = intake.position();
    openedAt = Instant.now();
    leftOut = false;
  }

  /** The server says that it left something out. */
  void leftOut() {
    leftOut = true;
  }

  /**
   * The server refuses the cursor.
   *
   * @return whether that is news, so that it can be asked without one
   */
  boolean tooOld() {
    boolean news = fromNow == null;
    fromNow = noLonger();
    return news;
  }

  /** A message could not be read for its size; the second time at one place it is stepped over. */
  void tooLarge() {
    long here = intake.position().micros();
    if (here == stuckAt) {
      fromNow = server + " sent a message that is too large to be read.";
    }
    stuckAt = here;
  }

  /** An event has come; the first one shows whether the stream goes on where it was asked to. */
  void event(Event.Placed event) {
    Position from = asked;
    asked = null;
    if (from == null) {
      return;
    }
    // What came after the stream was opened is not late but new.
    long begins = Math.min(event.micros(), Position.micros(openedAt));
    String why = leftOut || from.isMissedBy(begins, pace) ? noLonger() : null;
    why = fromNow == null ? why : fromNow;
    fromNow = null;
    if (why != null) {
      long until = Math.max(event.micros(), from.micros());
      intake.gap(Event.instant(from.micros()), Event.instant(until), why);
    }
  }

  private String noLonger() {
    return server + " no longer had the posts of this time.";
  }
}
