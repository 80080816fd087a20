package plenary.meeting.agenda;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The c3 hub's second JSON schema ({@code c3voc.de/schema/schedule2}): days without rooms, and one
 * list of events with start, end, and references to rooms and tracks.
 */
final class HubJson implements Format {
  @Override
  public boolean recognises(Source source) {
    return source.looksLikeJson() && source.json().get("schedule").get("events").isArray();
  }

  @Override
  public Agenda read(Source source) {
    Node schedule = source.json().get("schedule");
    Node conference = schedule.get("conference");
    Programme programme = new Programme("schedule JSON (c3 hub)", source.zone());
    programme.title(conference.get("title").text(programme));
    Node zone = conference.get("time_zone_name");
    programme.zone(zone.path(), zone.text(programme));
    programme.base(schedule.first("base_url", "url").text(programme));
    Map<String, String> tracks = names(programme, conference.get("tracks"));
    Map<String, String> rooms = names(programme, conference.get("rooms"));
    for (Node event : schedule.get("events").elements()) {
      if (event.isObject()) {
        Draft draft =
            ScheduleEvent.read(
                programme,
                event.path(),
                new ScheduleJson.JsonFields(programme, event),
                ScheduleEvent.Day.UNKNOWN);
        draft.track = resolved(programme, event.get("track"), tracks, draft.track);
        draft.room = resolved(programme, event.get("room"), rooms, draft.room);
        programme.add(draft);
      } else if (!event.isMissing()) {
        programme.fault(event.path(), "an event is expected here");
      }
    }
    return programme.finish();
  }

  /** Names by every key that an event may refer to them with. */
  private static Map<String, String> names(Programme programme, Node list) {
    Map<String, String> names = new HashMap<>();
    for (Node entry : list.elements()) {
      String name = entry.isObject() ? entry.get("name").text(programme) : null;
      if (name != null) {
        for (String key : new String[] {"guid", "slug", "id"}) {
          String id = entry.get(key).text(programme);
          if (id != null) {
            names.putIfAbsent(key + ":" + id, name);
          }
        }
      }
    }
    return names;
  }

  /** The name in the reference itself, else the one in the list, else what was there. */
  private static @Nullable String resolved(
      Programme programme, Node reference, Map<String, String> names, @Nullable String text) {
    if (reference.isMissing()) {
      return null;
    }
    if (!reference.isObject()) {
      return text == null ? null : names.getOrDefault("slug:" + text, text);
    }
    String own = reference.get("name").text(programme);
    if (own != null) {
      return own;
    }
    for (String key : new String[] {"guid", "slug", "id"}) {
      String id = reference.get(key).text(programme);
      String name = id == null ? null : names.get(key + ":" + id);
      if (name != null) {
        return name;
      }
    }
    if (reference.keys().isEmpty()) {
      return null;
    }
    programme.warn(reference.path(), "This refers to nothing in the file.");
    return reference.get("slug").text(programme);
  }
}
