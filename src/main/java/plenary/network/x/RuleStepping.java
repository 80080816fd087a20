package plenary.network.x;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Keeps the rules in step while a stream is read: when hashtags change, and every ten minutes. */
final class RuleStepping {
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final Pace pace;
  private final RuleKeeper rules;
  private final Listener listener;
  private long timer = -1;
  private boolean going;

  /** Hears how it goes. */
  interface Listener {
    /** They are those of the hashtags now, some of them since just now. */
    void stepped(boolean added);

    void trouble(Trouble trouble);
  }

  RuleStepping(Vertx vertx, Pace pace, RuleKeeper rules, Listener listener) {
    this.vertx = vertx;
    this.pace = pace;
    this.rules = rules;
    this.listener = listener;
  }

  void start() {
    going = true;
    later(EVERY);
  }

  void stop() {
    going = false;
    vertx.cancelTimer(timer);
  }

  void now() {
    vertx.cancelTimer(timer);
    rules
        .sync()
        .onComplete(
            added -> {
              if (going) {
                listener.stepped(added);
              }
              later(EVERY);
            },
            failure -> {
              if (going && failure instanceof Trouble trouble) {
                listener.trouble(trouble);
              }
              later(Backoff.HTTP_MAX);
            });
  }

  private void later(Duration wait) {
    vertx.cancelTimer(timer);
    if (going) {
      timer = vertx.setTimer(pace.millis(wait), due -> now());
    }
  }
}
