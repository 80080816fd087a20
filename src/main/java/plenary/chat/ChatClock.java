package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.live.Command;

/**
 * Sends prompts out at their times, and what they reserved after that. Every node has one; what is
 * due is found under the session's lock, so it happens once however many tick.
 */
public final class ChatClock {
  private static final System.Logger LOG = System.getLogger(ChatClock.class.getName());
  private static final long TICK_MS = 1_000;

  /** Sessions looked at in one round; the rest wait for the next. */
  private static final int ROUND_MAX = 50;

  private final Vertx vertx;
  private final SqlClient sql;
  private final Function<Command, Future<JsonObject>> submit;
  private final Prompts prompts;
  private final Outbox outbox;
  private final InstantSource time;
  private @Nullable Future<?> ticking;
  private long timer = -1;

  ChatClock(
      Vertx vertx,
      SqlClient sql,
      Function<Command, Future<JsonObject>> submit,
      Prompts prompts,
      Outbox outbox,
      InstantSource time) {
    this.vertx = vertx;
    this.sql = sql;
    this.submit = submit;
    this.prompts = prompts;
    this.outbox = outbox;
    this.time = time;
  }

  /** Starts to tick, each second. */
  public void start() {
    timer = vertx.setPeriodic(TICK_MS, tick -> tick());
  }

  /** Stops; what is under way ends by itself. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** Sends what is due; while one round looks for prompts, that one is returned. */
  synchronized Future<?> tick() {
    Future<?> now = ticking;
    if (now == null || now.isComplete()) {
      now =
          due()
              .onFailure(
                  error -> LOG.log(System.Logger.Level.WARNING, "prompts: {0}", error.toString()));
      ticking = now;
      now.onComplete(done -> send());
    }
    return now;
  }

  /** Sends what was reserved, without waiting for the next tick. */
  void send() {
    outbox
        .send()
        .onFailure(error -> LOG.log(System.Logger.Level.WARNING, "outbox: {0}", error.toString()));
  }

  private Future<?> due() {
    return ChatStore.due(sql, time.instant(), ROUND_MAX)
        .compose(due -> Future.join(due.stream().map(this::all).toList()));
  }

  /** Several prompts of a session may be due at once; they go out one after the other. */
  private Future<?> all(ChatStore.Due due) {
    return submit
        .apply(prompts.due(due.session(), due.meeting()))
        .compose(went -> went.containsKey("id") ? all(due) : Future.succeededFuture());
  }
}
