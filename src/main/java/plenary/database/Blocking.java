package plenary.database;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/** Jobs that take seconds: written one step after the other, on a virtual thread of their own. */
final class Blocking {
  private Blocking() {}

  /** Starts a job. Its result, or what it threw, is the future's. */
  static <T> Future<T> start(String name, Callable<T> job) {
    Promise<T> promise = Promise.promise();
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                promise.complete(job.call());
              } catch (Exception failed) {
                promise.fail(failed);
              }
            });
    return promise.future();
  }

  /** Waits on the job's thread; throws what the future failed with. */
  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
