package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plenary.network.Following;
import plenary.network.News;

/**
 * Hands news over in the order in which they came, one call at a time, and again while the database
 * is away. What comes meanwhile waits, up to a limit.
 */
final class Inlet {
  private static final int WAITING_MAX = 5_000;

  private final Vertx vertx;
  private final Following following;
  private final Backoff backoff;
  private final Watcher watcher;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private int news;
  private boolean busy;
  private boolean ended;
  private Future<Void> last = Future.succeededFuture();

  /** Is told how it goes. */
  interface Watcher {
    /** Whether the last call failed. */
    void storing(boolean works);

    /** Another node has taken over. */
    void superseded();
  }

  private record Entry(List<News> news, @Nullable JsonObject cursor, Promise<Void> stored) {}

  Inlet(Vertx vertx, Following following, Pace pace, Watcher watcher) {
    this.vertx = vertx;
    this.following = following;
    this.backoff = new Backoff(pace.retry(), pace.retryMax());
    this.watcher = watcher;
  }

  /** Completes when the news, and the cursor if there is one, are stored. */
  Future<Void> put(List<News> some, @Nullable JsonObject cursor) {
    if (ended) {
      return Future.failedFuture(new Following.Superseded());
    }
    if (some.isEmpty() && cursor == null) {
      return Future.succeededFuture();
    }
    Promise<Void> stored = Promise.promise();
    waiting.add(new Entry(List.copyOf(some), cursor, stored));
    news += some.size();
    pump();
    return stored.future();
  }

  /** Takes one, unless too many wait; then it has to be read again later. */
  boolean offer(News one) {
    if (ended || news >= WAITING_MAX) {
      return false;
    }
    put(List.of(one), null);
    return true;
  }

  /** Nothing is handed over any more; completes when the last call has ended. */
  Future<Void> end() {
    ended = true;
    waiting.forEach(entry -> entry.stored().tryFail(new Following.Superseded()));
    waiting.clear();
    return last.otherwiseEmpty();
  }

  private void pump() {
    if (busy || ended || waiting.isEmpty()) {
      return;
    }
    List<Entry> batch = new ArrayList<>();
    List<News> all = new ArrayList<>();
    @Nullable JsonObject cursor = null;
    for (Entry entry : waiting) {
      if (!batch.isEmpty() && all.size() + entry.news().size() > Following.BATCH_MAX) {
        break;
      }
      batch.add(entry);
      all.addAll(entry.news());
      cursor = entry.cursor() == null ? cursor : entry.cursor();
    }
    busy = true;
    last = following.accept(all, cursor);
    last.onComplete(done -> accepted(batch, done.cause()));
  }

  private void accepted(List<Entry> batch, @Nullable Throwable wrong) {
    busy = false;
    if (ended) {
      return;
    }
    if (wrong instanceof Following.Superseded) {
      watcher.superseded();
    } else if (wrong != null) {
      watcher.storing(false);
      busy = true;
      vertx.setTimer(
          backoff.next(),
          timer -> {
            busy = false;
            pump();
          });
    } else {
      backoff.reset();
      watcher.storing(true);
      for (Entry entry : batch) {
        waiting.remove();
        news -= entry.news().size();
      }
      batch.forEach(entry -> entry.stored().complete());
      pump();
    }
  }
}
