package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plenary.live.EntityStore.EntityOf;
import plenary.live.EntityStore.KeyOf;
import plenary.live.EntityStore.StoredKey;
import plenary.live.Gathered.Done;
import plenary.live.Gathered.Refused;
import plenary.problem.Failure;

/**
 * The work of one transaction: lock the heads, run the commands in order, write the entities they
 * put, the keys they used and the new heads. It neither begins nor commits. Used once, on one event
 * loop.
 *
 * <p>Statements that need nothing of each other are sent together, so that few round trips pass
 * under the lock. The database runs them one after the other, each with a snapshot of its own: what
 * comes behind the lock sees what was committed before the lock was had.
 */
final class Batch {
  /** SQLSTATE of a statement that comes after one that failed. */
  private static final String TRANSACTION_ABORTED = "25P02";

  private final SqlConnection sql;
  private final List<Pending> commands;
  private final Function<Set<UUID>, List<Pending>> more;
  private final Instant now;

  private final Map<UUID, Long> before = new HashMap<>();
  private final Map<UUID, Long> after = new HashMap<>();
  private final Map<UUID, SequencedMap<String, Entity>> put = new LinkedHashMap<>();
  private final Map<EntityOf, Optional<String>> seen = new HashMap<>();
  private final Map<KeyOf, StoredKey> used = new HashMap<>();
  private final Map<KeyOf, StoredKey> fresh = new LinkedHashMap<>();
  private final List<Future<?>> writes = new ArrayList<>();
  private final List<Pending.Outcome> outcomes = new ArrayList<>();
  private final List<Committed> committed = new ArrayList<>();

  /**
   * @param commands those it begins with; what it takes later is added to them
   * @param more gives what waits by now for the sessions that are locked: the wait for the lock may
   *     have been long
   */
  Batch(
      SqlConnection sql,
      List<Pending> commands,
      Function<Set<UUID>, List<Pending>> more,
      Instant now) {
    this.sql = sql;
    this.commands = commands;
    this.more = more;
    this.now = now;
  }

  /**
   * Runs everything; what it gives is true only once the transaction has committed.
   *
   * @param begun the transaction's begin, which is under way
   */
  Future<Batch> run(Future<?> begun) {
    return Future.all(begun, makeHeads(), lockHeads(), findKeys(commands), readAhead())
        .compose(ignored -> takeMore())
        .compose(ignored -> inOrder(steps()))
        .compose(ignored -> write())
        .map(this)
        .recover(failure -> Future.failedFuture(cause(failure)));
  }

  /**
   * What ended the transaction. Once a write that was sent ahead has failed, the database refuses
   * every statement behind it, and one of these refusals may be heard of first.
   */
  private Throwable cause(Throwable failure) {
    return writes.stream()
        .map(Future::cause)
        .filter(Objects::nonNull)
        .filter(cause -> !isAborted(cause))
        .findFirst()
        .orElse(failure);
  }

  private static boolean isAborted(Throwable failure) {
    return failure instanceof PgException sql && sql.getSqlState().equals(TRANSACTION_ABORTED);
  }

  List<Pending.Outcome> outcomes() {
    return outcomes;
  }

  List<Committed> committed() {
    return committed;
  }

  private Future<Void> makeHeads() {
    Set<UUID> made = new LinkedHashSet<>();
    for (Pending pending : commands) {
      if (pending.command().createsSession()) {
        made.add(pending.command().session());
      }
    }
    return made.isEmpty() ? Future.succeededFuture() : EntityStore.makeHeads(sql, made);
  }

  private Future<Void> lockHeads() {
    Set<UUID> sessions = new LinkedHashSet<>();
    commands.forEach(pending -> sessions.add(pending.command().session()));
    return EntityStore.lockHeads(sql, sessions)
        .map(
            heads -> {
              before.putAll(heads);
              after.putAll(heads);
              return null;
            });
  }

  /** What the commands say they will read. */
  private Future<Void> readAhead() {
    Set<EntityOf> wanted = new LinkedHashSet<>();
    for (Pending pending : commands) {
      Command command = pending.command();
      command.reads().forEach(key -> wanted.add(new EntityOf(command.session(), key)));
    }
    return wanted.isEmpty()
        ? Future.succeededFuture()
        : EntityStore.bodies(sql, wanted)
            .map(
                bodies -> {
                  seen.putAll(bodies);
                  return null;
                });
  }

  private Future<Void> takeMore() {
    List<Pending> taken = more.apply(before.keySet());
    commands.addAll(taken);
    return findKeys(taken);
  }

  private Future<Void> findKeys(List<Pending> commands) {
    Set<KeyOf> keys = new LinkedHashSet<>();
    for (Pending pending : commands) {
      KeyOf key = keyOf(pending.command());
      if (key != null) {
        keys.add(key);
      }
    }
    return keys.isEmpty()
        ? Future.succeededFuture()
        : EntityStore.storedKeys(sql, keys)
            .map(
                stored -> {
                  used.putAll(stored);
                  return null;
                });
  }

  private static @Nullable KeyOf keyOf(Command command) {
    Command.Once once = command.once();
    return once == null ? null : new KeyOf(command.session(), once.principal(), once.key());
  }

  /**
   * One step per command; gathered ones of a session and crowd are one step, at the first's place.
   */
  private List<Supplier<Future<Void>>> steps() {
    List<Supplier<Future<Void>>> steps = new ArrayList<>();
    Map<Group, List<Pending>> groups = new HashMap<>();
    for (Pending pending : commands) {
      if (!before.containsKey(pending.command().session())) {
        refuse(pending, new Failure.NotFound("session"));
      } else if (pending.command() instanceof Gathered gathered) {
        Group group = new Group(gathered.session(), gathered.crowd());
        List<Pending> known = groups.get(group);
        if (known == null) {
          List<Pending> theirs = new ArrayList<>(List.of(pending));
          groups.put(group, theirs);
          steps.add(() -> runGroup(group, theirs));
        } else {
          known.add(pending);
        }
      } else {
        steps.add(() -> runOne(pending));
      }
    }
    return steps;
  }

