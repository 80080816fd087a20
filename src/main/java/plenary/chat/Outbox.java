package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.chat.OutboxStore.Taken;
import plenary.live.Command;
import plenary.network.Account;
import plenary.network.PostingAccounts;
import plenary.network.Publisher;
import plenary.network.Publisher.Later;
import plenary.network.Publisher.Outgoing;
import plenary.network.Publisher.Refused;
import plenary.network.Publisher.Sent;

/**
 * Sends what prompts reserved. One node takes a posting at a time, for longer than it tries to send
 * it; what became of it is a command of the session. A posting whose node died, or of which nobody
 * heard whether it arrived, is taken again as one that may be there already, so that its network is
 * asked for the reserved identity first. Every node has one.
 */
final class Outbox {
  private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

  private static final String NOBODY_KNOWS =
      "Nobody knows whether it arrived. Look at the account before you post it again.";

  /** A prompt still goes out by itself after its network asked to wait for so long. */
  static final Duration WAIT_MAX = Duration.ofHours(1);

  /** Sendings of this node at once. */
  private static final int UNDER_WAY_MAX = 16;

  /**
   * How long things may take.
   *
   * @param send one try, answer included
   * @param lease how long a node has a posting; longer than a try, so that it has given up before
   *     another node takes over
   */
  record Limits(Duration send, Duration lease) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60));
  }

  /** Where a node can die; a test stops one there. */
  enum Step {
    /** It has taken a posting and sent nothing. */
    TAKEN,
    /** It was answered and has told nobody. */
    ANSWERED
  }

  private final Pool sql;
  private final Function<Command, Future<JsonObject>> submit;
  private final Outlets outlets;
  private final InstantSource time;
  private final Limits limits;
  private final Function<Step, Future<Void>> before;
  private final UUID node = UUID.randomUUID();
  private int underWay;

  /**
   * An outbox that sends when it is told to.
   *
   * @param before what has to happen before a step is left; nothing, but for tests
   */
  Outbox(
      Pool sql,
      Function<Command, Future<JsonObject>> submit,
      Outlets outlets,
      InstantSource time,
      Limits limits,
      Function<Step, Future<Void>> before) {
    this.sql = sql;
    this.submit = submit;
    this.outlets = outlets;
    this.time = time;
    this.limits = limits;
    this.before = before;
  }

  /** Takes everything that is due and sends it; completes when it is known what became of it. */
  Future<Void> send() {
    return outlets.networks().isEmpty()
        ? Future.succeededFuture()
        : OutboxStore.due(sql, time.instant())
            .compose(due -> due ? take() : Future.succeededFuture());
  }

  private Future<Void> take() {
    if (!begin()) {
      return Future.succeededFuture();
    }
    long since = System.nanoTime();
    return OutboxStore.take(sql, outlets.networks(), time.instant(), node, limits.lease())
        .onFailure(error -> end())
        .compose(
            taken -> {
              if (taken.isEmpty()) {
                end();
                return Future.succeededFuture();
              }
              // Other accounts beside it, and what waits for this one after it.
              Future<Void> own =
                  process(taken.get(), since)
                      .transform(
                          done -> {
                            end();
                            return done.succeeded() ? take() : Future.failedFuture(done.cause());
                          });
              return Future.join(own, take()).mapEmpty();
            });
  }

  private synchronized boolean begin() {
    if (underWay >= UNDER_WAY_MAX) {
      return false;
    }
    underWay++;
    return true;
  }

  private synchronized void end() {
    underWay--;
  }

  private Future<JsonObject> process(Taken taken, long since) {
    Posting posting = taken.posting();
    Duration allowed = taken.waited() ? WAIT_MAX.plus(Prompts.LATE) : Prompts.LATE;
    if (posting.reservedAt().plus(allowed).isBefore(time.instant())) {
      boolean open = taken.again() && !taken.waited();
      return unsent(
          taken,
          open ? Posting.State.UNKNOWN : Posting.State.MISSED,
          open ? NOBODY_KNOWS : "Its time passed before it could be sent.",
          null);
    }
    return before
        .apply(Step.TAKEN)
        .compose(ready -> account(taken))
        .compose(account -> publish(taken, account, since))
        .compose(
            sent -> before.apply(Step.ANSWERED).compose(told -> sent(taken, sent)),
            error -> before.apply(Step.ANSWERED).compose(told -> failed(taken, error)))
        .onFailure(
            error ->
                LOG.log(
                    System.Logger.Level.WARNING,
                    "what became of a prompt''s post is not stored yet: {0}",
                    error.toString()));
  }

  private Future<Account> account(Taken taken) {
    UUID wanted = taken.posting().account();
    return PostingAccounts.of(sql, taken.meeting())
        .map(
            accounts ->
                accounts.stream()
                    .filter(account -> account.id().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new Refused(Outlets.GONE)));
  }

  private Future<Sent> publish(Taken taken, Account account, long since) {
    Posting posting = taken.posting();
    Publisher publisher = outlets.publisher(posting.network());
    Duration left = limits.lease().minus(limits.send()).minusNanos(System.nanoTime() - since);
    if (publisher == null || left.isNegative()) {
      // This node stood still so long that another may be at it.
      return Future.failedFuture(new IllegalStateException("too late to send"));
    }
    Instant first = posting.triedAt() == null ? time.instant() : posting.triedAt();
    return publisher
        .publish(
            account,
            new Outgoing(
                posting.identity(),
                posting.text(),
                posting.language(),
                taken.again(),
                first,
                null,
                null))
        .timeout(limits.send().toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<JsonObject> sent(Taken taken, Sent sent) {
    return tell(
        taken,
        change -> OutboxStore.sent(change.change().sql(), taken.posting(), sent, time.instant()));
  }

  private Future<JsonObject> failed(Taken taken, Throwable error) {
    Posting posting = taken.posting();
    return switch (error) {
      case Refused refused -> unsent(taken, Posting.State.REFUSED, refused.sentence(), null);
      case Later later -> {
        // After a longer wait nobody talks about the prompt any more: the host decides then.
        boolean waits = !later.at().isAfter(posting.reservedAt().plus(WAIT_MAX));
        yield unsent(
            taken,
            waits ? Posting.State.WAITING : Posting.State.MISSED,
            later.getMessage() == null ? "" : later.getMessage(),
            latest(later.at(), time.instant().plusSeconds(1)));
      }
      default -> {
        LOG.log(
            System.Logger.Level.WARNING,
            "whether a prompt was posted by {0} is not known: {1}",
            posting.account(),
            error.toString());
        // Soon at first, for it is looked for before it is sent.
        long pause = Math.min(60, 1L << Math.min(6, posting.tries()));
        yield unsent(
            taken,
            Posting.State.UNKNOWN,
            "The network did not say whether it arrived; it is looked for.",
            time.instant().plusSeconds(pause));
      }
    };
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Future<JsonObject> unsent(
      Taken taken, Posting.State state, String problem, @Nullable Instant due) {
    return tell(
        taken,
        found ->
            OutboxStore.unsent(found.change().sql(), taken.posting(), node, state, problem, due));
  }

  private Future<JsonObject> tell(Taken taken, Function<Chats.Found, Future<Boolean>> note) {
    return submit.apply(
        Chats.change(
            taken.session(),
            taken.meeting(),
            "prompt-post",
            null,
            found ->
                note.apply(found)
                    .compose(
                        noted ->
                            noted
                                ? Prompts.told(found, taken.posting().prompt())
                                : Future.succeededFuture(new JsonObject()))));
  }
}
