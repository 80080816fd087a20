package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was looked up lately, bounded in number and age. Callers who ask for the same thing while it
 * is being looked up share that one query. What does not exist is not remembered. Safe for use by
 * several threads.
 */
final class Recent<K, V> {
  private final int max;
  private final Duration age;
  private final InstantSource time;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

  Recent(int max, Duration age, InstantSource time) {
    this.max = max;
    this.age = age;
    this.time = time;
  }

  private record Entry<V>(Future<Optional<V>> value, Instant until) {}

  Future<Optional<V>> get(K key, Supplier<Future<Optional<V>>> load) {
    Instant now = time.instant();
    Promise<Optional<V>> promise = Promise.promise();
    synchronized (entries) {
      Entry<V> there = entries.get(key);
      if (there != null && there.until().isAfter(now)) {
        return there.value();
      }
      entries.put(key, new Entry<>(promise.future(), now.plus(age)));
      if (entries.size() > max) {
        entries.remove(entries.keySet().iterator().next());
      }
    }
    loading(load)
        .onComplete(
            done -> {
              if (done.failed() || done.result().isEmpty()) {
                forget(key, promise.future());
              }
              if (done.succeeded()) {
                promise.complete(done.result());
              } else {
                promise.fail(done.cause());
              }
            });
    return promise.future();
  }

  /** Has it looked up again. */
  void forget(K key) {
    synchronized (entries) {
      entries.remove(key);
    }
  }

  /** Has everything looked up again. */
  void forgetAll() {
    synchronized (entries) {
      entries.clear();
    }
  }

  private static <V> Future<Optional<V>> loading(Supplier<Future<Optional<V>>> load) {
    try {
      return load.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void forget(K key, Future<Optional<V>> value) {
    synchronized (entries) {
      Entry<V> there = entries.get(key);
      if (there != null && there.value() == value) {
        entries.remove(key);
      }
    }
  }
}
