package plenary.config;

import java.util.Map;
import java.util.TreeMap;

/** The variables that the server understands, for the tests of what sets them. */
public final class KnownVariables {
  private KnownVariables() {}

  /** Every variable with the default of its key; empty for none and for files of secrets. */
  public static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    for (Key key : Topic.KEYS) {
      all.put(key.environment(), key.fallback());
      if (key.secret()) {
        all.put(key.environmentFile(), "");
      }
    }
    all.put(Settings.CONFIG, "");
    return all;
  }
}
