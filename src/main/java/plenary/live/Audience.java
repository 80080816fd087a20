package plenary.live;

import java.util.UUID;

/** What a pulse says beside the version. */
interface Audience {
  /** Attendees that watch the session, on all nodes. */
  int live(UUID session);

  /** Whether this node has not heard from the database for a while, so screens may be behind. */
  boolean isDelayed();
}
