package plenary.network;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.question.Place;

/** Says which prompt of a session's chat posts are answers to. */
@FunctionalInterface
public interface Placement {
  /** No chat anywhere. */
  Placement NONE = (session, posts) -> Future.succeededFuture(new Placed(Map.of(), Set.of()));

  /**
   * What the chats of meetings have posted themselves, by meeting: the answers to it are read for,
   * with a hashtag or without.
   */
  default Future<Map<UUID, List<Asked>>> asked(Set<UUID> meetings) {
    return Future.succeededFuture(Map.of());
  }

  /**
   * A prompt as it stands on a network.
   *
   * @param session whose chat asks
   */
  record Asked(UUID session, Network network, Following.Prompt prompt, Instant sentAt) {
    boolean isAnsweredBy(Network by, @Nullable String replyTo, @Nullable String thread) {
      return network == by && (prompt.id().equals(replyTo) || prompt.id().equals(thread));
    }
  }

  /** What a session's chat has to say of posts. */
  Future<Placed> place(UUID session, List<Candidate> posts);

  /**
   * What is known of posts.
   *
   * @param places of those that are answers; the others are left out
   * @param prompts those that are the chat's own prompts, which nobody has to be told of
   */
  record Placed(Map<UUID, Place> places, Set<UUID> prompts) {}

  /**
   * A post that comes into a session.
   *
   * @param post as the inbox keeps it
   * @param id as the network has it, as {@code replyTo} and {@code thread}
   */
  record Candidate(
      UUID post,
      Network network,
      String id,
      @Nullable String replyTo,
      @Nullable String thread,
      String text,
      Instant postedAt) {}
}
