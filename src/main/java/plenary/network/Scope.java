package plenary.network;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import plenary.hashtag.Tags;
import plenary.meeting.Follows.Followed;

/**
 * What an account is read for. Where it is nothing, its posts are only watched: what is deleted or
 * edited is told, and nothing new.
 *
 * @param keys of the hashtags, and {@code spellings} as they were written
 * @param prompts whose answers come in without a hashtag too
 */
record Scope(Set<String> keys, Set<String> spellings, Set<Following.Prompt> prompts) {
  static final Scope NOTHING = new Scope(Set.of(), Set.of(), Set.of());

  /** Nobody answers a prompt later; and to ask for answers costs calls, or money. */
  private static final Duration ANSWERED = Duration.ofDays(7);

  Scope {
    keys = Set.copyOf(keys);
    spellings = Set.copyOf(spellings);
    prompts = Set.copyOf(prompts);
  }

  /** Everything a meeting follows on a network. */
  static Scope of(Network network, Followed followed, List<Placement.Asked> asked, Instant now) {
    List<String> written = new ArrayList<>(followed.tags());
    followed.sessions().forEach(slot -> written.addAll(slot.tags()));
    Set<String> keys = new HashSet<>();
    written.forEach(tag -> keys.add(Tags.key(tag)));
    Set<Following.Prompt> prompts = new HashSet<>();
    for (Placement.Asked each : asked) {
      if (each.network() == network && each.sentAt().isAfter(now.minus(ANSWERED))) {
        prompts.add(each.prompt());
      }
    }
    return new Scope(keys, Tags.spellings(written), prompts);
  }

  boolean isNothing() {
    return keys.isEmpty();
  }
}
