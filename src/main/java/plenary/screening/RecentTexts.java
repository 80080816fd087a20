package plenary.screening;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What came before in one session, as far as the rules for many texts need it: kinds of texts, and
 * where links led, each with who sent it. Bounded whatever comes: a text that is like another takes
 * no further room, and of the rest the longest unseen goes first. Safe for use by several threads.
 */
public final class RecentTexts {
  /** How far back a text is looked at. */
  public static final Duration WINDOW = Duration.ofMinutes(30);

  /** Texts are of one kind from this likeness on. */
  static final double ALIKE = 0.7;

  private static final int KINDS_MAX = 256;
  private static final int LINKS_MAX = 256;
  private static final int AUTHORS_MAX = 8;
  private static final int IDS_MAX = 1_024;

  private final LinkedHashMap<Sketch, Seen> kinds = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<String, Seen> links = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashSet<UUID> ids = new LinkedHashSet<>();

  /** By whom something was sent, the first of them alone, and when. */
  private static final class Seen {
    final Instant first;
    final Map<UUID, Integer> authors = new LinkedHashMap<>();
    Instant last;

    Seen(Instant first) {
      this.first = first;
      this.last = first;
    }

    void by(UUID author, Instant at) {
      last = at.isAfter(last) ? at : last;
      if (authors.containsKey(author) || authors.size() < AUTHORS_MAX) {
        authors.merge(author, 1, Integer::sum);
      }
    }
  }

  /**
   * Who sent something before.
   *
   * @param others other authors, as far as they are counted
   * @param own texts of the author's own
   */
  record Before(int others, int own) {}

  /** Remembers a text; one that is remembered already changes nothing. */
  public synchronized void add(UUID id, UUID author, Instant at, String text) {
    if (!ids.add(id)) {
      return;
    }
    trim(ids.iterator(), ids.size() - IDS_MAX);
    Reading reading = new Reading(text);
    Sketch sketch = reading.sketch();
    Sketch kind =
        kinds.keySet().stream().filter(one -> alike(one, sketch)).findFirst().orElse(sketch);
    kinds.computeIfAbsent(kind, any -> new Seen(at)).by(author, at);
    trim(kinds.keySet().iterator(), kinds.size() - KINDS_MAX);
    for (String link : reading.links()) {
      links.computeIfAbsent(link, any -> new Seen(at)).by(author, at);
    }
    trim(links.keySet().iterator(), links.size() - LINKS_MAX);
  }

  /** Forgets everything. */
  public synchronized void clear() {
    kinds.clear();
    links.clear();
    ids.clear();
  }

  /** Who sent a text like this within the window. */
  synchronized Before like(Sketch sketch, double likeness, UUID author, Instant now) {
    Set<UUID> others = new HashSet<>();
    int own = 0;
    Instant window = now.minus(WINDOW);
    for (Map.Entry<Sketch, Seen> kind : kinds.entrySet()) {
      Seen seen = kind.getValue();
      if (seen.last.isAfter(window) && kind.getKey().likeness(sketch) >= likeness) {
        others.addAll(seen.authors.keySet());
        own += seen.authors.getOrDefault(author, 0);
      }
    }
    others.remove(author);
    return new Before(others.size(), own);
  }

  /** Who sent a link that was not there before the window. */
  synchronized Before linking(String link, UUID author, Instant now) {
    Seen seen = links.get(link);
    if (seen == null || seen.first.isBefore(now.minus(WINDOW))) {
      return new Before(0, 0);
    }
    int own = seen.authors.getOrDefault(author, 0);
    return new Before(seen.authors.size() - (own > 0 ? 1 : 0), own);
  }

  /** How much is kept, for the bound on it. */
  synchronized int size() {
    return kinds.size() + links.size() + ids.size();
  }

  private static boolean alike(Sketch one, Sketch other) {
    return one.likeness(other) >= ALIKE;
  }

  private static void trim(Iterator<?> oldest, int surplus) {
    for (int i = 0; i < surplus; i++) {
      oldest.next();
      oldest.remove();
    }
  }
}
