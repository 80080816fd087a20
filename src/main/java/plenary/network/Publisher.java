package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes posts on one network. The identity is reserved and stored before anything is sent, so that
 * a post sent again after a crash, a timeout or a take-over is never there twice.
 */
public interface Publisher {
  Network network();

  /** An identity for one post: a record key, an idempotency key. */
  String reserve(Instant now);

  /**
   * Sends a post, or finds that it is there already.
   *
   * <p>Fails with a {@link Refused} when it will never work, with a {@link Later} when the network
   * asks to wait; with anything else nobody knows whether it was sent: call it again with {@code
   * again}.
   */
  Future<Sent> publish(Account account, Outgoing outgoing);

  /** Takes a post back; one that is gone already counts. */
  Future<Void> delete(Account account, Sent sent);

  /** How the network counts the length of a text. */
  Length length(Account account);

  /** A text's length as its network counts it. */
  interface Length {
    int of(String text);

    int max();
  }

  /**
   * What is sent.
   *
   * @param identity from {@link #reserve}
   * @param again whether it may be there already, so that it is looked for first where the network
   *     has no identity of its own
   * @param firstTriedAt where to look from
   * @param inReplyTo the post to thread it under, where the network allows
   */
  record Outgoing(
      String identity,
      String text,
      @Nullable String language,
      boolean again,
      Instant firstTriedAt,
      @Nullable Sent inReplyTo,
      @Nullable Sent thread) {}

  /**
   * A post that is there.
   *
   * @param id as {@link Post#id}
   * @param reference what the network needs to reply to it or delete it (cid, local id)
   */
  record Sent(String id, @Nullable String url, JsonObject reference) {}

  /** It will not be sent like this; the message is a sentence for the host. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refused(String sentence) {
      super(sentence, null, false, false);
    }

    public String sentence() {
      return Optional.ofNullable(getMessage()).orElse("");
    }
  }

  /** Not now. */
  final class Later extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Instant at;

    public Later(Instant at, String sentence) {
      super(sentence, null, false, false);
      this.at = at;
    }

    public Instant at() {
      return at;
    }
  }
}
