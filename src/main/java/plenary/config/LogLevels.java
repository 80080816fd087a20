package plenary.config;

import java.util.List;
import java.util.logging.Level;

/** The levels of the log, by the names of java.util.logging. */
final class LogLevels {
  static final List<String> NAMES = List.of("SEVERE", "WARNING", "INFO", "FINE", "FINER", "FINEST");

  private LogLevels() {}

  static boolean known(String name) {
    return NAMES.contains(name);
  }

  static Level of(String name) {
    return Level.parse(name);
  }
}
