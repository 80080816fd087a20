package plenary.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/**
 * The log manager of the JDK, but it does not take its handlers away when the JVM begins to stop:
 * the original does so beside the stop hook that drains the server, and the last lines, the most
 * wanted ones, would be lost.
 */
public final class SteadyHandlers extends LogManager {
  private volatile boolean steady;

  /** From now on the handlers stay. */
  void keep() {
    steady = true;
  }

  @Override
  public void reset() {
    if (!steady) {
      super.reset();
    }
  }

  /** Libraries may not bring settings of their own. */
  @Override
  public void readConfiguration(InputStream source) throws IOException {
    if (!steady) {
      super.readConfiguration(source);
    }
  }
}
