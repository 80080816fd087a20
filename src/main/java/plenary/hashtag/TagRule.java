package plenary.hashtag;

import java.util.List;
import java.util.Locale;

/** What a network takes for a hashtag when somebody types a post there. */
enum TagRule {
  X {
    @Override
    List<Found> find(String text) {
      return TagReader.hashtags(text);
    }
  },
  MASTODON {
    @Override
    List<Found> find(String text) {
      return MastodonTags.find(text);
    }
  },
  BLUESKY {
    @Override
    List<Found> find(String text) {
      return BlueskyTags.find(text);
    }
  };

  private final String id = name().toLowerCase(Locale.ROOT);

  /** As the contract names the network. */
  String id() {
    return id;
  }

  /** The hashtags of a text, in its order. */
  abstract List<Found> find(String text);

  /** Whether a tag is one when it stands alone. */
  boolean takes(String tag) {
    List<Found> found = find("#" + tag);
    return found.size() == 1 && found.getFirst().tag().equals(tag);
  }

  /**
   * A hashtag of a text.
   *
   * @param start where its sign stands
   * @param end behind its last character
   * @param tag without the sign
   */
  record Found(int start, int end, String tag) {}
}
