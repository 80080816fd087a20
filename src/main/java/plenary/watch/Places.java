package plenary.watch;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import plenary.live.Viewer;
import plenary.problem.Failure;

/** How many streams each person has open on this node; bounded by the streams there are. */
final class Places {
  private final int perPerson;
  private final Map<UUID, Integer> taken = new ConcurrentHashMap<>();

  Places(int perPerson) {
    this.perPerson = perPerson;
  }

  /**
   * Takes a place.
   *
   * @return gives it back, once
   * @throws Failure.TooMany when the person has all theirs
   */
  Runnable take(Viewer viewer) {
    if (viewer.principals().isEmpty()) {
      return () -> {};
    }
    UUID person = viewer.principals().iterator().next();
    int now = taken.merge(person, 1, Integer::sum);
    AtomicBoolean given = new AtomicBoolean();
    Runnable giveBack =
        () -> {
          if (given.compareAndSet(false, true)) {
            taken.computeIfPresent(person, (id, count) -> count > 1 ? count - 1 : null);
          }
        };
    if (now > perPerson) {
      giveBack.run();
      throw new Failure.TooMany("You have this open in too many places.", Duration.ofSeconds(30));
    }
    return giveBack;
  }
}
