package plenary.question;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import plenary.database.Ids;
import plenary.live.Change;
import plenary.screening.RecentTexts;

/**
 * What was asked lately in each session, for screening. A node keeps what it has read and reads
 * what is new under the session's lock, so that all nodes judge by the same; bounded in sessions,
 * and each of them in texts.
 */
final class Recently {
  private static final int SESSIONS_MAX = 100;
  private static final int TEXTS_MAX = 500;

  /** Clocks of nodes may differ by as much. */
  private static final Duration SKEW = Duration.ofSeconds(2);

  /** How often what other nodes took in with clocks behind ours is looked for. */
  private static final Duration LOOK_BACK = Duration.ofSeconds(1);

  private final Map<UUID, Texts> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /** The texts of one session; used under its lock alone. */
  private static final class Texts {
    final RecentTexts recent = new RecentTexts();

    /** The newest that was read; the next look begins there. */
    UUID last = Ids.before(Instant.EPOCH);

    /** When, and until which version, the look back was. */
    Instant lookedBack = Instant.EPOCH;

    long complete = -1;

    /** The newest version a look was made at. */
    long version = -1;

    void forget() {
      recent.clear();
      last = Ids.before(Instant.EPOCH);
      lookedBack = Instant.EPOCH;
      complete = -1;
    }
  }

  /** What was asked in the session until now. */
  Future<RecentTexts> of(Change change) {
    Texts texts = texts(change.session());
    long before = change.version() - 1;
    if (before < texts.version) {
      // A batch was rolled back, and its versions are given to others now.
      texts.forget();
    }
    texts.version = before;
    boolean back = !change.now().isBefore(texts.lookedBack.plus(LOOK_BACK));
    return QuestionStore.askedSince(
            change.sql(),
            change.session(),
            back ? lookBack(texts, change.now()) : texts.last,
            back ? texts.complete : -1,
            TEXTS_MAX)
        .map(
            asked -> {
              asked.forEach(one -> texts.recent.add(one.id(), one.asker(), one.at(), one.text()));
              if (!asked.isEmpty()) {
                texts.last = later(texts.last, asked.getLast().id());
              }
              if (back) {
                texts.lookedBack = change.now();
                texts.complete = before;
              }
              return texts.recent;
            });
  }

  private static UUID lookBack(Texts texts, Instant now) {
    Instant since = texts.lookedBack.minus(SKEW);
    Instant window = now.minus(RecentTexts.WINDOW);
    return Ids.before(since.isAfter(window) ? since : window);
  }

  /** As the database compares them. */
  private static UUID later(UUID one, UUID other) {
    return Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits()) >= 0
        ? one
        : other;
  }

  private synchronized Texts texts(UUID session) {
    Texts texts = sessions.computeIfAbsent(session, any -> new Texts());
    if (sessions.size() > SESSIONS_MAX) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    return texts;
  }
}
