package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.identity.Participant;
import plenary.problem.Failure;

/**
 * Stores people who join for the first time. Those who come while a statement is under way are
 * stored together by the next one: a full hall costs a few dozen commits a second, and somebody
 * alone waits for nobody. Each is answered after the commit. Safe for use by several threads.
 */
final class Newcomers {
  private static final int WAITING_MAX = 10_000;
  private static final int BATCH_MAX = 500;

  /** Statements under way at once, so that a hall leaves connections to everybody else. */
  private static final int BATCHES_MAX = 2;

  private final Database database;
  private final List<Waiting> waiting = new ArrayList<>();
  private int batches;

  Newcomers(Database database) {
    this.database = database;
  }

  /** Somebody new: sign-in, token and participant. */
  record Newcomer(
      Participant participant, UUID signIn, Buffer hash, Instant joinedAt, Instant expiresAt) {}

  private record Waiting(Newcomer newcomer, Promise<Void> stored) {}

  /** Stores one; completes after the commit. */
  Future<Void> store(Newcomer newcomer) {
    Promise<Void> stored = Promise.promise();
    synchronized (this) {
      if (waiting.size() >= WAITING_MAX) {
        return Future.failedFuture(
            new Failure.Unavailable(
                "busy", "Too many people join at once. Try again.", Duration.ofSeconds(2)));
      }
      waiting.add(new Waiting(newcomer, stored));
    }
    next();
    return stored.future();
  }

  private void next() {
    List<Waiting> batch;
    synchronized (this) {
      if (batches >= BATCHES_MAX || waiting.isEmpty()) {
        return;
      }
      batches++;
      List<Waiting> first = waiting.subList(0, Math.min(BATCH_MAX, waiting.size()));
      batch = List.copyOf(first);
      first.clear();
    }
    ParticipantStore.insertNewcomers(
            database.pool(), batch.stream().map(Waiting::newcomer).toList())
        .onComplete(
            done -> {
              synchronized (this) {
                batches--;
              }
              next();
              for (Waiting each : batch) {
                if (done.succeeded()) {
                  each.stored().complete();
                } else {
                  each.stored().fail(Outages.told(done.cause()));
                }
              }
            });
  }
}
