package plenary.question;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
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

  private final Map<UUID, Texts> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /** The texts of one session; used under its lock alone. */
  private static final class Texts {
    final RecentTexts recent = new RecentTexts();
    Instant readAt = Instant.EPOCH;
    long version = -1;
  }

  /** What was asked in the session until now. */
  Future<RecentTexts> of(Change change) {
    Texts texts = texts(change.session());
    long before = change.version() - 1;
    if (before < texts.version) {
      // A batch was rolled back, and its versions are given to others now.
      texts.recent.clear();
      texts.readAt = Instant.EPOCH;
      texts.version = -1;
    }
    Instant window = change.now().minus(RecentTexts.WINDOW);
    Instant since = texts.readAt.minus(SKEW);
    return QuestionStore.askedSince(
            change.sql(),
            change.session(),
            since.isAfter(window) ? since : window,
            texts.version,
            TEXTS_MAX)
        .map(
            asked -> {
              asked.forEach(one -> texts.recent.add(one.id(), one.asker(), one.at(), one.text()));
              texts.readAt = change.now();
              texts.version = before;
              return texts.recent;
            });
  }

  private synchronized Texts texts(UUID session) {
    Texts texts = sessions.computeIfAbsent(session, any -> new Texts());
    if (sessions.size() > SESSIONS_MAX) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    return texts;
  }
}
