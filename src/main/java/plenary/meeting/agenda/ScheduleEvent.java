package plenary.meeting.agenda;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of the Pentabarf family (frab, pretalx, hub), in XML or JSON. Its own {@code date} is
 * an instant and wins; without one, the day's date and the {@code start} count, where a start
 * before the day change belongs to the next calendar day.
 */
final class ScheduleEvent {
  /** The fields of an event in whatever syntax. */
  interface Fields {
    /** The field's text; null when it is absent. */
    @Nullable String text(String name);

    /** Where that field is. */
    String place(String name);

    /** Who speaks. */
    List<String> persons();
  }

  /**
   * A day of the conference.
   *
   * @param date its calendar date
   * @param change from when on a start belongs to this date; earlier ones to the next
   */
  record Day(@Nullable LocalDate date, LocalTime change) {
    static final Day UNKNOWN = new Day(null, LocalTime.MIDNIGHT);

    /**
     * @param change the file's {@code day_change}; without one, a day that ends on the next
     *     calendar day changes at its end
     */
    static Day of(
        @Nullable Stamp date, @Nullable Stamp start, @Nullable Stamp end, @Nullable Stamp change) {
      LocalDate on = date != null ? date.date() : start != null ? start.date() : null;
      if (change != null && change.time() != null) {
        return new Day(on, change.time());
      }
      boolean late = on != null && end != null && on.plusDays(1).equals(end.date());
      LocalTime at = late && end != null ? end.time() : null;
      return new Day(on, at == null ? LocalTime.MIDNIGHT : at);
    }

    @Nullable LocalDateTime at(LocalTime time) {
      LocalDate on = date;
      return on == null ? null : (time.isBefore(change) ? on.plusDays(1) : on).atTime(time);
    }
  }

  private final Programme programme;
  private final Fields fields;
  private final Day day;

  private ScheduleEvent(Programme programme, Fields fields, Day day) {
    this.programme = programme;
    this.fields = fields;
    this.day = day;
  }

  static Draft read(Programme programme, String place, Fields fields, Day day) {
    Draft draft = new Draft(place);
    draft.id = firstText(fields, "guid", "code", "id", "slug");
    draft.title = fields.text("title");
    draft.subtitle = fields.text("subtitle");
    draft.summary = fields.text("abstract");
    draft.description = fields.text("description");
    draft.speakers.addAll(fields.persons());
    draft.room = fields.text("room");
    draft.track = fields.text("track");
    draft.language = fields.text("language");
    draft.url = fields.text("url");
    ScheduleEvent event = new ScheduleEvent(programme, fields, day);
    draft.startsAt = event.start();
    draft.endsAt = event.end(draft.startsAt);
    return draft;
  }

  private @Nullable Instant start() {
    Stamp date = stamp("date");
    Stamp start = stamp("start");
    if (date != null && date.time() != null) {
      return programme.clock().at(fields.place("date"), date);
    }
    if (start == null || start.time() == null) {
      return null;
    }
    if (start.date() != null) {
      return programme.clock().at(fields.place("start"), start);
    }
    LocalDateTime local =
        date != null && date.date() != null
            ? date.date().atTime(start.time())
            : day.at(start.time());
    if (local == null) {
      programme.warn(fields.place("start"), "The start has no date: imported as a draft.");
      return null;
    }
    return programme.clock().at(fields.place("start"), local, null);
  }

  private @Nullable Instant end(@Nullable Instant start) {
    if (start == null) {
      return null;
    }
    Stamp end = stamp("end");
    if (end != null && end.date() != null && end.time() != null) {
      return programme.clock().at(fields.place("end"), end);
    }
    String raw = fields.text("duration");
    if (raw == null || raw.isBlank()) {
      return null;
    }
    Duration duration = Durations.parseOfSchedule(raw);
    if (duration == null) {
      programme.fault(
          fields.place("duration"), "“" + PlainText.quote(raw) + "” is not a duration like 00:30");
      return null;
    }
    return start.plus(duration);
  }

  private @Nullable Stamp stamp(String name) {
    String raw = fields.text(name);
    if (raw == null || raw.isBlank()) {
      return null;
    }
    Stamp iso = Stamp.iso(raw);
    Stamp stamp = iso != null ? iso : Stamp.timeOfDay(raw);
    if (stamp == null) {
      programme.fault(
          fields.place(name), "“" + PlainText.quote(raw) + "” is not a date or time (ISO 8601)");
    }
    return stamp;
  }

  private static @Nullable String firstText(Fields fields, String... names) {
    for (String name : names) {
      String text = fields.text(name);
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }
}
