package plenary.network.x;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plenary.network.Following;
import plenary.network.News;

/**
 * Brings news to the inbox, one batch at a time, in order, again and again while it cannot store
 * them. The cursor goes along with the last batch of what waits, so that it never passes anything.
 */
final class Delivery {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Following following;
  private final Pace pace;
  private final Supplier<@Nullable JsonObject> cursor;
  private final Listener listener;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private @Nullable JsonObject stored;
  private int news;
  private boolean busy;
  private boolean failing;
  private boolean over;

  /** Hears how it goes. */
  interface Listener {
    /** The inbox takes, or does not take, what is brought; or less waits now. */
    void changed();

    void superseded();
  }

  Delivery(
      Vertx vertx,
      Following following,
      Pace pace,
      Supplier<@Nullable JsonObject> cursor,
      Listener listener) {
    this.vertx = vertx;
    this.following = following;
    this.pace = pace;
    this.cursor = cursor;
    this.listener = listener;
    this.stored = following.cursor();
  }

  void add(List<News> told) {
    waiting.addAll(told);
    news += told.size();
    run();
  }

  /** Completes when all that was added before is stored; also stores the cursor. */
  Future<Void> drained() {
    Promise<Void> drained = Promise.promise();
    waiting.add(drained);
    run();
    return drained.future();
  }

  int waiting() {
    return news;
  }

  boolean isFailing() {
    return failing;
  }

  void stop() {
    over = true;
  }

  /** Something may be missing for good: said until it is stored. */
  void gap(Instant from, Instant until, String why) {
    if (over || !from.isBefore(until)) {
      return;
    }
    following
        .gap(from, until, why)
        .onFailure(
            failure ->
                vertx.setTimer(pace.millis(AGAIN), again -> gapAgain(from, until, why, failure)));
  }

  private void gapAgain(Instant from, Instant until, String why, Throwable failure) {
    if (failure instanceof Following.Superseded) {
      listener.superseded();
    } else {
      gap(from, until, why);
    }
  }

  private void run() {
    if (busy || over) {
      return;
    }
    List<News> batch = new ArrayList<>();
    List<Promise<Void>> told = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < Following.BATCH_MAX) {
      Object next = waiting.remove();
      if (next instanceof News one) {
        batch.add(one);
      } else if (next instanceof Promise<?> promise) {
        @SuppressWarnings("unchecked") // Promises of drained() alone are added.
        Promise<Void> drained = (Promise<Void>) promise;
        told.add(drained);
      }
    }
    if (!batch.isEmpty() || !told.isEmpty()) {
      busy = true;
      store(batch, told, waiting.isEmpty() ? cursor.get() : null);
    }
  }

  private void store(List<News> batch, List<Promise<Void>> told, @Nullable JsonObject at) {
    JsonObject moved = Objects.equals(at, stored) ? null : at;
    Future<Void> accepted =
        batch.isEmpty() && moved == null
            ? Future.succeededFuture()
            : following.accept(batch, moved);
    accepted.onComplete(
        done -> {
          if (over) {
            return;
          }
          stored = moved == null ? stored : moved;
          news -= batch.size();
          busy = false;
          failing = false;
          told.forEach(Promise::tryComplete);
          listener.changed();
          run();
        },
        failure -> failed(batch, told, at, failure));
  }

  private void failed(
      List<News> batch, List<Promise<Void>> told, @Nullable JsonObject at, Throwable failure) {
    if (over) {
      return;
    }
    if (failure instanceof Following.Superseded) {
      listener.superseded();
      return;
    }
    failing = true;
    listener.changed();
    vertx.setTimer(
        pace.millis(AGAIN),
        again -> {
          if (!over) {
            store(batch, told, at);
          }
        });
  }
}
