package plenary.support;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for futures on a test's thread, with a deadline. */
public final class Await {
  private Await() {}

  /** The result within ten seconds; throws what the future failed with. */
  public static <T> T result(Future<T> future) {
    return result(future, 10);
  }

  /** The result within some seconds; throws what the future failed with. */
  public static <T> T result(Future<T> future, long seconds) {
    try {
      return future.await(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no result within " + seconds + " s", late);
    }
  }

  /** Looks again and again until it holds; fails after twenty seconds. */
  public static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not come true within 20 s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
