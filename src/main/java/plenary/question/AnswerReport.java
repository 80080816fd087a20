package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import plenary.database.Database;
import plenary.database.Outages;

/** What the host of a chat may know of who takes part, and of what was answered. */
public final class AnswerReport {
  private static final int LISTED_MAX = 20;

  private final Database database;

  /** Over a database. */
  public AnswerReport(Database database) {
    this.database = database;
  }

  /**
   * Counts for each prompt that has answers: {@code prompt}, {@code answers} that are public,
   * {@code incoming}, {@code guessed}, {@code people}, and {@code firstMs} and {@code medianMs}
   * from when it went out to when they were written.
   *
   * @param prompts with {@code id} and {@code outAt}
   */
  public Future<JsonArray> prompts(UUID session, List<JsonObject> prompts) {
    return told(AnswerStore.prompts(database.pool(), session, prompts));
  }

  /**
   * Who takes part: {@code people}, {@code newcomers} who never wrote in this meeting before,
   * {@code quiet} ones who wrote in it before or voted here but said nothing here, and {@code
   * helpful}: those whose answers the most people found helpful, each person once for each of them.
   */
  public Future<JsonObject> people(UUID session) {
    return told(AnswerStore.people(database.pool(), session, LISTED_MAX));
  }

  /** Public questions, of the hall or the networks, that nobody answered. */
  public Future<JsonArray> unanswered(UUID session) {
    return told(AnswerStore.unanswered(database.pool(), session, LISTED_MAX));
  }

  private static <T> Future<T> told(Future<T> result) {
    return result.recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
