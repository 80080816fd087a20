package plenary.meeting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plenary.meeting.Session.Slot;
import plenary.meeting.agenda.Agenda;
import plenary.meeting.agenda.Item;
import plenary.meeting.agenda.Warning;

/**
 * What an agenda's file would change. Sessions are recognised by their id in the file; the file
 * wins for what it says of a session. Questions, states, join codes and hashtags are ours, and a
 * session that is not in the file any more is marked and stays.
 */
record ImportPlan(String format, List<Step> steps, int same, List<Warning> warnings) {
  private static final int SPEAKERS_MAX = 50;
  private static final int LISTED_MAX = 10_000;

  ImportPlan {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /** One session to write. */
  sealed interface Step {}

  /** A session that is not there yet. */
  record Add(String externalId, Slot slot) implements Step {}

  /** A session of another meeting that is to be here too. */
  record Copy(Session of, Slot slot) implements Step {}

  /** A session that the file says something else about. */
  record Update(Session session, Slot slot, List<String> fields) implements Step {}

  /** A session that the file names no more. */
  record Miss(Session session) implements Step {}

  /** Compares a file with the sessions that came from one before. */
  static ImportPlan of(Agenda agenda, List<Session> there) {
    Map<String, Session> left = new HashMap<>();
    there.forEach(session -> left.put(Objects.requireNonNull(session.externalId()), session));
    List<Step> steps = new ArrayList<>();
    int same = 0;
    for (Item item : agenda.items()) {
      Slot slot = slot(item);
      Session session = left.remove(item.externalId());
      if (session == null) {
        steps.add(new Add(item.externalId(), slot));
        continue;
      }
      List<String> fields = differences(session, slot);
      if (fields.isEmpty()) {
        same++;
      } else {
        steps.add(new Update(session, slot, fields));
      }
    }
    for (Session session : there) {
      if (left.containsKey(session.externalId()) && session.missingSince() == null) {
        steps.add(new Miss(session));
      }
    }
    return new ImportPlan(agenda.format(), steps, same, agenda.warnings());
  }

  /**
   * The agenda of another meeting, as drafts: its times moved by whole days on the clock of that
   * place, or taken away.
   *
   * @param days how far; null = without times
   */
  static ImportPlan copy(List<Session> sessions, ZoneId zone, @Nullable Long days) {
    return new ImportPlan(
        "copy",
        sessions.stream()
            .filter(session -> session.missingSince() == null)
            .<Step>map(session -> new Copy(session, session.slot().moved(zone, days)))
            .toList(),
        0,
        List.of());
  }

  private static Slot slot(Item item) {
    List<String> speakers = Texts.imported(item.speakers());
    return new Slot(
        Texts.imported(item.title()).orElse(item.externalId()),
        item.abstractText() == null || item.abstractText().isBlank()
            ? null
            : Texts.paragraphs(item.abstractText()),
        speakers.subList(0, Math.min(speakers.size(), SPEAKERS_MAX)),
        Texts.imported(item.room()).orElse(null),
        Texts.imported(item.track()).orElse(null),
        Texts.imported(item.language()).orElse(null),
        item.url(),
        item.startsAt(),
        item.startsAt() == null ? null : item.endsAt());
  }

  private static List<String> differences(Session session, Slot to) {
    Slot from = session.slot();
    List<String> fields = new ArrayList<>();
    note(fields, "title", from.title(), to.title());
    note(fields, "abstract", from.abstractText(), to.abstractText());
    note(fields, "speakers", from.speakers(), to.speakers());
    note(fields, "room", from.room(), to.room());
    note(fields, "track", from.track(), to.track());
    note(fields, "language", from.language(), to.language());
    note(fields, "url", from.url(), to.url());
    note(fields, "startsAt", from.startsAt(), to.startsAt());
    note(fields, "endsAt", from.endsAt(), to.endsAt());
    if (session.missingSince() != null) {
      fields.add("missing");
    }
    return fields;
  }

  private static void note(
      List<String> fields, String name, @Nullable Object from, @Nullable Object to) {
    if (!Objects.equals(from, to)) {
      fields.add(name);
    }
  }

  /** The contract's {@code AgendaCounts}. */
  JsonObject counts() {
    int add = 0;
    int change = 0;
    for (Step step : steps) {
      switch (step) {
        case Add _, Copy _ -> add++;
        case Update _ -> change++;
        case Miss _ -> {}
      }
    }
    return new JsonObject()
        .put("add", add)
        .put("change", change)
        .put("missing", steps.size() - add - change)
        .put("keep", same);
  }

  /** The contract's {@code AgendaPreview}. */
  JsonObject toJson() {
    JsonArray changes = new JsonArray();
    steps.stream().limit(LISTED_MAX).forEach(step -> changes.add(toJson(step)));
    return new JsonObject()
        .put("format", format)
        .put("total", steps.size() + same)
        .put("counts", counts())
        .put("changes", changes)
        .put("problems", problems());
  }

  JsonArray problems() {
    JsonArray problems = new JsonArray();
    warnings.forEach(
        warning ->
            problems.add(
                new JsonObject().put("place", warning.place()).put("detail", warning.message())));
    return problems;
  }

  private static JsonObject toJson(Step step) {
    return switch (step) {
      case Add(String externalId, Slot slot) ->
          new JsonObject()
              .put("action", "add")
              .put("externalId", externalId)
              .put("title", slot.title());
      case Copy(Session session, Slot slot) ->
          new JsonObject()
              .put("action", "add")
              .put("externalId", session.externalId())
              .put("title", slot.title());
      case Update(Session session, Slot slot, List<String> fields) ->
          new JsonObject()
              .put("action", "change")
              .put("session", session.id().toString())
              .put("externalId", session.externalId())
              .put("title", slot.title())
              .put("fields", new JsonArray(fields));
      case Miss(Session session) ->
          new JsonObject()
              .put("action", "missing")
              .put("session", session.id().toString())
              .put("externalId", session.externalId())
              .put("title", session.slot().title());
    };
  }
}
