package plenary.meeting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/**
 * One slot of an agenda, with its live discussion.
 *
 * @param externalId its id in the agenda's file; absent when it was made by hand
 * @param startsAt absent for a draft
 * @param hashtags its own; empty = the meeting's
 * @param stateSetAt the last change of state by hand
 * @param nextChange when the clock has to look at it
 * @param missingSince since when the agenda's file does not name it any more
 * @param askingPaused whether no new questions are taken for now
 */
public record Session(
    UUID id,
    UUID meeting,
    @Nullable String externalId,
    Slot slot,
    List<String> hashtags,
    SessionState state,
    @Nullable Instant stateSetAt,
    @Nullable Instant nextChange,
    String joinCode,
    @Nullable Instant missingSince,
    boolean askingPaused) {

  public Session {
    hashtags = List.copyOf(hashtags);
  }

  /**
   * What an agenda says about a session.
   *
   * @param language a tag, or several with commas
   */
  public record Slot(
      String title,
      @Nullable String abstractText,
      List<String> speakers,
      @Nullable String room,
      @Nullable String track,
      @Nullable String language,
      @Nullable String url,
      @Nullable Instant startsAt,
      @Nullable Instant endsAt) {
    public Slot {
      speakers = List.copyOf(speakers);
    }

    /** The same at the same time of day some days later; without a time when that is not known. */
    Slot moved(ZoneId zone, @Nullable Long days) {
      return new Slot(
          title,
          abstractText,
          speakers,
          room,
          track,
          language,
          url,
          moved(startsAt, zone, days),
          moved(endsAt, zone, days));
    }

    private static @Nullable Instant moved(@Nullable Instant at, ZoneId zone, @Nullable Long days) {
      return at == null || days == null ? null : at.atZone(zone).plusDays(days).toInstant();
    }
  }

  /** The body of the entity {@code session}, and of every answer about one. */
  public JsonObject toJson(Meeting in) {
    JsonObject body =
        new JsonObject()
            .put("id", id.toString())
            .put("meeting", in.summary())
            .put("title", slot.title());
    put(body, "abstract", slot.abstractText());
    body.put("speakers", new JsonArray(slot.speakers()));
    put(body, "room", slot.room());
    put(body, "track", slot.track());
    put(body, "language", slot.language());
    put(body, "url", slot.url());
    put(body, "startsAt", slot.startsAt() == null ? null : Times.text(slot.startsAt()));
    put(body, "endsAt", slot.endsAt() == null ? null : Times.text(slot.endsAt()));
    if (missingSince != null) {
      body.put("missing", true);
    }
    return body.put("state", state.id())
        .put("asking", askingPaused ? "paused" : "open")
        .put("joinCode", joinCode)
        .put("hashtags", new JsonArray(hashtags.isEmpty() ? in.hashtags() : hashtags))
        .put("moderation", in.rules().moderation())
        .put("anonymity", in.rules().anonymity().id())
        .put("questionLength", in.rules().questionLength());
  }

  private static void put(JsonObject body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  Session with(Slot changed) {
    return copy(
        changed, hashtags, state, stateSetAt, nextChange, joinCode, missingSince, askingPaused);
  }

  Session with(List<String> changed) {
    return copy(slot, changed, state, stateSetAt, nextChange, joinCode, missingSince, askingPaused);
  }

  Session with(SessionState changed, @Nullable Instant byHandAt) {
    return copy(
        slot, hashtags, changed, byHandAt, nextChange, joinCode, missingSince, askingPaused);
  }

  Session asking(boolean paused) {
    return copy(slot, hashtags, state, stateSetAt, nextChange, joinCode, missingSince, paused);
  }

  Session withCode(String code) {
    return copy(slot, hashtags, state, stateSetAt, nextChange, code, missingSince, askingPaused);
  }

  Session due(@Nullable Instant next) {
    return copy(slot, hashtags, state, stateSetAt, next, joinCode, missingSince, askingPaused);
  }

  Session missing(@Nullable Instant since) {
    return copy(slot, hashtags, state, stateSetAt, nextChange, joinCode, since, askingPaused);
  }

  /** The same session, with all that ever changes of it given. */
  private Session copy(
      Slot newSlot,
      List<String> newHashtags,
      SessionState newState,
      @Nullable Instant newStateSetAt,
      @Nullable Instant newNextChange,
      String newJoinCode,
      @Nullable Instant newMissingSince,
      boolean newAskingPaused) {
    return new Session(
        id,
        meeting,
        externalId,
        newSlot,
        newHashtags,
        newState,
        newStateSetAt,
        newNextChange,
        newJoinCode,
        newMissingSince,
        newAskingPaused);
  }
}
