package plenary.meeting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/**
 * A conference or a series.
 *
 * @param zone an IANA time zone; times in agenda files without one are meant in it
 * @param hashtags without the sign; the first is the primary one
 * @param sample whether it is the demo's and may go at a press of a button
 */
public record Meeting(
    UUID id,
    String name,
    ZoneId zone,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    List<String> hashtags,
    Rules rules,
    Look look,
    String joinCode,
    boolean sample,
    Instant createdAt) {

  public Meeting {
    hashtags = List.copyOf(hashtags);
  }

  /** What its organisers see. */
  public JsonObject toJson() {
    JsonObject body =
        new JsonObject().put("id", id.toString()).put("name", name).put("timeZone", zone.getId());
    if (startsOn != null) {
      body.put("startsOn", startsOn.toString());
    }
    if (endsOn != null) {
      body.put("endsOn", endsOn.toString());
    }
    return body.put("hashtags", new JsonArray(hashtags))
        .put("rules", rules.toJson())
        .put("look", look.toJson(id))
        .put("joinCode", joinCode)
        .put("sample", sample)
        .put("createdAt", Times.text(createdAt));
  }

  /** What everybody sees of it, inside a session. */
  public JsonObject summary() {
    JsonObject body =
        new JsonObject().put("id", id.toString()).put("name", name).put("timeZone", zone.getId());
    if (endsOn != null) {
      body.put("endsOn", endsOn.toString());
    }
    return body.put("hashtags", new JsonArray(hashtags))
        .put("look", look.toJson(id))
        .put("links", rules.links().toJson());
  }

  /** The moment its last day ends where it takes place; null while it has no last day. */
  public @Nullable Instant over() {
    return endsOn == null ? null : endsOn.plusDays(1).atStartOfDay(zone).toInstant();
  }

  Meeting withCode(String code) {
    return new Meeting(
        id, name, zone, startsOn, endsOn, hashtags, rules, look, code, sample, createdAt);
  }

  Meeting with(Look changed) {
    return new Meeting(
        id, name, zone, startsOn, endsOn, hashtags, rules, changed, joinCode, sample, createdAt);
  }

  /** Whether everything that its sessions show of it is the same in the other. */
  boolean showsLike(Meeting other) {
    return name.equals(other.name)
        && zone.equals(other.zone)
        && Objects.equals(endsOn, other.endsOn)
        && hashtags.equals(other.hashtags)
        && rules.equals(other.rules)
        && look.equals(other.look);
  }
}
