package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A question that asks much the same as a text.
 *
 * @param score shared trigrams, per cent; 100 for the same words
 */
record Lookalike(UUID id, String text, Status status, int votes, int score) {
  /** Of pairs of the same medical question asked twice, this finds 82 in 100; see WordingTest. */
  static final int SCORE_MIN = 40;

  private static final int SHOWN_MAX = 5;

  /** Where a near-duplicate is of use to moderators, be it only to dismiss this one as well. */
  static final Set<Status> ANYWHERE =
      EnumSet.complementOf(EnumSet.of(Status.MERGED, Status.WITHDRAWN));

  /** Those of a session that stand so, the most similar first. */
  static Future<List<Lookalike>> of(
      SqlClient sql, UUID session, Wording wording, Set<Status> statuses) {
    if (wording.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return SketchStore.candidates(sql, session, wording, statuses)
        .map(
            found ->
                found.stream()
                    .map(each -> each.against(wording))
                    .filter(each -> each.score() >= SCORE_MIN)
                    .sorted(
                        Comparator.comparingInt(Lookalike::score)
                            .thenComparingInt(Lookalike::votes)
                            .reversed()
                            .thenComparing(Lookalike::id))
                    .limit(SHOWN_MAX)
                    .toList());
  }

  private Lookalike against(Wording wording) {
    return new Lookalike(id, text, status, votes, wording.similarity(Wording.of(text)));
  }

  /** As moderators have it beside the newer question. */
  JsonObject hint() {
    return new JsonObject().put("id", id.toString()).put("score", score);
  }

  /** As it is offered to whoever is about to ask. */
  JsonObject toJson() {
    return hint().put("text", text).put("status", status.id()).put("votes", votes);
  }
}
