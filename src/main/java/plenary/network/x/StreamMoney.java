package plenary.network.x;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money for what the stream delivers, which X charges without being asked for: always some is
 * reserved ahead, and when there is no more the stream is left while what is on its way is still
 * paid for.
 */
final class StreamMoney {
  /** Kept ahead: what twenty posts of twenty authors cost, $0.30; twice that when it is filled. */
  static final long LOW = 20 * Meter.POST_AND_USER;

  static final long FILLED = 2 * LOW;

  /** Below this the stream is left until more is reserved. */
  private static final long SHORT = LOW / 4;

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Pace pace;
  private final Meter.Pot pot;
  private final Runnable capped;
  private boolean asking;
  private boolean over;

  StreamMoney(Vertx vertx, Pace pace, Meter.Pot pot, Runnable capped) {
    this.vertx = vertx;
    this.pace = pace;
    this.pot = pot;
    this.capped = capped;
  }

  /** Reserves what a connection begins with; false when the limit does not allow it. */
  Future<Boolean> ready() {
    return pot.left() >= LOW ? Future.succeededFuture(true) : pot.ensure(FILLED);
  }

  /** X delivered a post. */
  void delivered(JsonObject post, @Nullable JsonObject includes, Instant now) {
    pot.post(String.valueOf(Fields.text(post, "id")), now);
    for (JsonObject user : Fields.objects(includes, "users")) {
      pot.user(String.valueOf(Fields.text(user, "id")), now);
    }
    if (pot.left() < LOW) {
      ask();
    }
  }

  boolean isShort() {
    return pot.left() < SHORT;
  }

  void stop() {
    over = true;
  }

  private void ask() {
    if (asking || over) {
      return;
    }
    asking = true;
    pot.ensure(FILLED)
        .onComplete(
            within -> {
              asking = false;
              if (!within && !over) {
                capped.run();
              }
            },
            failure -> {
              asking = false;
              vertx.setTimer(pace.millis(AGAIN), again -> ask());
            });
  }
}
