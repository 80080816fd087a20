package plenary.network.x;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Following;
import plenary.network.Following.State;

/** How a follower stands, said when it changes: what is worst comes first. */
final class Standing {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final String DATABASE =
      "What X sends cannot be stored at the moment; it waits and is stored later.";

  private final Following following;
  private final long capMicros;
  private final boolean hasToken;
  private @Nullable String cap;
  private @Nullable Trouble trouble;
  private @Nullable Trouble aside;
  private @Nullable String unsupported;
  private boolean database;
  private boolean connected;
  private boolean idle;
  private boolean filling;
  private boolean over;
  private @Nullable State toldState;
  private @Nullable String toldSentence;

  Standing(Following following, Account account) {
    this.following = following;
    this.capMicros =
        account.settings().getValue("capMicros") instanceof Number n ? n.longValue() : 0;
    this.hasToken =
        account.credentials().getValue("bearer") instanceof String bearer && !bearer.isBlank();
  }

  /** Whether an organiser named a limit, and gave a token: without, nothing is read. */
  boolean mayRead() {
    if (capMicros <= 0) {
      say(State.FAILED, "Reading X costs money: name a monthly spending limit to begin.");
      return false;
    }
    if (!hasToken) {
      say(State.FAILED, "There is no bearer token: copy it from X's developer console.");
      return false;
    }
    return true;
  }

  void capped(Instant now) {
    cap =
        String.format(
            Locale.ROOT,
            "The spending limit of $%.2f for X in %s is reached: nothing more is read until the"
                + " month ends or the limit is raised.",
            capMicros / 1e6,
            MONTH.format(now.atZone(ZoneOffset.UTC)));
    say();
  }

  void paid() {
    cap = null;
    database = false;
    say();
  }

  void trouble(Trouble why) {
    trouble = why;
    say();
  }

  /** Trouble beside the stream, which goes on; null when there is none any more. */
  void aside(@Nullable Trouble why) {
    aside = why;
    say();
  }

  void connected(boolean is) {
    connected = is;
    idle = false;
    trouble = is ? null : trouble;
    say();
  }

  /** There is nothing to follow. */
  void idle() {
    idle = true;
    say();
  }

  void filling(boolean is) {
    filling = is;
    say();
  }

  void database(boolean failing) {
    database = failing;
    say();
  }

  void tags(Collection<String> keys) {
    List<String> others = keys.stream().filter(key -> !RuleTexts.isHashtag(key)).sorted().toList();
    unsupported =
        others.isEmpty()
            ? null
            : "X knows no such hashtag as #" + String.join(", #", others) + ": it is not followed.";
    say();
  }

  void stop() {
    over = true;
  }

  private void say() {
    if (cap != null) {
      say(State.FAILED, cap);
    } else if (database) {
      say(State.WAITING, DATABASE);
    } else if (idle) {
      say(State.LIVE, unsupported == null ? "No hashtag is followed yet." : unsupported);
    } else if (!connected) {
      say(trouble == null ? State.CONNECTING : trouble.kind().state(), sentence(trouble));
    } else if (aside != null) {
      say(aside.kind().state(), aside.sentence());
    } else {
      say(filling ? State.REPAIRING : State.LIVE, unsupported);
    }
  }

  /** A lost connection that is made again at once is nothing to tell anybody. */
  private static @Nullable String sentence(@Nullable Trouble trouble) {
    return trouble == null || trouble.kind() == Trouble.Kind.DROPPED ? null : trouble.sentence();
  }

  private void say(State state, @Nullable String sentence) {
    if (over || state == toldState && Objects.equals(sentence, toldSentence)) {
      return;
    }
    toldState = state;
    toldSentence = sentence;
    following.state(state, sentence);
  }
}
