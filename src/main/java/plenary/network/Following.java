package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a connector works with: whom it reads for, and where its news go. One per account. */
public interface Following {
  Account account();

  /** The matching keys of the hashtags that are followed now ({@code hashtag.Tags#key}). */
  Set<String> tags();

  /**
   * The same hashtags as they were written, for a network that is asked for them ({@code
   * hashtag.Tags#spellings}).
   */
  Set<String> spellings();

  /** Our own posts of this network that ask something: what answers them is news as well. */
  Set<Prompt> prompts();

  /**
   * A post that a chat's prompt went out as.
   *
   * @param account that it was posted by
   * @param reference see {@link Publisher.Sent}
   */
  record Prompt(String id, UUID account, JsonObject reference) {}

  /** Whether a post stands in a thread of one of {@link #prompts}. */
  default boolean answers(Post post) {
    return prompts().stream()
        .anyMatch(
            prompt -> prompt.id().equals(post.replyTo()) || prompt.id().equals(post.thread()));
  }

  /** The cursor stored last; null before the first. */
  @Nullable JsonObject cursor();

  /**
   * Stores news and, in the same transaction, the cursor up to which everything is stored then. One
   * call at a time; completes when durable. When it fails with {@link Superseded} another node has
   * taken over: stop. Otherwise the database is not to be reached: go on from the old cursor later.
   *
   * @param news at most {@link #BATCH_MAX}
   * @param cursor null leaves it
   */
  Future<Void> accept(List<News> news, @Nullable JsonObject cursor);

  /** Most news in one call of {@link #accept}. */
  int BATCH_MAX = 500;

  /** Something may be missing, for good; it is marked in figures and transcripts. */
  Future<Void> gap(Instant from, Instant until, String why);

  /**
   * Posts of this account's network that still stand, newest first, for a sweep that asks the
   * network whether they do.
   */
  Future<List<Known>> known(Instant since, int limit);

  /**
   * A stored post.
   *
   * @param local see {@link Post#local}
   */
  record Known(String id, @Nullable String local, long revision, Instant postedAt) {}

  /**
   * How it goes, for the organiser and the moderator.
   *
   * @param sentence what is wrong, in words an organiser can act on; null when nothing is
   */
  void state(State state, @Nullable String sentence);

  /** How a connector stands. */
  enum State {
    /** Not connected yet, or again after a short loss. */
    CONNECTING,
    /** Reading what was missed. */
    REPAIRING,
    /** Everything arrives. */
    LIVE,
    /** Waits for the network's limit, or for the database. */
    WAITING,
    /**
     * Needs the organiser: wrong token, not a Mastodon server, spending limit reached. It still
     * tries again now and then.
     */
    FAILED
  }

  /** A connection was lost and is made again. */
  void reconnected();

  /** How long ago what arrives now was written. */
  void lag(Duration lag);

  /** What the network leaves of its rate limit. */
  void headroom(long remaining, long limit, Instant resetsAt);

  /**
   * Adds to what was spent this month, durably, before the money is spent.
   *
   * @return whether it stays within the account's limit; when not, nothing was added
   */
  Future<Boolean> spend(long micros);

  /** Another node runs this connector now. */
  final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Superseded() {
      super("another node runs this connector", null, false, false);
    }
  }
}
