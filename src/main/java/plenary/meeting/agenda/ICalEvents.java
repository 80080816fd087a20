package plenary.meeting.agenda;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From VEVENTs to sessions: recurrences are expanded, single occurrences that were changed replace
 * theirs, cancelled ones are left out with a warning. Whole days run from midnight to midnight.
 */
final class ICalEvents {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Programme programme;
  private final ICalTimes times;

  /** Changed occurrences by the id of the occurrence they replace; taken out when used. */
  private final Map<String, VEvent> changed = new HashMap<>();

  private int wholeDays;
  private int occurrences;

  ICalEvents(Programme programme, ICalTimes times) {
    this.programme = programme;
    this.times = times;
  }

  void add(List<VEvent> events) {
    List<VEvent> masters = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (VEvent event : events) {
      String id = event.get("RECURRENCE-ID") == null ? null : occurrenceId(event);
      if (id == null || changed.putIfAbsent(id, event) != null) {
        masters.add(event);
      } else {
        order.add(id);
      }
    }
    for (VEvent event : masters) {
      boolean once = event.get("RRULE") == null && event.all("RDATE").isEmpty();
      if (once || isCancelled(event)) {
        single(event, event.text("UID"));
      } else {
        series(event);
      }
    }
    for (String id : order) {
      VEvent event = changed.remove(id);
      if (event != null) {
        single(event, id);
      }
    }
    if (wholeDays > 0) {
      programme.warn(
          "file",
          wholeDays
              + " events have no time of day: they run from midnight to midnight in "
              + programme.zone()
              + ".");
    }
  }

  private @Nullable String occurrenceId(VEvent event) {
    String uid = event.text("UID");
    Instant original = instant(event, "RECURRENCE-ID");
    return uid == null || original == null ? null : occurrenceId(uid, original);
  }

  private static String occurrenceId(String uid, Instant start) {
    return uid + "/" + BASIC.format(start);
  }

  private void single(VEvent event, @Nullable String id) {
    ICalTimes.Written start = written(event, "DTSTART");
    if (start == null && event.get("DTSTART") == null) {
      programme.warn(event.place(), "The event has no DTSTART: imported as a draft.");
    }
    emit(event, id, start, start == null ? null : at(event, "DTSTART", start));
  }

  /** Whether an online meeting's address stands where the place should. */
  private static boolean isAddress(@Nullable String location) {
    String text = location == null ? "" : location.strip().toLowerCase(Locale.ROOT);
    boolean web = text.startsWith("https://") || text.startsWith("http://");
    return web && text.chars().noneMatch(Character::isWhitespace);
  }

  private static boolean isCancelled(VEvent event) {
    String status = event.text("STATUS");
    return status != null && status.strip().toUpperCase(Locale.ROOT).startsWith("CANCEL");
  }

  private void emit(
      VEvent event, @Nullable String id, ICalTimes.@Nullable Written start, @Nullable Instant at) {
    if (isCancelled(event)) {
      String title = event.text("SUMMARY");
      programme.warn(
          event.place(),
          "Cancelled, so left out: " + PlainText.quote(title == null ? "Untitled" : title));
      return;
    }
    Draft draft = new Draft(event.place());
    draft.id = id;
    draft.title = event.text("SUMMARY");
    draft.description = event.text("DESCRIPTION");
    draft.room = event.text("LOCATION");
    draft.url = event.text("URL");
    if (draft.url == null && isAddress(draft.room)) {
      draft.url = draft.room;
      draft.room = null;
    }
    draft.startsAt = at;
    draft.endsAt = start == null || at == null ? null : end(event, start, at);
    wholeDays += start != null && start.wholeDay() ? 1 : 0;
    List<String> categories = new ArrayList<>();
    event.all("CATEGORIES").forEach(line -> categories.addAll(line.list()));
    draft.track = categories.isEmpty() ? null : String.join(", ", categories);
    ContentLine summary = event.get("SUMMARY");
    draft.language = summary == null ? null : summary.params().get("LANGUAGE");
    for (ContentLine attendee : event.all("ATTENDEE")) {
      String name = attendee.params().get("CN");
      if (name != null && "CHAIR".equalsIgnoreCase(attendee.params().get("ROLE"))) {
        draft.speakers.add(name);
      }
    }
    programme.add(draft);
  }

  /** DTEND, else DURATION, else the whole day; null when the event has no length. */
  private @Nullable Instant end(VEvent event, ICalTimes.Written start, Instant at) {
    if (event.get("DTEND") != null) {
      Instant first = instant(event, "DTSTART");
      Instant end = instant(event, "DTEND");
      if (first == null || end == null) {
        return null;
      }
      if (!start.wholeDay()) {
        return end.equals(first) ? null : at.plus(Duration.between(first, end));
      }
      if (end.isAfter(first)) {
        ICalTimes.Written from = written(event, "DTSTART");
        ICalTimes.Written to = written(event, "DTEND");
        long days =
            from == null || to == null
                ? 1
                : Duration.between(from.local(), to.local()).plusHours(23).toDays();
        return daysLater(event, start, days);
      }
    }
    String raw = event.text("DURATION");
    if (raw == null) {
      return start.wholeDay() ? daysLater(event, start, 1) : null;
    }
    Duration duration = Durations.parse(raw);
    if (duration == null) {
      programme.fault(
          event.place("DURATION"), "“" + PlainText.quote(raw) + "” is not a duration like PT45M");
      return null;
    }
    boolean nominal = raw.toUpperCase(Locale.ROOT).indexOf('T') < 0;
    return nominal && !start.utc() ? daysLater(event, start, duration.toDays()) : at.plus(duration);
  }

