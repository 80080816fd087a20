package plenary.meeting.agenda;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sessionize's JSON: the "all data" view, whose sessions refer to speakers, rooms and categories by
 * id, and the "sessions" and "grid" views, which repeat the names. Times are local without an
 * offset. Service sessions (breaks) are kept.
 */
final class SessionizeJson implements Format {
  private static final Pattern TRACK = Pattern.compile(".*(track|topic|theme|thema|stream).*");
  private static final Pattern LANGUAGE =
      Pattern.compile(".*(language|sprache|langue|idioma|lingua).*");

  @Override
  public boolean recognises(Source source) {
    if (!source.looksLikeJson()) {
      return false;
    }
    Node root = source.json();
    if (root.isObject()) {
      boolean joined =
          root.get("speakers").isArray()
              || root.get("rooms").isArray()
              || root.get("categories").isArray();
      return root.get("sessions").isArray() && joined;
    }
    List<Node> groups = root.elements();
    return !groups.isEmpty() && groups.stream().allMatch(SessionizeJson::isGroup);
  }

  private static boolean isGroup(Node group) {
    return group.get("sessions").isArray()
        || (!group.get("date").isMissing() && group.get("rooms").isArray());
  }

  @Override
  public Agenda read(Source source) {
    Node root = source.json();
    Programme programme = new Programme("Sessionize JSON", source.zone());
    Reading reading = new Reading(programme, root);
    if (root.isObject()) {
      reading.sessions(root.get("sessions"), null);
    }
    for (Node group : root.isArray() ? root.elements() : List.<Node>of()) {
      reading.sessions(group.get("sessions"), null);
      for (Node room : group.get("rooms").elements()) {
        reading.sessions(room.get("sessions"), room.get("name").text(programme));
      }
    }
    return programme.finish();
  }

  /** An item of a category, such as the track “Cloud”. */
  private record Label(String category, @Nullable String name) {}

  /** The file's tables and what refers to them. */
  private static final class Reading {
    private final Programme programme;
    private final Map<String, String> speakers = new HashMap<>();
    private final Map<String, String> rooms = new HashMap<>();
    private final Map<String, Label> labels = new HashMap<>();

    Reading(Programme programme, Node root) {
      this.programme = programme;
      for (Node speaker : root.get("speakers").elements()) {
        put(speakers, speaker, speakerName(speaker));
      }
      for (Node room : root.get("rooms").elements()) {
        put(rooms, room, room.get("name").text(programme));
      }
      for (Node category : root.get("categories").elements()) {
        String title = lower(category.get("title").text(programme));
        for (Node item : category.get("items").elements()) {
          String id = item.get("id").text(programme);
          if (id != null) {
            labels.put(id, new Label(title, item.get("name").text(programme)));
          }
        }
      }
    }

    private void put(Map<String, String> table, Node entry, @Nullable String name) {
      String id = entry.get("id").text(programme);
      if (id != null && name != null) {
        table.put(id, name);
      }
    }

    private @Nullable String speakerName(Node speaker) {
      String full = speaker.first("fullName", "name").text(programme);
      if (full != null && !full.isBlank()) {
        return full;
      }
      String first = speaker.get("firstName").text(programme);
      String last = speaker.get("lastName").text(programme);
      String joined = (first == null ? "" : first) + " " + (last == null ? "" : last);
      return joined.isBlank() ? null : joined.strip();
    }

    void sessions(Node list, @Nullable String room) {
      for (Node session : list.elements()) {
        if (session.isObject()) {
          session(session, room);
        } else if (!session.isMissing()) {
          programme.fault(session.path(), "a session is expected here");
        }
      }
    }

    private void session(Node session, @Nullable String room) {
      Draft draft = new Draft(session.path());
      draft.id = session.get("id").text(programme);
      draft.title = session.get("title").text(programme);
      draft.description = session.get("description").text(programme);
      draft.url = session.get("liveUrl").text(programme);
      draft.room = room(session, room);
      draft.startsAt = instant(session.get("startsAt"));
      draft.endsAt = instant(session.get("endsAt"));
      for (Node speaker : session.get("speakers").elements()) {
        String name = speaker.isObject() ? speakerName(speaker) : named(speakers, speaker);
        if (name != null) {
          draft.speakers.add(name);
        }
      }
      categorise(session, draft);
      programme.add(draft);
    }

    private @Nullable String room(Node session, @Nullable String group) {
      String own = session.get("room").text(programme);
      if (own != null && !own.isBlank()) {
        return own;
      }
      return group != null ? group : named(rooms, session.get("roomId"));
    }

    private @Nullable String named(Map<String, String> table, Node reference) {
      String id = reference.text(programme);
      String name = id == null ? null : table.get(id);
      if (id != null && name == null) {
        programme.warn(reference.path(), "“" + PlainText.quote(id) + "” is not in the file.");
      }
      return name;
    }

    /** Tracks and languages from the category items, by id or with their names. */
    private void categorise(Node session, Draft draft) {
      Set<String> tracks = new LinkedHashSet<>();
      Set<String> languages = new LinkedHashSet<>();
      for (Node item : session.get("categoryItems").elements()) {
        String id = item.text(programme);
        Label label = id == null ? null : labels.get(id);
        if (label != null) {
          file(label, tracks, languages);
        }
      }
      for (Node category : session.get("categories").elements()) {
        String title = lower(category.get("name").text(programme));
        for (Node item : category.get("categoryItems").elements()) {
          file(new Label(title, item.get("name").text(programme)), tracks, languages);
        }
      }
      draft.track = tracks.isEmpty() ? null : String.join(", ", tracks);
      draft.language = languages.isEmpty() ? null : String.join(", ", languages);
    }

    private static void file(Label label, Set<String> tracks, Set<String> languages) {
      String name = label.name();
      if (name == null) {
        return;
      }
      if (TRACK.matcher(label.category()).matches()) {
        tracks.add(name);
      } else if (LANGUAGE.matcher(label.category()).matches()) {
        languages.add(name);
      }
    }

    private @Nullable Instant instant(Node node) {
      String raw = node.text(programme);
      if (raw == null || raw.isBlank()) {
        return null;
      }
      Stamp stamp = Stamp.iso(raw);
      if (stamp == null || stamp.local() == null) {
        programme.fault(
            node.path(), "“" + PlainText.quote(raw) + "” is not a date and time (ISO 8601)");
        return null;
      }
      return programme.clock().at(node.path(), stamp);
    }

    private static String lower(@Nullable String text) {
      return text == null
          ? ""
          : text.substring(0, Math.min(text.length(), 100)).toLowerCase(Locale.ROOT);
    }
  }
}
