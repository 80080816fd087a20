package plenary.network.bluesky;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a Jetstream tells, on either wire. */
sealed interface Event {
  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Something that happened, at a place in the stream. */
  sealed interface Placed extends Event {
    /** When this server saw it, in microseconds: where to go on from. */
    long micros();
  }

  /** A post was written, changed or deleted. */
  record Commit(
      long micros,
      String did,
      String rev,
      Operation operation,
      String key,
      @Nullable JsonObject value)
      implements Placed {}

  /** What happened to a record. */
  enum Operation {
    CREATE,
    UPDATE,
    DELETE
  }

  /** An account went or came back. */
  record Standing(long micros, String did, boolean gone) implements Placed {}

  /** An account's handle may have changed. */
  record Identity(long micros, String did, @Nullable String handle) implements Placed {}

  /** Nothing for us. */
  record Other(long micros) implements Placed {}

  /** The server says something about the stream itself. */
  record Notice(String name, String message) implements Event {}
}
