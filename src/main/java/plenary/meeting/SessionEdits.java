package plenary.meeting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.meeting.Session.Slot;
import plenary.problem.Failure;

/** What staff say of sessions, read from bodies of the contract. Pure; refuses by throwing. */
final class SessionEdits {
  private SessionEdits() {}

  /** A session after a merge patch of the contract's {@code SessionPatch}. */
  static Session patched(Session session, JsonObject patch, Instant now) {
    Slot slot = session.slot();
    Session changed =
        session.with(
            timesChecked(
                new Slot(
                    patch.containsKey("title")
                        ? Texts.line(patch.getString("title"), "/title")
                        : slot.title(),
                    merged(patch, "abstract", slot.abstractText(), Texts::paragraphs),
                    patch.containsKey("speakers") ? speakers(patch) : slot.speakers(),
                    merged(patch, "room", slot.room(), text -> Texts.line(text, "/room")),
                    merged(patch, "track", slot.track(), text -> Texts.line(text, "/track")),
                    slot.language(),
                    slot.url(),
                    patch.containsKey("startsAt")
                        ? Times.read(patch.getString("startsAt"), "/startsAt")
                        : slot.startsAt(),
                    patch.containsKey("endsAt")
                        ? Times.read(patch.getString("endsAt"), "/endsAt")
                        : slot.endsAt())));
    if (patch.containsKey("hashtags")) {
      changed = changed.with(Hashtags.read(patch.getJsonArray("hashtags"), "/hashtags"));
    }
    if (patch.containsKey("asking")) {
      changed = changed.asking(patch.getString("asking").equals("paused"));
    }
    String state = patch.getString("state");
    return state == null || SessionState.named(state) == session.state()
        ? changed
        : changed.with(SessionState.named(state), now);
  }

  private static @Nullable String merged(
      JsonObject patch, String name, @Nullable String before, UnaryOperator<String> read) {
    if (!patch.containsKey(name)) {
      return before;
    }
    String text = patch.getString(name);
    return text == null ? null : read.apply(text);
  }

  /** What the contract's {@code SessionDraft} says of a session. */
  static Slot slot(JsonObject draft) {
    return timesChecked(
        new Slot(
            Texts.line(draft.getString("title"), "/title"),
            merged(draft, "abstract", null, Texts::paragraphs),
            speakers(draft),
            merged(draft, "room", null, text -> Texts.line(text, "/room")),
            merged(draft, "track", null, text -> Texts.line(text, "/track")),
            null,
            null,
            Times.read(draft.getString("startsAt"), "/startsAt"),
            Times.read(draft.getString("endsAt"), "/endsAt")));
  }

  private static List<String> speakers(JsonObject body) {
    JsonArray names = body.getJsonArray("speakers", new JsonArray());
    List<String> speakers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      speakers.add(Texts.line(names.getString(i), "/speakers/" + i));
    }
    return speakers;
  }

  private static Slot timesChecked(Slot slot) {
    if (slot.endsAt() != null && slot.startsAt() == null) {
      throw new Failure.Invalid(
          "/startsAt", "start-needed", "A session with an end needs a start.");
    }
    if (slot.endsAt() != null && !slot.endsAt().isAfter(slot.startsAt())) {
      throw new Failure.Invalid("/endsAt", "ends-before", "A session ends after it starts.");
    }
    return slot;
  }
}
