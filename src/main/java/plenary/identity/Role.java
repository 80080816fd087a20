package plenary.identity;

import java.util.Locale;

/** What somebody may be in a meeting or in one of its sessions. */
public enum Role {
  ORGANISER,
  MODERATOR,
  SPEAKER,
  SCREEN,
  PARTICIPANT;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name in bodies and in the database. */
  public String id() {
    return id;
  }
}
