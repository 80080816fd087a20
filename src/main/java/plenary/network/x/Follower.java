package plenary.network.x;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Hosts;

/** Reads one account's hashtags, connection after connection. On one event loop. */
final class Follower implements Connector.Running {
  /** A connection that held so long was a good one. */
  private static final Duration HELD = Duration.ofMinutes(1);

  private static final Duration ASK_FOR_MONEY_EVERY = Duration.ofHours(1);

  /** Reading the same posts again costs nothing on the same day. */
  private static final Duration RECHECK_EVERY = Duration.ofMinutes(15);

  private static final Duration STORE_CURSOR_EVERY = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int WAITING_MAX = 2_000;

  private final Vertx vertx;
  private final Context context;
  private final Following following;
  private final Pace pace;
  private final Api api;
  private final RuleKeeper rules;
  private final Coverage coverage;
  private final Delivery delivery;
  private final Filler filler;
  private final Sweep sweep;
  private final RuleStepping stepping;
  private final Messages messages;
  private final Backoff backoff = new Backoff();
  private final StreamMoney money;
  private final Standing standing;
  private @Nullable Stream stream;
  private boolean opening;
  private boolean idle;
  private boolean connected;
  private boolean connectedBefore;
  private boolean over;
  private @Nullable Instant connectedAt;
  private @Nullable Instant unpaidSince;
  private long timer = -1;
  private long cursorTimer = -1;
  private long recheckTimer = -1;

