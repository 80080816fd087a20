package plenary.meeting.agenda;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A time zone as an iCalendar file defines it (RFC 5545, section 3.6.5), for ids that Java does not
 * know. Yearly rules by month and weekday or by month and day are followed, which is what exporters
 * write; another rule counts once, at its start.
 */
final class VTimezone {
  private static final int OBSERVANCES_MAX = 50;
  private static final int ONSETS_MAX = 500;

  /** Yearly: in these months, on this weekday of these days of the month or of this week. */
  private record Yearly(
      int month,
      @Nullable DayOfWeek weekday,
      int week,
      Set<Integer> days,
      @Nullable LocalDateTime until) {
    /** The day in a year; null when there is none. */
    @Nullable LocalDate in(int year) {
      YearMonth in = YearMonth.of(year, month);
      if (weekday != null && week < 0) {
        LocalDate last = in.atEndOfMonth();
        int back = Math.floorMod(last.getDayOfWeek().getValue() - weekday.getValue(), 7);
        return last.minusDays(back).minusWeeks(-1L - week);
      }
      for (int day = 1; day <= in.lengthOfMonth(); day++) {
        LocalDate date = in.atDay(day);
        boolean fits = weekday == null || date.getDayOfWeek() == weekday;
        boolean listed = days.isEmpty() || days.contains(day);
        boolean inWeek = week == 0 || (day - 1) / 7 == week - 1;
        if (fits && listed && inWeek) {
          return date;
        }
      }
      return null;
    }
  }

  /** STANDARD or DAYLIGHT: from an onset on, this offset. */
  private record Observance(
      LocalDateTime start,
      ZoneOffset from,
      ZoneOffset to,
      @Nullable Yearly yearly,
      List<LocalDateTime> dates) {
    /** The last onset not after a local time; null when there was none yet. */
    @Nullable LocalDateTime lastOnset(LocalDateTime time) {
      LocalDateTime last = start.isAfter(time) ? null : start;
      for (LocalDateTime date : dates) {
        last = date.isAfter(time) || (last != null && date.isBefore(last)) ? last : date;
      }
      if (yearly == null || last == null) {
        return last;
      }
      for (int year = time.getYear(); year >= time.getYear() - 1; year--) {
        LocalDate date = yearly.in(year);
        LocalDateTime onset = date == null ? null : date.atTime(start.toLocalTime());
        boolean counts =
            onset != null
                && !onset.isAfter(time)
                && onset.isAfter(last)
                && (yearly.until() == null || !onset.isAfter(yearly.until()));
        if (counts) {
          return onset;
        }
      }
      return last;
    }
  }

  private final List<Observance> observances = new ArrayList<>();
  private int onsets;

  /** Adds a STANDARD or DAYLIGHT component; one that cannot be read is left out. */
  void add(VEvent component) {
    ContentLine start = component.get("DTSTART");
    ContentLine from = component.get("TZOFFSETFROM");
    ContentLine to = component.get("TZOFFSETTO");
    LocalDateTime begins = start == null ? null : ICalTimes.local(start.value());
    ZoneOffset before = from == null ? null : offset(from.value());
    ZoneOffset after = to == null ? null : offset(to.value());
    if (begins == null || after == null || observances.size() >= OBSERVANCES_MAX) {
      return;
    }
    List<LocalDateTime> dates = new ArrayList<>();
    for (ContentLine onset : component.all("RDATE")) {
      for (String value : onset.list()) {
        LocalDateTime date = ICalTimes.local(value);
        if (date != null && onsets < ONSETS_MAX) {
          dates.add(date);
          onsets++;
        }
      }
    }
    observances.add(
        new Observance(
            begins,
            before == null ? after : before,
            after,
            yearly(component.get("RRULE"), begins),
            dates));
  }

  /** The offset at a local time; null when the definition has none. */
  @Nullable ZoneOffset offsetAt(LocalDateTime time) {
    Observance current = null;
    LocalDateTime since = null;
    Observance first = null;
    for (Observance observance : observances) {
      LocalDateTime onset = observance.lastOnset(time);
      if (onset != null && (since == null || onset.isAfter(since))) {
        since = onset;
        current = observance;
      }
      if (first == null || observance.start().isBefore(first.start())) {
        first = observance;
      }
    }
    if (current != null) {
      return current.to();
    }
    return first == null ? null : first.from();
  }

  private static @Nullable Yearly yearly(@Nullable ContentLine rule, LocalDateTime start) {
    Map<String, String> parts = rule == null ? Map.of() : Recurrence.parts(rule.value());
    if (!"YEARLY".equals(parts.get("FREQ"))) {
      return null;
    }
    try {
      String byDay = parts.getOrDefault("BYDAY", "");
      Set<Integer> days = new HashSet<>();
      for (String day : parts.getOrDefault("BYMONTHDAY", "").split(",")) {
        if (!day.isBlank()) {
          days.add(Integer.parseInt(day));
        }
      }
      int month =
          Integer.parseInt(parts.getOrDefault("BYMONTH", Integer.toString(start.getMonthValue())));
      String week = byDay.length() > 2 ? byDay.substring(0, byDay.length() - 2) : "0";
      DayOfWeek weekday =
          byDay.length() < 2 ? null : Recurrence.weekday(byDay.substring(byDay.length() - 2));
      if (weekday == null && days.isEmpty()) {
        days.add(start.getDayOfMonth());
      }
      YearMonth.of(start.getYear(), month);
      String until = parts.get("UNTIL");
      return new Yearly(
          month,
          weekday,
          Integer.parseInt(week),
          days,
          until == null ? null : ICalTimes.local(until));
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  private static @Nullable ZoneOffset offset(String written) {
    try {
      return ZoneOffset.of(written.strip());
    } catch (DateTimeException e) {
      return null;
    }
  }
}
