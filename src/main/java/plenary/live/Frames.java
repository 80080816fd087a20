package plenary.live;

import io.vertx.core.json.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

/** The frames of the live protocol as JSON text; see {@code docs/protocol.md}. */
final class Frames {
  static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Frames() {}

  static String snapshot(String epoch, long version, List<Entity> put, Instant now) {
    StringBuilder json = new StringBuilder(64 + 256 * put.size());
    json.append("{\"type\":\"snapshot\",\"epoch\":").append(Json.encode(epoch));
    json.append(",\"version\":").append(version);
    appendPut(json, put);
    return end(json, now);
  }

  static String change(
      String epoch, long from, long version, SessionState.Delta delta, Instant now) {
    StringBuilder json = new StringBuilder(64 + 256 * delta.put().size());
    json.append("{\"type\":\"change\",\"epoch\":").append(Json.encode(epoch));
    json.append(",\"from\":").append(from).append(",\"version\":").append(version);
    appendPut(json, delta.put());
    appendDrop(json, delta.drop());
    return end(json, now);
  }

  /** Entities of one participant alone; {@code all} replaces what the client has of them. */
  static String privately(boolean all, List<Entity> entities) {
    StringBuilder json = new StringBuilder("{\"type\":\"private\"");
    if (all) {
      json.append(",\"all\":true");
    }
    appendPut(json, entities.stream().filter(entity -> entity.body() != null).toList());
    appendDrop(json, entities.stream().filter(entity -> entity.body() == null).toList());
    return json.append('}').toString();
  }

  static String pulse(long from, long version, int live, boolean delayed, Instant now) {
    StringBuilder json = new StringBuilder(96);
    json.append("{\"type\":\"pulse\",\"from\":").append(from);
    json.append(",\"version\":").append(version).append(",\"live\":").append(live);
    json.append(",\"reactions\":{}");
    if (delayed) {
      json.append(",\"delayed\":true");
    }
    return end(json, now);
  }

  private static void appendPut(StringBuilder json, List<Entity> entities) {
    json.append(",\"put\":[");
    for (int i = 0; i < entities.size(); i++) {
      json.append(i == 0 ? "" : ",").append(entities.get(i).asPut());
    }
    json.append(']');
  }

  private static void appendDrop(StringBuilder json, List<Entity> entities) {
    json.append(",\"drop\":[");
    for (int i = 0; i < entities.size(); i++) {
      json.append(i == 0 ? "" : ",").append(entities.get(i).asDrop());
    }
    json.append(']');
  }

  private static String end(StringBuilder json, Instant now) {
    return json.append(",\"now\":\"").append(MILLIS.format(now)).append("\"}").toString();
  }
}
