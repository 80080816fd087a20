package plenary.network.mastodon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plenary.network.Following;
import plenary.network.Following.State;

/** How a connector stands, told when it changes: what is worst comes first. */
final class Standing {
  private final Following following;
  private final Map<String, String> hashtags = new LinkedHashMap<>();
  private List<String> warnings = List.of();
  private @Nullable Trouble reading;
  private @Nullable Trouble waiting;
  private @Nullable String stream;
  private boolean storing = true;
  private boolean caughtUp;
  private boolean connecting = true;
  private boolean ended;
  private @Nullable State toldState;
  private @Nullable String toldSentence;

  Standing(Following following) {
    this.following = following;
  }

  /** Reading failed, or works again. */
  void reading(@Nullable Trouble trouble) {
    reading = trouble;
    waiting = null;
    tell();
  }

  /** The server's limit is reached, and a call waits for it. */
  void waiting(String host) {
    waiting = Trouble.limit(host);
    tell();
  }

  /** One hashtag cannot be read, or can again. */
  void hashtag(String tag, @Nullable Trouble trouble) {
    if (trouble == null) {
      hashtags.remove(tag);
    } else {
      hashtags.put(tag, "#" + tag + ": " + trouble.sentence());
    }
  }

  /** What makes posts be missing. */
  void warnings(List<String> all) {
    warnings = List.copyOf(all);
  }

  /** What is wrong with the stream, while the timeline is read instead. */
  void stream(@Nullable String sentence) {
    stream = sentence;
    tell();
  }

  /** Whether the stream is being opened for the first time or after a loss. */
  void connecting(boolean is) {
    connecting = is;
    tell();
  }

  void storing(boolean works) {
    storing = works;
    tell();
  }

  void caughtUp(boolean is) {
    caughtUp = is;
    tell();
  }

  /** Nothing is told any more. */
  void end() {
    ended = true;
  }

  private void tell() {
    if (ended) {
      return;
    }
    State state;
    @Nullable String sentence = null;
    if (!storing) {
      state = State.WAITING;
      sentence = "The database cannot be reached: what arrives is kept until it can.";
    } else if (reading != null) {
      state = reading.state();
      sentence = reading.sentence();
    } else if (waiting != null) {
      state = waiting.state();
      sentence = waiting.sentence();
    } else if (!caughtUp) {
      state = State.REPAIRING;
    } else if (connecting) {
      state = State.CONNECTING;
    } else {
      state = State.LIVE;
      List<String> all = new ArrayList<>(hashtags.values());
      if (stream != null) {
        all.add(stream);
      }
      all.addAll(warnings);
      sentence = all.isEmpty() ? null : String.join(" ", all);
    }
    if (state != toldState || !Objects.equals(sentence, toldSentence)) {
      toldState = state;
      toldSentence = sentence;
      following.state(state, sentence);
    }
  }
}
