package plenary.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A benchmark lasts as long as it is told to; this is how its main thread waits. */
final class Pause {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private Pause() {}

  static void millis(long millis) {
    try {
      if (NEVER.await(millis, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
