package plenary.network;

import java.util.Locale;

/** Where posts come from and prompts go to. */
public enum Network {
  BLUESKY,
  MASTODON,
  X;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** As it stands in the contract, the database, and as a question's source. */
  public String id() {
    return id;
  }

  public static Network named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
