package plenary.meeting;

import java.util.Locale;

/** Where a session is in its life. */
public enum SessionState {
  /** Announced; nobody can join yet. */
  SCHEDULED,
  /** People join and ask ahead. */
  OPEN,
  /** It happens now. */
  LIVE,
  /** Over: it can be read, nothing can be asked. */
  CLOSED;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name in bodies and in the database. */
  public String id() {
    return id;
  }

  /** The state of that {@link #id()}. */
  public static SessionState named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
