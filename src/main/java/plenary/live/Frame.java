package plenary.live;

import java.util.Locale;

/**
 * A frame encoded once for all who get it.
 *
 * @param from the lowest version a client may stand at to apply it; 0 for a snapshot
 * @param version the version a client stands at afterwards
 */
record Frame(String epoch, long from, long version, SharedText content, Kind kind) {
  Frame(String epoch, long from, long version, String text, Kind kind) {
    this(epoch, from, version, new SharedText(text), kind);
  }

  String text() {
    return content.text();
  }

  boolean isEmpty() {
    return kind == Kind.EMPTY;
  }

  enum Kind {
    SNAPSHOT,
    CHANGE,
    /** A change in which nothing changed. */
    EMPTY,
    PULSE;

    /** Its name as a metric label. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
