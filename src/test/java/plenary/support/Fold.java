package plenary.support;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.TreeMap;

/**
 * What a client knows of a session: frames applied by the client rules of the live protocol. Used
 * under its owner's lock.
 */
public final class Fold {
  private final TreeMap<String, Held> shared = new TreeMap<>();
  private final TreeMap<String, Held> own = new TreeMap<>();
  private String epoch = "";
  private long have;
  private int gaps;

  private record Held(long version, JsonObject body) {}

  /** A fold of nothing. */
  public Fold() {}

  /** One that starts from the answer of {@code …/state}. */
  public static Fold of(JsonObject snapshot) {
    Fold fold = new Fold();
    fold.apply(snapshot);
    return fold;
  }

  public Fold copy() {
    Fold copy = new Fold();
    copy.shared.putAll(shared);
    copy.own.putAll(own);
    copy.epoch = epoch;
    copy.have = have;
    return copy;
  }

  public String epoch() {
    return epoch;
  }

  public long have() {
    return have;
  }

  /** How often a frame could not be applied, so that a client would have to reconnect. */
  public int gaps() {
    return gaps;
  }

  /** Applies a frame. */
  public void apply(JsonObject frame) {
    switch (frame.getString("type")) {
      case "snapshot" -> {
        shared.clear();
        epoch = frame.getString("epoch");
        have = frame.getLong("version");
        put(shared, frame);
      }
      case "change" -> {
        if (follows(frame)) {
          put(shared, frame);
          drop(shared, frame);
          have = frame.getLong("version");
        }
      }
      case "pulse" -> {
        if (follows(frame)) {
          have = frame.getLong("version");
        }
      }
      case "private" -> {
        if (frame.getBoolean("all", false)) {
          own.clear();
        }
        put(own, frame);
        drop(own, frame);
      }
      default -> {}
    }
  }

  private boolean follows(JsonObject frame) {
    if (frame.getLong("version") <= have) {
      return false;
    }
    if (frame.getLong("from") > have || !frame.getString("epoch", epoch).equals(epoch)) {
      gaps++;
      return false;
    }
    return true;
  }

  private static void put(TreeMap<String, Held> held, JsonObject frame) {
    for (Object each : frame.getJsonArray("put", new JsonArray())) {
      JsonObject entity = (JsonObject) each;
      long version = entity.getLong("version");
      Held now = held.get(entity.getString("key"));
      if (now == null || now.version <= version) {
        held.put(entity.getString("key"), new Held(version, entity.getJsonObject("body")));
      }
    }
  }

  private static void drop(TreeMap<String, Held> held, JsonObject frame) {
    for (Object each : frame.getJsonArray("drop", new JsonArray())) {
      JsonObject entity = (JsonObject) each;
      Held now = held.get(entity.getString("key"));
      if (now != null && now.version <= entity.getLong("version")) {
        held.remove(entity.getString("key"));
      }
    }
  }

  /** Keys, versions and bodies of what everybody with this view sees, as text that compares. */
  public String shared() {
    return text(shared);
  }

  /** Keys and bodies of what this participant alone sees. */
  public String own() {
    StringBuilder text = new StringBuilder();
    own.forEach((key, held) -> text.append(key).append(' ').append(held.body).append('\n'));
    return text.toString();
  }

  private static String text(TreeMap<String, Held> entities) {
    StringBuilder text = new StringBuilder();
    entities.forEach(
        (key, held) ->
            text.append(key)
                .append('@')
                .append(held.version)
                .append(' ')
                .append(held.body)
                .append('\n'));
    return text.toString();
  }

  /** The bodies of all entities of a kind, such as {@code question}. */
  public java.util.List<JsonObject> all(String kind) {
    return shared.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(kind + "/"))
        .map(entry -> entry.getValue().body)
        .toList();
  }

  /** The body of an entity; empty when it is not there. */
  public JsonObject body(String key) {
    Held held = shared.get(key);
    return held == null ? new JsonObject() : held.body;
  }

  /** The version of an entity; -1 when it is not there. */
  public long version(String key) {
    Held held = shared.get(key);
    return held == null ? -1 : held.version;
  }
}