  private record Group(UUID session, Gathered.Crowd crowd) {}

  private static Future<Void> inOrder(List<Supplier<Future<Void>>> steps) {
    Future<Void> all = Future.succeededFuture();
    for (Supplier<Future<Void>> step : steps) {
      all = all.compose(ignored -> step.get());
    }
    return all;
  }

  private Future<Void> runOne(Pending pending) {
    Command command = pending.command();
    if (answeredByKey(pending)) {
      return Future.succeededFuture();
    }
    Draft draft = draft(command.session());
    return run(() -> command.run(draft))
        .compose(
            answer -> {
              keep(draft);
              answer(pending, answer, draft);
              return Future.<Void>succeededFuture();
            },
            failure -> {
              if (failure instanceof Failure refusal) {
                refuse(pending, refusal);
                return Future.succeededFuture();
              }
              return Future.failedFuture(failure);
            });
  }

  private Future<Void> runGroup(Group group, List<Pending> theirs) {
    Draft draft = draft(group.session());
    List<Gathered> gathered = theirs.stream().map(pending -> (Gathered) pending.command()).toList();
    return run(() -> group.crowd().run(draft, gathered))
        .compose(
            results -> {
              keep(draft);
              for (int i = 0; i < results.size(); i++) {
                switch (results.get(i)) {
                  case Done(JsonObject answer) -> answer(theirs.get(i), answer, draft);
                  case Refused(Failure failure) -> refuse(theirs.get(i), failure);
                }
              }
              return Future.<Void>succeededFuture();
            },
            failure -> {
              if (failure instanceof Failure refusal) {
                theirs.forEach(pending -> refuse(pending, refusal));
                return Future.succeededFuture();
              }
              return Future.failedFuture(failure);
            });
  }

  private static <T> Future<T> run(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private Draft draft(UUID session) {
    return new Draft(session, sql, now, head(session) + 1, key -> read(session, key), writes::add);
  }

  private Future<Optional<String>> read(UUID session, String key) {
    SequencedMap<String, Entity> changed = put.get(session);
    Entity entity = changed == null ? null : changed.get(key);
    if (entity != null) {
      return Future.succeededFuture(Optional.ofNullable(entity.body()));
    }
    EntityOf of = new EntityOf(session, key);
    Optional<String> known = seen.get(of);
    return known != null
        ? Future.succeededFuture(known)
        : EntityStore.body(sql, session, key).onSuccess(body -> seen.put(of, body));
  }

  private long head(UUID session) {
    return Objects.requireNonNull(after.get(session));
  }

  private boolean answeredByKey(Pending pending) {
    KeyOf key = keyOf(pending.command());
    StoredKey stored = key == null ? null : used.get(key);
    if (stored == null) {
      return false;
    }
    Command.Once once = Objects.requireNonNull(pending.command().once());
    if (stored.bodyHash().equals(once.bodyHash())) {
      outcomes.add(new Pending.Outcome(pending, stored.result().copy(), null));
    } else {
      refuse(
          pending,
          new Failure.Invalid(
              "key-reused",
              "This Idempotency-Key was used before for another request.",
              List.of(new Failure.Field("Idempotency-Key", "used before with another body"))));
    }
    return true;
  }

  private void keep(Draft draft) {
    if (!draft.entities().isEmpty()) {
      after.put(draft.session(), draft.version());
      SequencedMap<String, Entity> session =
          put.computeIfAbsent(draft.session(), key -> new LinkedHashMap<>());
      draft.entities().values().forEach(entity -> merge(session, entity));
    }
  }

  private static void merge(SequencedMap<String, Entity> session, Entity entity) {
    Entity earlier = session.remove(entity.key());
    int shown = entity.shown() | (earlier == null ? View.NONE : earlier.shown());
    UUID owner = earlier == null || entity.owner() != null ? entity.owner() : earlier.owner();
    session.putLast(
        entity.key(),
        new Entity(entity.key(), entity.version(), entity.views(), shown, owner, entity.body()));
  }

  private void answer(Pending pending, JsonObject answer, Draft draft) {
    JsonObject full = answer.copy().put("version", head(draft.session()));
    KeyOf key = keyOf(pending.command());
    if (key != null) {
      StoredKey stored =
          new StoredKey(Objects.requireNonNull(pending.command().once()).bodyHash(), full);
      used.put(key, stored);
      fresh.put(key, stored);
    }
    outcomes.add(new Pending.Outcome(pending, full, null));
  }

  private void refuse(Pending pending, Failure failure) {
    outcomes.add(new Pending.Outcome(pending, null, failure));
  }

  private Future<Void> write() {
    put.forEach(
        (session, entities) ->
            writes.add(
                EntityStore.upsert(sql, session, entities.values(), now)
                    .onSuccess(written -> committed.add(committed(session, written)))));
    if (!fresh.isEmpty()) {
      writes.add(EntityStore.storeKeys(sql, fresh, now));
    }
    Map<UUID, Long> moved = new HashMap<>(after);
    moved.entrySet().removeIf(head -> head.getValue().equals(before.get(head.getKey())));
    if (!moved.isEmpty()) {
      writes.add(EntityStore.moveHeads(sql, moved));
    }
    return writes.isEmpty() ? Future.succeededFuture() : Future.all(writes).mapEmpty();
  }

  private Committed committed(UUID session, List<Entity> written) {
    long from = Objects.requireNonNull(before.get(session));
    return new Committed(session, from, head(session), written);
  }
}
