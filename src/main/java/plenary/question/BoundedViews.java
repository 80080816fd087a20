package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.live.Change;
import plenary.live.Command;
import plenary.live.Live;
import plenary.live.View;

/**
 * Keeps bounded what a view has in its stream: attendees the public questions that matter most,
 * moderators everything undecided that was asked, the newest of what was found on networks, and the
 * newest of what they decided. The rest is paged over HTTP.
 *
 * <p>Membership is stored with the question and changed by an ordinary command, so it is the same
 * on every node. Sessions that this node committed something to are looked at every few seconds.
 * Safe for use from any thread.
 */
public final class BoundedViews {
  private static final System.Logger LOG = System.getLogger(BoundedViews.class.getName());

  /** Sessions looked at in one round, so that the pool is never theirs alone. */
  private static final int SESSIONS_MAX = 50;

  private final Vertx vertx;
  private final Database database;
  private final Live live;
  private final Bounds bounds;
  private final Duration every;
  private final Set<UUID> touched = ConcurrentHashMap.newKeySet();
  private long timer = -1;

  /**
   * How much a view holds.
   *
   * @param max questions at this place or before come in
   * @param slack so many places later they go out, so that none flickers at the edge
   */
  public record Bounds(int max, int slack) {}

  /** Bounds views once {@link #start} was called. */
  public BoundedViews(Vertx vertx, Database database, Live live, Bounds bounds, Duration every) {
    this.vertx = vertx;
    this.database = database;
    this.live = live;
    this.bounds = bounds;
    this.every = every;
  }

  /** Starts to look, every few seconds. */
  public void start() {
    live.onCommitted(touched::add);
    timer = vertx.setPeriodic(every.toMillis(), tick -> round());
  }

  /** Stops; what is under way ends by itself. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  private void round() {
    Iterator<UUID> sessions = touched.iterator();
    for (int i = 0; i < SESSIONS_MAX && sessions.hasNext(); i++) {
      UUID session = sessions.next();
      sessions.remove();
      look(session)
          .onFailure(failure -> LOG.log(System.Logger.Level.WARNING, "bounded views", failure));
    }
  }

  /** Most sessions have nothing to change, and are found so without a lock. */
  private Future<Void> look(UUID session) {
    return BoundStore.due(database.pool(), session, bounds)
        .compose(
            due ->
                due.isEmpty()
                    ? Future.succeededFuture()
                    : live.submit(command(session)).mapEmpty());
  }

  private Command command(UUID session) {
    return SessionRules.command(
        session,
        "bound",
        Command.Lane.CROWD,
        null,
        change ->
            BoundStore.due(change.sql(), session, bounds)
                .compose(due -> apply(change, due))
                .map(changed -> new JsonObject().put("changed", changed)));
  }

  private static Future<Integer> apply(Change change, Map<UUID, Integer> due) {
    return QuestionStore.find(change.sql(), change.session(), due.keySet())
        .compose(
            found -> {
              List<Question> seen = new ArrayList<>();
              List<Question> triaged = new ArrayList<>();
              List<Question> changed = new ArrayList<>();
              for (Question before : found.values()) {
                int mask = due.getOrDefault(before.id(), before.crowdedOut());
                Question moved = before.crowdedOut(mask, before.version());
                int differs = before.views() ^ moved.views();
                if (View.MODERATOR.in(differs)) {
                  moved = before.crowdedOut(mask, change.version());
                  triaged.add(moved);
                }
                if (differs != 0) {
                  seen.add(moved);
                }
                changed.add(moved);
              }
              return BoundStore.update(change.sql(), changed)
                  .compose(ignored -> standings(change, triaged))
                  .map(
                      standings -> {
                        seen.forEach(question -> Entities.show(change, question));
                        triaged.forEach(
                            question ->
                                Entities.triage(change, question, of(standings, question.asker())));
                        return changed.size();
                      });
            });
  }

  private static Future<Map<UUID, Question.Standing>> standings(
      Change change, List<Question> questions) {
    List<UUID> askers = new ArrayList<>();
    for (Question question : questions) {
      if (question.asker() != null) {
        askers.add(question.asker());
      }
    }
    return askers.isEmpty()
        ? Future.succeededFuture(Map.of())
        : QuestionStore.standings(change.sql(), change.session(), askers);
  }

  private static Question.@Nullable Standing of(
      Map<UUID, Question.Standing> standings, @Nullable UUID asker) {
    return asker == null ? null : standings.get(asker);
  }
}