  Follower(
      Vertx vertx, HttpClient http, Hosts hosts, Following given, InstantSource time, Pace pace) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.following = new OnLoop(context, given);
    this.pace = pace;
    XClock clock = new XClock(time);
    String bearer =
        Optional.ofNullable(given.account().credentials().getString("bearer")).orElse("");
    this.api =
        new Api(
            http,
            hosts,
            given.account(),
            Api.Signer.bearer(bearer.strip()),
            clock,
            pace,
            (remaining, limit, resetsAt) -> {
              if (!over) {
                following.headroom(remaining, limit, resetsAt);
              }
            });
    Meter meter = new Meter(following::spend);
    this.rules = new RuleKeeper(api, following);
    this.coverage = new Coverage(pace, given.cursor());
    this.delivery = new Delivery(vertx, following, pace, coverage::cursor, new Stored());
    this.filler = new Filler(vertx, pace, api, meter.pot(), coverage, delivery, new Filled());
    this.sweep = new Sweep(vertx, pace, api, meter, following, delivery);
    this.money = new StreamMoney(vertx, pace, meter.pot(), this::capped);
    this.standing = new Standing(following, given.account());
    this.messages = new Messages(following, clock, rules, money, delivery);
    this.stepping = new RuleStepping(vertx, pace, rules, new Stepped());
  }

  void start() {
    context.runOnContext(
        begun -> {
          if (standing.mayRead()) {
            sweep.start();
            cursorTimer = vertx.setPeriodic(pace.millis(STORE_CURSOR_EVERY), due -> storeCursor());
            recheckTimer = vertx.setPeriodic(pace.roundMillis(RECHECK_EVERY), due -> recheck());
            connect();
          }
        });
  }

  private void storeCursor() {
    if (idle) {
      coverage.idle(api.clock().instant());
    }
    delivery.drained();
  }

  private void recheck() {
    if (connected) {
      coverage.recheck(api.clock().instant());
      filler.wake();
    }
  }

  /** From the beginning: money, rules, stream. */
  private void connect() {
    if (over || opening || stream != null || !standing.mayRead()) {
      return;
    }
    opening = true;
    vertx.cancelTimer(timer);
    // Rules cost nothing, and X's answer says what time it is there, also for a gap.
    rules
        .sync()
        .compose(added -> isIdle() ? Future.succeededFuture(true) : money.ready())
        .onSuccess(
            within -> {
              opening = false;
              if (over) {
                return;
              }
              if (within) {
                paidAgain();
                open();
              } else {
                capped();
              }
            })
        .onFailure(this::notPrepared);
  }

  /** Whether there is no hashtag that X could follow. */
  private boolean isIdle() {
    return RuleTexts.of(following, RuleTexts.RULE_MAX).isEmpty();
  }

  private void notPrepared(Throwable failure) {
    opening = false;
    if (failure instanceof Trouble trouble) {
      lost(trouble);
    } else {
      standing.database(true);
      retry(AGAIN);
    }
  }

  private void open() {
    standing.tags(following.spellings());
    idle = isIdle();
    if (idle) {
      standing.idle();
      return;
    }
    Stream next = new Stream(vertx, pace, api, new Reading());
    stream = next;
    Map<String, String> query = new LinkedHashMap<>();
    Spelling.TWEETS.full(query);
    next.open(query);
  }

  @Override
  public void tagsChanged() {
    context.runOnContext(
        changed -> {
          if (stream == null || !connected) {
            connect();
          } else if (isIdle()) {
            leave();
            connect();
          } else {
            standing.tags(following.spellings());
            stepping.now();
          }
        });
  }

  @Override
  public void promptsChanged() {
    tagsChanged();
  }

  /** What comes through the stream. */
  private final class Reading implements Stream.Listener {
    @Override
    public void opened() {
      Instant now = api.clock().instant();
      connected = true;
      connectedAt = now;
      if (connectedBefore) {
        following.reconnected();
      }
      connectedBefore = true;
      coverage.connected(now);
      delivery.drained();
      stepping.start();
      filler.wake();
      standing.connected(true);
      standing.filling(true);
    }

    @Override
    public void heard() {
      Instant now = api.clock().instant();
      coverage.heard(now);
      if (connectedAt != null && now.isAfter(connectedAt.plus(pace.of(HELD)))) {
        backoff.succeeded();
      }
    }

    @Override
    public void message(JsonObject message) {
      JsonObject data = Fields.object(message, "data");
      if (data != null) {
        data(message, data);
      } else if (message.containsKey("errors") || message.containsKey("connection_issue")) {
        leave();
        lost(Answers.inStream(message.encode()));
      }
    }

    private void data(JsonObject message, JsonObject data) {
      messages.take(message, data);
      if (money.isShort()) {
        // What is on its way is paid for; what X would send while the limit is asked is not.
        leave();
        retry(AGAIN);
      } else {
        pauseOrGoOn();
      }
    }

    @Override
    public void ended(Trouble why) {
      leave();
      lost(why);
    }
  }

  private void pauseOrGoOn() {
    if (stream != null) {
      stream.pause(delivery.waiting() > WAITING_MAX);
    }
  }

  private void leave() {
    connected = false;
    stepping.stop();
    if (stream != null) {
      stream.close();
      stream = null;
    }
    standing.connected(false);
  }

  private void lost(Trouble trouble) {
    standing.trouble(trouble);
    retry(backoff.after(trouble, api.clock().instant()));
  }

  private void retry(Duration wait) {
    vertx.cancelTimer(timer);
    if (!over) {
      timer = vertx.setTimer(pace.millis(wait), due -> connect());
    }
  }

  /** The limit is reached: nothing that costs is asked for until there is money again. */
  private void capped() {
    leave();
    Instant now = api.clock().instant();
    Instant since = Optional.ofNullable(unpaidSince).orElse(coverage.since(now));
    delivery.gap(since, now, "the spending limit for X was reached");
    unpaidSince = now;
    standing.capped(now);
    vertx.cancelTimer(timer);
    if (!over) {
      timer = vertx.setTimer(pace.roundMillis(ASK_FOR_MONEY_EVERY), due -> connect());
    }
  }

  private void paidAgain() {
    unpaidSince = null;
    standing.paid();
  }

  private final class Filled implements Filler.Listener {
    @Override
    public void capped() {
      Follower.this.capped();
    }

    @Override
    public void trouble(@Nullable Trouble trouble) {
      standing.aside(trouble);
      if (!coverage.hasHoleDue(api.clock().instant())) {
        standing.filling(false);
      }
    }

    @Override
    public Supplier<List<String>> queries() {
      return () -> RuleTexts.of(following, RuleTexts.QUERY_MAX);
    }
  }

  private final class Stepped implements RuleStepping.Listener {
    @Override
    public void stepped(boolean added) {
      standing.aside(null);
      if (added) {
        coverage.rulesChanged(api.clock().instant());
        filler.wake();
      }
    }

    @Override
    public void trouble(Trouble trouble) {
      standing.aside(trouble);
    }
  }

  private final class Stored implements Delivery.Listener {
    @Override
    public void changed() {
      standing.database(delivery.isFailing());
      pauseOrGoOn();
    }

    @Override
    public void superseded() {
      end();
    }
  }

  @Override
  public Future<Void> stop() {
    Promise<Void> stopped = Promise.promise();
    context.runOnContext(
        now -> {
          end();
          stopped.complete();
        });
    return stopped.future();
  }

  private void end() {
    over = true;
    leave();
    standing.stop();
    filler.stop();
    sweep.stop();
    delivery.stop();
    money.stop();
    vertx.cancelTimer(timer);
    vertx.cancelTimer(cursorTimer);
    vertx.cancelTimer(recheckTimer);
  }
}
