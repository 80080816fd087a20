package plenary.question;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import plenary.live.View;

/** Where a question stands in its life; the table of moves is here and nowhere else. */
enum Status {
  INCOMING,
  APPROVED,
  QUEUED,
  STAGE,
  ANSWERED,
  DISMISSED,
  MERGED,
  WITHDRAWN;

  private final String id = name().toLowerCase(Locale.ROOT);

  String id() {
    return id;
  }

  static Status named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /**
   * Where a moderator may move a question that stands here. Staying is no move, but for queueing.
   */
  Set<Status> moves() {
    return switch (this) {
      case INCOMING -> EnumSet.of(APPROVED, QUEUED, STAGE, ANSWERED, DISMISSED);
      case APPROVED -> EnumSet.of(INCOMING, QUEUED, STAGE, ANSWERED, DISMISSED);
      case QUEUED -> EnumSet.of(INCOMING, APPROVED, QUEUED, STAGE, ANSWERED, DISMISSED);
      case STAGE -> EnumSet.of(INCOMING, APPROVED, QUEUED, ANSWERED, DISMISSED);
      case ANSWERED -> EnumSet.of(INCOMING, APPROVED, QUEUED, STAGE, DISMISSED);
      case DISMISSED, MERGED -> EnumSet.of(INCOMING);
      case WITHDRAWN -> EnumSet.noneOf(Status.class);
    };
  }

  /** Whether everybody may see it. */
  boolean isPublic() {
    return switch (this) {
      case APPROVED, QUEUED, STAGE, ANSWERED -> true;
      case INCOMING, DISMISSED, MERGED, WITHDRAWN -> false;
    };
  }

  /** Whether it may be merged into another. */
  boolean isMergeable() {
    return this != MERGED && this != WITHDRAWN;
  }

  /** Whether moderators are done with it. */
  boolean isDecided() {
    return switch (this) {
      case INCOMING, APPROVED, QUEUED, STAGE -> false;
      case ANSWERED, DISMISSED, MERGED, WITHDRAWN -> true;
    };
  }

  /**
   * The views that have a question in their stream that stands here. Nothing crowds out the stage
   * and the queue, nor what moderators have to decide.
   *
   * @param crowdedOut the views in which too many others come before it
   * @param found whether it came from a network: of those, nobody bounds how many are undecided
   */
  int views(int crowdedOut, boolean found) {
    int without = crowdedOut;
    if (this == QUEUED || this == STAGE) {
      without &= ~View.ATTENDEE.bit();
    }
    if (!isDecided() && !(found && this == INCOMING)) {
      without &= ~View.MODERATOR.bit();
    }
    return (isPublic() ? View.ALL : View.MODERATOR.bit()) & ~without;
  }
}
