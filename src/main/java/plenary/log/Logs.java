package plenary.log;

import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Where log lines go and which are written. */
public final class Logs {
  private static final String MANAGER = "java.util.logging.manager";

  /** Loggers with a level of their own: the JDK only remembers those that somebody holds. */
  private static final List<Logger> HELD = new ArrayList<>();

  private Logs() {}

  /**
   * Must be the first thing a program does: the first use of any logger fixes the log manager, and
   * with the JDK's own the lines of the stop are lost. Until {@link #start} the level is INFO.
   */
  public static void begin() {
    System.setProperty(MANAGER, SteadyHandlers.class.getName());
    start(Level.INFO, Map.of(), System.err);
  }

  /**
   * Sets the levels that are configured. Finer than INFO the level is that of our own loggers
   * alone: what libraries say then has addresses, queries and what was sent in it, so whoever wants
   * that names them.
   */
  public static void start(Level level, Map<String, Level> levels) {
    start(level, levels, System.err);
  }

  /** The same, to another stream. */
  static synchronized void start(Level level, Map<String, Level> levels, OutputStream out) {
    Logger root = Logger.getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new Lines(out));
    root.setLevel(level.intValue() < Level.INFO.intValue() ? Level.INFO : level);
    HELD.forEach(logger -> logger.setLevel(null));
    HELD.clear();
    hold("plenary", level);
    levels.forEach(Logs::hold);
    if (LogManager.getLogManager() instanceof SteadyHandlers steady) {
      steady.keep();
    }
  }

  private static void hold(String name, Level level) {
    Logger logger = Logger.getLogger(name);
    logger.setLevel(level);
    HELD.add(logger);
  }

  /** Writes each line at once. */
  private static final class Lines extends StreamHandler {
    Lines(OutputStream out) {
      super(out, new JsonFormatter());
      setLevel(Level.ALL);
      try {
        setEncoding("UTF-8");
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public synchronized void publish(LogRecord record) {
      super.publish(record);
      flush();
    }
  }
}
