package plenary.meeting;

import java.util.Locale;

/** Whether participants of a meeting have names. */
public enum Anonymity {
  /** Nobody has one; a name that is sent is not kept. */
  ANONYMOUS,
  /** Everybody has one. */
  NAMED,
  /** As each of them chooses, question by question. */
  CHOICE;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name in bodies and in the database. */
  public String id() {
    return id;
  }

  /** The rule of that {@link #id()}. */
  public static Anonymity named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
