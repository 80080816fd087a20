package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Outages;

/** What reports may know of questions: counts while they come in, and all of them to take away. */
public final class QuestionReport {
  private final Database database;

  /** Over a database. */
  public QuestionReport(Database database) {
    this.database = database;
  }

  /**
   * How a session stands.
   *
   * @param stage the text that is on stage
   * @param lastActivity when a question came in or was last moved or edited
   */
  public record Standing(
      int incoming,
      int approved,
      int queued,
      int answered,
      @Nullable String stage,
      @Nullable Instant lastActivity) {
    /** Nobody has asked anything. */
    public static final Standing QUIET = new Standing(0, 0, 0, 0, null, null);
  }

  /** How sessions stand; those without a question are left out. */
  public Future<Map<UUID, Standing>> standings(Set<UUID> sessions) {
    return told(ReportStore.standings(database.pool(), sessions.toArray(UUID[]::new)));
  }

  /** Which of the sessions have questions, or entries in their log. */
  public Future<Set<UUID>> used(Set<UUID> sessions) {
    return told(ReportStore.used(database.pool(), sessions.toArray(UUID[]::new)));
  }

  /**
   * A page of a session's questions, oldest first. What an asker took back is without its text.
   *
   * @param names whether the meeting shows names at all
   * @param after the id of the last one of the page before
   */
  public Future<List<JsonObject>> questions(
      UUID session, boolean names, @Nullable UUID after, int limit) {
    return told(ReportStore.questions(database.pool(), session, names, after, limit));
  }

  /** A page of a session's moderation log, oldest first, in the contract's form. */
  public Future<List<JsonObject>> log(UUID session, @Nullable UUID after, int limit) {
    return told(LogStore.oldest(database.pool(), session, limit, after))
        .map(entries -> entries.stream().map(LogEntry::toJson).toList());
  }

  private static <T> Future<T> told(Future<T> result) {
    return result.recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
