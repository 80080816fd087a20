package plenary.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import plenary.live.EntityStore.Reading;

/**
 * A session's entities as of one version, on one node: a cache of the database. Answers what a view
 * has to be told since any version. Confined to one event loop.
 */
final class SessionState {
  /** In order of version: a changed entity moves to the end. */
  private final LinkedHashMap<String, Entity> entities = new LinkedHashMap<>();

  private final Map<UUID, Set<String>> owned = new HashMap<>();
  private final String epoch;
  private long version;
  private long purgedBelow;

  SessionState(Reading reading) {
    epoch = reading.epoch();
    purgedBelow = reading.purgedBelow();
    apply(reading.entities(), reading.head());
  }

  String epoch() {
    return epoch;
  }

  long version() {
    return version;
  }

  /** Whether a client that stands there can be told the difference instead of everything. */
  boolean canResume(String clientEpoch, long since) {
    return epoch.equals(clientEpoch) && since >= purgedBelow && since <= version;
  }

  /** Takes over what changed up to that version. */
  void apply(Collection<Entity> changed, long to) {
    for (Entity entity : changed) {
      entities.remove(entity.key());
      entities.put(entity.key(), entity);
      if (entity.owner() != null) {
        owned.computeIfAbsent(entity.owner(), owner -> new LinkedHashSet<>()).add(entity.key());
      }
    }
    version = to;
  }

  void purged(long below) {
    purgedBelow = Math.max(purgedBelow, below);
    entities.values().removeIf(entity -> entity.body() == null && entity.version() <= purgedBelow);
  }

  /** What a view must be told after a version: what it sees now, and what it sees no longer. */
  record Delta(List<Entity> put, List<Entity> drop) {
    boolean isEmpty() {
      return put.isEmpty() && drop.isEmpty();
    }
  }

  Delta since(View view, long since) {
    return collect(since, entity -> view.in(entity.views()), entity -> view.in(entity.shown()));
  }

  /** Everything a view sees now. */
  List<Entity> seenBy(View view) {
    List<Entity> seen = new ArrayList<>();
    for (Entity entity : entities.values()) {
      if (entity.body() != null && view.in(entity.views())) {
        seen.add(entity);
      }
    }
    return seen;
  }

  /** What one participant alone sees, oldest change first; of more than that many the newest. */
  List<Entity> ownedBy(UUID owner, int most) {
    List<Entity> theirs = new ArrayList<>();
    for (String key : owned.getOrDefault(owner, Set.of())) {
      Entity entity = entities.get(key);
      if (entity != null && entity.body() != null) {
        theirs.add(entity);
      }
    }
    theirs.sort((a, b) -> Long.compare(a.version(), b.version()));
    return theirs.size() <= most
        ? theirs
        : List.copyOf(theirs.subList(theirs.size() - most, theirs.size()));
  }

  /** Calls for every private entity that changed after a version. */
  void forEachOwnedSince(long since, Consumer<Entity> action) {
    for (Entity entity : entities.sequencedValues().reversed()) {
      if (entity.version() <= since) {
        return;
      }
      if (entity.owner() != null) {
        action.accept(entity);
      }
    }
  }

  private Delta collect(long since, Predicate<Entity> sees, Predicate<Entity> saw) {
    List<Entity> put = new ArrayList<>();
    List<Entity> drop = new ArrayList<>();
    for (Entity entity : entities.sequencedValues().reversed()) {
      if (entity.version() <= since) {
        break;
      }
      if (sees.test(entity)) {
        put.add(entity);
      } else if (saw.test(entity)) {
        drop.add(entity);
      }
    }
    Collections.reverse(put);
    Collections.reverse(drop);
    return new Delta(put, drop);
  }
}
