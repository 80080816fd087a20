package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import plenary.access.TokenStore.Known;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.identity.Principal;
import plenary.problem.Failure;

/**
 * Who holds a token. Answers are remembered for a short while, and tokens that are asked for at the
 * same time are looked up together: a hall that comes back at once costs a few dozen queries, not
 * one per phone. Safe for use by several threads.
 */
final class Principals {
  private static final int REMEMBERED_MAX = 50_000;
  private static final int FORGOTTEN_MAX = 50_000;
  private static final int WAITING_MAX = 20_000;
  private static final int BATCH_MAX = 500;

  /** Batches under way at once, so that look-ups leave connections to everybody else. */
  private static final int BATCHES_MAX = 2;

  /** Roles are kept alive at most this often. */
  private static final Duration KEEP_EVERY = Duration.ofMinutes(5);

  private final Database database;
  private final AccessLimits limits;
  private final InstantSource time;
  private final Map<Buffer, Remembered> remembered = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<UUID, Long> forgotten = new LinkedHashMap<>();
  private final Map<Buffer, Promise<Principal>> waiting = new LinkedHashMap<>();
  private int batches;
  private long forgettings;
  private long forgottenAll;

  Principals(Database database, AccessLimits limits, InstantSource time) {
    this.database = database;
    this.limits = limits;
    this.time = time;
  }

  /**
   * An answer.
   *
   * @param asked how many forgettings there had been when it was asked for
   */
  private record Remembered(Principal principal, Instant until, long asked) {}

  /** Who holds the token; {@link Principal#NOBODY} for one that is unknown, expired or revoked. */
  Future<Principal> of(String token) {
    Buffer hash = Token.hash(token);
    Promise<Principal> promise;
    synchronized (this) {
      Remembered there = remembered.get(hash);
      if (there != null
          && there.until().isAfter(time.instant())
          && !isForgotten(there.principal(), there.asked())) {
        return Future.succeededFuture(there.principal());
      }
      Promise<Principal> asked = waiting.get(hash);
      if (asked != null) {
        return asked.future();
      }
      if (waiting.size() >= WAITING_MAX) {
        return Future.failedFuture(
            new Failure.Unavailable(
                "busy", "Too many people arrive at once. Try again.", Duration.ofSeconds(2)));
      }
      promise = Promise.promise();
      waiting.put(hash, promise);
    }
    lookUp();
    return promise.future();
  }

  private void lookUp() {
    Map<Buffer, Promise<Principal>> batch = new LinkedHashMap<>();
    long begun;
    synchronized (this) {
      if (batches >= BATCHES_MAX || waiting.isEmpty()) {
        return;
      }
      batches++;
      begun = forgettings;
      var all = waiting.entrySet().iterator();
      while (all.hasNext() && batch.size() < BATCH_MAX) {
        Map.Entry<Buffer, Promise<Principal>> each = all.next();
        batch.put(each.getKey(), each.getValue());
        all.remove();
      }
    }
    Instant now = time.instant();
    TokenStore.known(database.pool(), new ArrayList<>(batch.keySet()), now)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                answer(batch, done.result(), begun, now);
              } else {
                Throwable told = Outages.told(done.cause());
                batch.values().forEach(promise -> promise.fail(told));
              }
              synchronized (this) {
                batches--;
              }
              lookUp();
            });
  }

  private void answer(
      Map<Buffer, Promise<Principal>> batch, Map<Buffer, Known> found, long begun, Instant now) {
    batch.forEach(
        (hash, promise) -> {
          Known known = found.get(hash);
          if (known == null) {
            promise.complete(Principal.NOBODY);
            return;
          }
          remember(hash, known, begun, now);
          keep(known, now);
          promise.complete(known.principal());
        });
  }

  private synchronized void remember(Buffer hash, Known known, long asked, Instant now) {
    Instant old = now.plus(limits.principalAge());
    remember(
        hash,
        new Remembered(
            known.principal(), known.until().isBefore(old) ? known.until() : old, asked));
  }

  private synchronized void remember(Buffer hash, Remembered answer) {
    remembered.put(hash, answer);
    if (remembered.size() > REMEMBERED_MAX) {
      remembered.remove(remembered.keySet().iterator().next());
    }
  }

  /** Whether the answer may be older than what was taken back since it was asked for. */
  private boolean isForgotten(Principal principal, long asked) {
    UUID signIn = principal.signIn();
    return asked < forgottenAll || (signIn != null && forgotten.getOrDefault(signIn, 0L) > asked);
  }

  private void keep(Known known, Instant now) {
    Instant until = now.plus(limits.staffSession());
    Instant staffUntil = known.staffUntil();
    UUID signIn = known.principal().signIn();
    if (signIn != null && staffUntil != null && staffUntil.isBefore(until.minus(KEEP_EVERY))) {
      // When it fails the next look-up tries again, half a minute from now.
      TokenStore.keepStaff(database.pool(), signIn, until);
    }
  }

  /** Has everything of a sign-in looked up again. */
  synchronized void forget(UUID signIn) {
    forgotten.remove(signIn);
    forgotten.put(signIn, ++forgettings);
    if (forgotten.size() > FORGOTTEN_MAX) {
      Map.Entry<UUID, Long> eldest = forgotten.entrySet().iterator().next();
      forgottenAll = eldest.getValue();
      forgotten.remove(eldest.getKey());
    }
  }

  /** What a token stands for that was just issued to a newcomer: its first use costs nothing. */
  void expect(String token, Principal newcomer) {
    long asked;
    synchronized (this) {
      asked = forgettings;
    }
    remember(
        Token.hash(token),
        new Remembered(newcomer, time.instant().plus(limits.principalAge()), asked));
  }
}
