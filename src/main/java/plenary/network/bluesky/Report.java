package plenary.network.bluesky;

import org.jspecify.annotations.Nullable;
import plenary.network.Following;
import plenary.network.Following.State;

/** Says how it goes, once each time it changes. */
final class Report {
  private static final String NOT_STORED =
      "The posts of Bluesky cannot be stored at the moment; they are kept and stored later.";

  private final Following following;
  private State connection = State.CONNECTING;
  private @Nullable String trouble;
  private boolean storing = true;
  private boolean ended;
  private @Nullable String said;

  Report(Following following) {
    this.following = following;
  }

  void connection(State state, @Nullable String sentence) {
    connection = state;
    trouble = sentence;
    say();
  }

  State connection() {
    return connection;
  }

  void storing(boolean works) {
    storing = works;
    say();
  }

  void end() {
    ended = true;
  }

  private void say() {
    State state = storing ? connection : State.WAITING;
    String sentence = storing ? trouble : NOT_STORED;
    String now = state + " " + sentence;
    if (!ended && !now.equals(said)) {
      said = now;
      following.state(state, sentence);
    }
  }
}
