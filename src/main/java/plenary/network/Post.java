package plenary.network;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post, as its network tells it. Lengths are whatever the network sent: the inbox bounds them.
 *
 * @param id its lasting name on the network: at-uri, ActivityPub URI, the first id of X's edit
 *     history; the same whatever server or stream it came through
 * @param revision orders what is told of one post: only what is newer than what is stored counts
 * @param text plain, without markup
 * @param language BCP 47, as the network has it; unknown is common
 * @param url where a person reads it
 * @param local the id that the server needs it called by, where that is another one (Mastodon)
 * @param replyTo the post that it answers, and {@code thread} the first of that thread
 * @param repostOf the post that it repeats; its own text is then of no account
 * @param tags hashtags as the network's own entities have them, without the sign
 * @param mentions of handles, without the sign
 */
public record Post(
    String id,
    long revision,
    Writer writer,
    String text,
    @Nullable String language,
    @Nullable String url,
    @Nullable String local,
    Instant postedAt,
    boolean edited,
    @Nullable String replyTo,
    @Nullable String thread,
    @Nullable String repostOf,
    List<String> tags,
    List<String> mentions,
    List<String> links) {

  public Post {
    tags = List.copyOf(tags);
    mentions = List.copyOf(mentions);
    links = List.copyOf(links);
  }

  /**
   * Who wrote it.
   *
   * @param id lasting name on the network (DID, account URI, user id)
   * @param handle without a leading sign; the id where it is not known
   * @param name as they give it
   */
  public record Writer(String id, String handle, @Nullable String name) {}
}
