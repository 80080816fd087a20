package plenary.meeting.agenda;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The {@code schedule.json} of pretalx and frab: days with rooms with events ({@code
 * c3voc.de/schedule/schema.json}). Rooms may be an object of arrays, or an array of objects that
 * have a name and events.
 */
final class ScheduleJson implements Format {
  @Override
  public boolean recognises(Source source) {
    if (!source.looksLikeJson()) {
      return false;
    }
    for (Node conference : conferences(source.json())) {
      for (Node day : conference.get("days").elements()) {
        Node rooms = day.get("rooms");
        if (rooms.isObject() || rooms.isArray() || day.get("events").isArray()) {
          return true;
        }
      }
      if (conference.get("days").isArray()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Agenda read(Source source) {
    Node root = source.json();
    Programme programme = new Programme("schedule JSON (pretalx, frab)", source.zone());
    programme.base(root.get("schedule").get("base_url").text(programme));
    Set<String> strangers = new TreeSet<>();
    for (Node conference : conferences(root)) {
      programme.title(conference.get("title").text(programme));
      Node zone = conference.get("time_zone_name");
      programme.zone(zone.path(), zone.text(programme));
      readDays(programme, conference, strangers);
    }
    if (!strangers.isEmpty()) {
      programme.warn(
          "$.schedule.conference.rooms",
          "Rooms with sessions that the list of rooms does not have: "
              + PlainText.shorten(String.join(", ", strangers), 200));
    }
    return programme.finish();
  }

  /** One conference, several in an array, or the days directly in the schedule. */
  private static List<Node> conferences(Node root) {
    Node schedule = root.get("schedule");
    Node conference = schedule.get("conference");
    if (conference.isArray()) {
      return conference.elements();
    }
    return List.of(conference.isObject() ? conference : schedule);
  }

  private static void readDays(Programme programme, Node conference, Set<String> strangers) {
    Set<String> known = new HashSet<>();
    for (Node room : conference.get("rooms").elements()) {
      String name = PlainText.line(roomName(programme, room));
      if (name != null) {
        known.add(name);
      }
    }
    Stamp change = Stamp.timeOfDay(conference.get("day_change").text(programme));
    for (Node day : conference.get("days").elements()) {
      ScheduleEvent.Day on =
          ScheduleEvent.Day.of(
              Stamp.iso(day.get("date").text(programme)),
              Stamp.iso(day.first("day_start", "start").text(programme)),
              Stamp.iso(day.first("day_end", "end").text(programme)),
              change);
      readRooms(programme, day, on, known, strangers);
    }
  }

  private static void readRooms(
      Programme programme,
      Node day,
      ScheduleEvent.Day on,
      Set<String> known,
      Set<String> strangers) {
    Node rooms = day.get("rooms");
    List<String> names = rooms.keys();
    List<Node> nodes = rooms.elements();
    for (int i = 0; i < nodes.size(); i++) {
      Node room = nodes.get(i);
      String name = rooms.isObject() ? names.get(i) : roomName(programme, room);
      Node events = room.isArray() ? room : room.first("events", "talks", "sessions");
      if (!events.isArray() && !events.isMissing()) {
        programme.fault(events.path(), "an array of events is expected here");
      }
      for (Node event : events.elements()) {
        readEvent(programme, event, on, name);
      }
      String line = PlainText.line(name);
      if (!known.isEmpty() && line != null && !known.contains(line) && isFull(events)) {
        strangers.add(line);
      }
    }
    for (Node event : day.get("events").elements()) {
      readEvent(programme, event, on, null);
    }
  }

  private static boolean isFull(Node events) {
    return !events.elements().isEmpty();
  }

  private static void readEvent(
      Programme programme, Node event, ScheduleEvent.Day day, @Nullable String room) {
    if (event.isMissing()) {
      return;
    }
    if (!event.isObject()) {
      programme.fault(event.path(), "an event is expected here");
      return;
    }
    Draft draft =
        ScheduleEvent.read(programme, event.path(), new JsonFields(programme, event), day);
    if (PlainText.line(draft.room) == null) {
      draft.room = room;
    }
    programme.add(draft);
  }

  private static @Nullable String roomName(Programme programme, Node room) {
    return room.isObject() ? room.get("name").text(programme) : null;
  }

  /** The fields of an event object, its room and track being texts or objects with a name. */
  record JsonFields(Programme programme, Node event) implements ScheduleEvent.Fields {
    @Override
    public @Nullable String text(String name) {
      Node field = event.get(name);
      Node inner = field.isObject() ? field.first("name", "slug") : field;
      return (inner.isMissing() ? field : inner).text(programme);
    }

    @Override
    public String place(String name) {
      return event.get(name).path();
    }

    @Override
    public List<String> persons() {
      List<String> names = new ArrayList<>();
      for (Node person : event.first("persons", "participants", "speakers").elements()) {
        Node name = person.isObject() ? person.first("public_name", "name", "full_name") : person;
        String text = name.text(programme);
        if (text != null) {
          names.add(text);
        }
      }
      return names;
    }
  }
}
