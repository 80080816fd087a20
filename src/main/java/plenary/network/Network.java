package plenary.network;

import java.util.Locale;

/** Where posts come from and prompts go to. */
public enum Network {
  BLUESKY(true),
  MASTODON(true),

  /**
   * X's developer policy lets nobody but X publish post bodies in bulk: others may share ids alone
   * ("Content redistribution").
   */
  X(false);

  private final String id = name().toLowerCase(Locale.ROOT);
  private final boolean publishesBodies;

  Network(boolean publishesBodies) {
    this.publishesBodies = publishesBodies;
  }

  /** As it stands in the contract, the database, and as a question's source. */
  public String id() {
    return id;
  }

  /**
   * Whether a post's text and its writer may stand in what anybody can read or download for good: a
   * public transcript, an export. Where not, such a document names the post by its id and link and
   * says why there is no more. What a meeting's own people see while it runs is not concerned.
   */
  public boolean publishesBodies() {
    return publishesBodies;
  }

  public static Network named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
