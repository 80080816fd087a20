package plenary.hashtag;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was counted a moment ago, bounded in number and age, so that a hall of moderators costs what
 * one does. Who asks while it is counted waits for that count. Safe for use by several threads.
 */
final class Counted {
  private static final int MAX = 200;

  private final InstantSource time;
  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  Counted(InstantSource time) {
    this.time = time;
  }

  private record Entry(Future<JsonObject> value, Instant until) {}

  Future<JsonObject> get(Object key, Supplier<Future<JsonObject>> count) {
    Instant now = time.instant();
    Promise<JsonObject> promise = Promise.promise();
    synchronized (entries) {
      Entry there = entries.get(key);
      if (there != null && there.until().isAfter(now)) {
        return there.value();
      }
      entries.remove(key);
      entries.put(key, new Entry(promise.future(), now.plus(Span.FRESH)));
      if (entries.size() > MAX) {
        entries.remove(entries.keySet().iterator().next());
      }
    }
    count
        .get()
        .onComplete(
            done -> {
              if (done.succeeded()) {
                promise.complete(done.result());
              } else {
                synchronized (entries) {
                  entries.remove(key);
                }
                promise.fail(done.cause());
              }
            });
    return promise.future();
  }
}
