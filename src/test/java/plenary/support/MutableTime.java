package plenary.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves. */
public final class MutableTime implements InstantSource {
  private final AtomicReference<Instant> now;

  public MutableTime(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  public void forward(Duration by) {
    now.updateAndGet(at -> at.plus(by));
  }
}
