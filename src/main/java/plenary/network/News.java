package plenary.network;

/** Something that happened on a network. Told twice, or out of order, it ends the same. */
public sealed interface News {
  /** A post was written or edited. Without a followed hashtag it matters only if it is known. */
  record Wrote(Post post) implements News {}

  /**
   * A post was deleted.
   *
   * @param revision as a post's; {@link Long#MAX_VALUE} where an id is never used again
   * @param remember whether a post that is not known yet must be refused when it comes: where the
   *     network tells the deletion of posts with a followed hashtag alone, or may tell it first
   */
  record Deleted(String id, long revision, boolean remember) implements News {}

  /** An account went, was suspended or hidden, with everything it wrote; or came back. */
  record Writer(String id, boolean gone) implements News {}

  /**
   * What an account is called, found or changed after it wrote. Where nothing of it is known it
   * does not matter.
   */
  record Named(Post.Writer writer) implements News {}
}
