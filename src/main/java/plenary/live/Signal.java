package plenary.live;

import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;

/**
 * How nodes wake each other. It may lose, repeat and reorder: whoever hears nothing polls, whoever
 * hears something old ignores it.
 */
interface Signal {
  /** Starts listening; the future completes once nothing sent from now on is missed silently. */
  Future<Void> listen(Listener listener);

  /** A session is at that version. */
  void announce(UUID session, long version);

  /** A grant or participant lost its rights. */
  void revoke(UUID principal);

  /** A session was erased. Said before the revocations that go with it. */
  void erase(UUID session);

  /** How many attendees this node serves, by session. */
  void count(Map<UUID, Integer> attendees);

  Future<Void> close();

  /** What other nodes said, and this one too. Called on an event loop. */
  interface Listener {
    void announced(UUID session, long version);

    void revoked(UUID principal);

    void erased(UUID session);

    void counted(UUID node, UUID session, int attendees);

    /** Listening started, again or for the first time: whatever was missed must be read. */
    void listening();
  }
}
