package plenary.network;

import io.vertx.core.Future;

/**
 * Reads posts of one network. One node at a time runs it for an account; when that node dies
 * another one goes on from the stored cursor. It reconnects by itself, for ever, as the network
 * asks for, and never throws: what is wrong it says through {@link Following#state}.
 */
public interface Connector {
  Network network();

  /** Starts to follow, on the caller's event loop. */
  Running follow(Following following);

  /** A connector at work. */
  interface Running {
    /** Other hashtags are followed from now on. */
    void tagsChanged();

    /** Other prompts were posted. */
    void promptsChanged();

    /** Ends every connection and timer; nothing is told after it completed. */
    Future<Void> stop();
  }
}
