package plenary.network.bluesky;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two wires of a Jetstream: what is asked for, and how it is read. */
enum Wire {
  V1("/subscribe") {
    @Override
    String query(String cursor) {
      return "?wantedCollections=" + Syntax.POSTS + "&maxMessageSizeBytes=" + MESSAGE_MAX + cursor;
    }

    @Override
    Event read(JsonObject message) {
      long micros = number(message, "time_us");
      String kind = message.getString("kind", "");
      String did = did(message);
      return switch (kind) {
        case "commit" -> commit(micros, did, message.getJsonObject("commit"));
        case "account" -> standing(micros, did, message.getJsonObject("account"));
        case "identity" -> identity(micros, did, message.getJsonObject("identity"));
        default -> new Event.Other(micros);
      };
    }
  },

  V2("/xrpc/network.bsky.jetstream.subscribeEvents") {
    @Override
    String query(String cursor) {
      return "?kinds=commit&kinds=identity&kinds=account&collections="
          + Syntax.POSTS
          + "&maxMessageSizeBytes="
          + MESSAGE_MAX
          + cursor;
    }

    @Override
    Event read(JsonObject frame) {
      JsonObject message = frame.getJsonObject("payload", new JsonObject());
      if (!frame.getString("$type", "").equals("message")) {
        return notice(frame.containsKey("error") ? frame : message, "error");
      }
      String type = message.getString("$type", "");
      String kind = type.substring(type.indexOf('#') + 1);
      if (kind.equals("info")) {
        return notice(message, "name");
      }
      String seen = message.getString("witnessedAt", message.getString("time", ""));
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(seen));
      return switch (kind) {
        case "commit" -> commit(micros, did(message), message);
        case "account" -> standing(micros, did(message), message.getJsonObject("account"));
        case "identity" -> identity(micros, did(message), message.getJsonObject("identity"));
        default -> new Event.Other(micros);
      };
    }
  };

  /** Larger events are left out by the server; a post has 100 kB at the very most. */
  static final int MESSAGE_MAX = 1 << 20;

  /** The stream's trouble, not the account's. */
  private static final Set<String> NOT_GONE = Set.of("desynchronized", "throttled");

  private final String path;

  Wire(String path) {
    this.path = path;
  }

  /** The one that an address names by its path. */
  static @Nullable Wire named(Addresses.Host host) {
    for (Wire wire : values()) {
      if (host.path().equals(wire.path)) {
        return wire;
      }
    }
    return null;
  }

  Wire other() {
    return this == V1 ? V2 : V1;
  }

  /**
   * Path and query of a subscription.
   *
   * @param from microseconds; both wires understand them, on whatever server: a number of v2 counts
   *     on the one server that gave it
   */
  String uri(Addresses.Host host, OptionalLong from) {
    String base = named(host) == null ? host.path() : "";
    String cursor = from.isPresent() ? "&cursor=" + from.getAsLong() : "";
    return base + path + query(cursor);
  }

  /** An event; null when the message is none. */
  @Nullable Event read(String message) {
    try {
      return read(new JsonObject(message));
    } catch (DecodeException
        | ClassCastException
        | IllegalArgumentException
        | DateTimeParseException
        | ArithmeticException unreadable) {
      return null;
    }
  }

  abstract String query(String cursor);

  abstract Event read(JsonObject message);

  private static Event commit(long micros, String did, @Nullable JsonObject commit) {
    if (commit == null) {
      throw new IllegalArgumentException("a commit without content");
    }
    String key = commit.getString("rkey", "");
    if (!commit.getString("collection", "").equals(Syntax.POSTS) || !Syntax.isRecordKey(key)) {
      return new Event.Other(micros);
    }
    Event.Operation operation =
        Event.Operation.valueOf(commit.getString("operation", "").toUpperCase(Locale.ROOT));
    JsonObject value = commit.getJsonObject("record");
    if (value == null && operation != Event.Operation.DELETE) {
      throw new IllegalArgumentException("a post without a record");
    }
    return new Event.Commit(micros, did, commit.getString("rev", ""), operation, key, value);
  }

  private static Event standing(long micros, String did, @Nullable JsonObject account) {
    if (account == null || account.getBoolean("active") == null) {
      throw new IllegalArgumentException("an account without a standing");
    }
    boolean active = account.getBoolean("active");
    return !active && NOT_GONE.contains(account.getString("status", ""))
        ? new Event.Other(micros)
        : new Event.Standing(micros, did, !active);
  }

  private static Event identity(long micros, String did, @Nullable JsonObject identity) {
    return new Event.Identity(micros, did, identity == null ? null : identity.getString("handle"));
  }

  private static Event notice(JsonObject from, String name) {
    return new Event.Notice(from.getString(name, ""), from.getString("message", ""));
  }

  private static String did(JsonObject message) {
    String did = message.getString("did", "");
    if (!Syntax.isDid(did)) {
      throw new IllegalArgumentException("no DID");
    }
    return did;
  }

  private static long number(JsonObject message, String key) {
    Long value = message.getLong(key);
    if (value == null || value <= 0) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }
}
