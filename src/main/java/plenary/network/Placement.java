package plenary.network;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.question.Place;

/** Says which prompt of a session's chat posts are answers to. */
@FunctionalInterface
public interface Placement {
  /** No chat anywhere. */
  Placement NONE = (session, posts) -> Future.succeededFuture(Map.of());

  /** The places of those that are answers; the others are left out. */
  Future<Map<UUID, Place>> place(UUID session, List<Candidate> posts);

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
