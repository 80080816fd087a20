package plenary.meeting.agenda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A component of an iCalendar file with the properties that an agenda needs. */
final class VEvent {
  private static final int REPEATED_MAX = 1_000;

  /** Counted from 1. */
  final int number;

  final int line;
  private final Map<String, ContentLine> first = new HashMap<>();
  private final Map<String, List<ContentLine>> repeated = new HashMap<>(4);

  VEvent(int number, int line) {
    this.number = number;
    this.line = line;
  }

  void put(ContentLine property) {
    switch (property.name()) {
      case "EXDATE", "RDATE", "ATTENDEE", "CATEGORIES" -> {
        List<ContentLine> all =
            repeated.computeIfAbsent(property.name(), name -> new ArrayList<>(2));
        if (all.size() < REPEATED_MAX) {
          all.add(property);
        }
      }
      case "UID",
          "SUMMARY",
          "DESCRIPTION",
          "LOCATION",
          "URL",
          "STATUS",
          "DTSTART",
          "DTEND",
          "DURATION",
          "RRULE",
          "RECURRENCE-ID",
          "TZID",
          "TZOFFSETFROM",
          "TZOFFSETTO" ->
          first.putIfAbsent(property.name(), property);
      default -> {}
    }
  }

  @Nullable ContentLine get(String name) {
    return first.get(name);
  }

  /** The text of a property; null when it is absent or blank. */
  @Nullable String text(String name) {
    ContentLine property = first.get(name);
    String text = property == null ? "" : property.text();
    return text.isBlank() ? null : text;
  }

  List<ContentLine> all(String name) {
    return repeated.getOrDefault(name, List.of());
  }

  String place() {
    return "VEVENT %d (line %d)".formatted(number, line);
  }

  String place(String property) {
    ContentLine found = first.get(property);
    return "VEVENT %d, %s (line %d)"
        .formatted(number, property, found == null ? line : found.line());
  }
}
