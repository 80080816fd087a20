package plenary.stage;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/**
 * How a session's stage stands.
 *
 * @param cue what was prepared to go on stage next
 * @param last who changed it last; absent before anybody did
 */
record Stage(Shown shown, @Nullable Cue cue, Clock clock, @Nullable Last last) {
  /** Before anybody touched it. */
  static final Stage UNTOUCHED =
      new Stage(new Shown(null, false, false, false), null, Clock.OF_SESSION, null);

  /**
   * What everybody at the podium and the hall's screens are told.
   *
   * @param scene chosen by hand; absent = by what there is
   * @param frozen whether the screens keep what they showed
   * @param chair whether the podium has next and skip
   */
  record Shown(@Nullable String scene, boolean blackout, boolean frozen, boolean chair) {}

  /** A question that moderators prepared. */
  record Cue(UUID question, String by, Instant at) {}

  /**
   * The last change.
   *
   * @param version of the entity {@code desk}
   */
  record Last(String by, Instant at, long version) {}

  Stage with(Shown changed) {
    return new Stage(changed, cue, clock, last);
  }

  Stage with(@Nullable Cue changed) {
    return new Stage(shown, changed, clock, last);
  }

  Stage with(Clock changed) {
    return new Stage(shown, cue, changed, last);
  }

  Stage changed(String by, Instant at, long version) {
    return new Stage(shown, cue, clock, new Last(by, at, version));
  }

  boolean isSame(Stage other) {
    return shown.equals(other.shown)
        && clock.equals(other.clock)
        && (cue == null
            ? other.cue == null
            : other.cue != null && cue.question().equals(other.cue.question()));
  }

  /** The body of {@code stage}. */
  JsonObject body() {
    JsonObject body = new JsonObject();
    if (shown.scene() != null) {
      body.put("scene", shown.scene());
    }
    body.put("blackout", shown.blackout())
        .put("frozen", shown.frozen())
        .put("chair", shown.chair());
    JsonObject counting = clock.toJson();
    return counting == null ? body : body.put("clock", counting);
  }

  /** The body of {@code desk}, which moderators alone see. */
  JsonObject desk() {
    JsonObject body = new JsonObject();
    if (cue != null) {
      body.put("cue", cue.question().toString())
          .put("cuedBy", cue.by())
          .put("cuedAt", Times.text(cue.at()));
    }
    if (last != null) {
      body.put("by", last.by()).put("at", Times.text(last.at()));
    }
    return body;
  }
}
