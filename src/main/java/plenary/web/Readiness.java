package plenary.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/**
 * What must be true before a load balancer may send people here. A supplier is asked on an event
 * loop at every probe, so it only looks at what is already known. Any thread.
 */
public final class Readiness {
  private final Map<String, BooleanSupplier> checks = new ConcurrentSkipListMap<>();

  /**
   * Adds a condition.
   *
   * @param name what is missing while it is false: {@code database}, {@code listening} …
   */
  public void require(String name, BooleanSupplier met) {
    checks.put(name, met);
  }

  /** The names of the conditions that are not met now; empty = ready. */
  public List<String> missing() {
    return checks.entrySet().stream()
        .filter(check -> !met(check.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A condition that cannot be asked is not met. */
  private static boolean met(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (RuntimeException e) {
      return false;
    }
  }
}