  /** The same time of day, some days later. */
  private @Nullable Instant daysLater(VEvent event, ICalTimes.Written start, long days) {
    return at(
        event,
        "DTSTART",
        new ICalTimes.Written(start.local().plusDays(days), start.utc(), start.wholeDay()));
  }

  private void series(VEvent event) {
    ICalTimes.Written start = written(event, "DTSTART");
    Instant first = start == null ? null : at(event, "DTSTART", start);
    if (start == null || first == null) {
      single(event, event.text("UID"));
      return;
    }
    Set<LocalDateTime> starts = new LinkedHashSet<>(starts(event, start));
    for (ContentLine line : event.all("RDATE")) {
      for (String value : line.list()) {
        LocalDateTime more = ICalTimes.local(value);
        if (more != null && starts.size() < Recurrence.OCCURRENCES_MAX) {
          starts.add(more);
        }
      }
    }
    Set<Instant> without = exceptions(event);
    String uid = event.text("UID");
    occurrences += starts.size();
    if (occurrences > 2 * AgendaReader.ITEMS_MAX) {
      throw Programme.tooMany(event.place("RRULE"));
    }
    for (LocalDateTime local : starts) {
      ICalTimes.Written written = new ICalTimes.Written(local, start.utc(), start.wholeDay());
      Instant at = at(event, "DTSTART", written);
      if (at == null || without.contains(at)) {
        continue;
      }
      String id = uid == null ? null : occurrenceId(uid, at);
      VEvent instead = id == null ? null : changed.remove(id);
      if (instead != null) {
        single(instead, id);
      } else {
        emit(event, id, written, at);
      }
    }
  }

  private List<LocalDateTime> starts(VEvent event, ICalTimes.Written start) {
    ContentLine rule = event.get("RRULE");
    if (rule == null) {
      return List.of(start.local());
    }
    Recurrence recurrence = Recurrence.parse(rule.value());
    if (recurrence == null) {
      programme.warn(
          event.place("RRULE"),
          ("Only daily and weekly repetitions with COUNT or UNTIL are followed, so “%s” is not: the"
                  + " first is imported.")
              .formatted(PlainText.quote(rule.value())));
      return List.of(start.local());
    }
    List<LocalDateTime> starts = recurrence.expand(start.local());
    Instant last = recurrence.untilInstant();
    if (last != null) {
      starts.removeIf(local -> isAfter(event, start, local, last));
    }
    if (starts.size() > Recurrence.OCCURRENCES_MAX) {
      programme.warn(
          event.place("RRULE"),
          "More than %d repetitions: the first %d are imported."
              .formatted(Recurrence.OCCURRENCES_MAX, Recurrence.OCCURRENCES_MAX));
      return starts.subList(0, Recurrence.OCCURRENCES_MAX);
    }
    return starts;
  }

  private boolean isAfter(
      VEvent event, ICalTimes.Written start, LocalDateTime local, Instant last) {
    Instant at = at(event, "DTSTART", new ICalTimes.Written(local, start.utc(), start.wholeDay()));
    return at == null || at.isAfter(last);
  }

  private Set<Instant> exceptions(VEvent event) {
    Set<Instant> instants = new HashSet<>();
    for (ContentLine line : event.all("EXDATE")) {
      for (String value : line.list()) {
        ICalTimes.Written written = ICalTimes.written(value);
        if (written == null) {
          programme.warn(
              event.place("EXDATE"), "“" + PlainText.quote(value) + "” is not a date or time.");
          continue;
        }
        Instant at = times.at(event.place("EXDATE"), written, line.params().get("TZID"));
        if (at != null) {
          instants.add(at);
        }
      }
    }
    return instants;
  }

  private @Nullable Instant instant(VEvent event, String property) {
    ICalTimes.Written written = written(event, property);
    return written == null ? null : at(event, property, written);
  }

  private @Nullable Instant at(VEvent event, String property, ICalTimes.Written written) {
    ContentLine line = event.get(property);
    String tzid = line == null ? null : line.params().get("TZID");
    return times.at(event.place(property), written, tzid);
  }

  /** The value of a property; null when it is absent, or a fault when it is none. */
  private ICalTimes.@Nullable Written written(VEvent event, String property) {
    ContentLine line = event.get(property);
    if (line == null || line.value().isBlank()) {
      return null;
    }
    ICalTimes.Written written = ICalTimes.written(line.value());
    if (written == null) {
      programme.fault(
          event.place(property),
          "“" + PlainText.quote(line.value()) + "” is not a date or time like 20260502T090000");
    }
    return written;
  }
}
