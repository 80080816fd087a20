package plenary.meeting.agenda;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A daily or weekly recurrence with an end (RFC 5545, section 3.3.10), as multi-day meetings have
 * them.
 *
 * @param daysApart 1 or 7 times the interval
 * @param count how many occurrences; 0 when {@code until} ends it
 * @param until the last possible start, local; a day more than that when it is given in UTC
 * @param untilInstant the last possible start, when it is given in UTC
 */
record Recurrence(
    boolean weekly,
    int daysApart,
    int count,
    @Nullable LocalDateTime until,
    @Nullable Instant untilInstant,
    Set<DayOfWeek> days,
    DayOfWeek weekStart) {
  static final int OCCURRENCES_MAX = 500;
  private static final int YEAR_MAX = 2199;
  private static final int STEPS_MAX = 4_000;
  private static final Set<String> KNOWN =
      Set.of("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST");

  /** The parts of a rule, in upper case. */
  static Map<String, String> parts(String rule) {
    Map<String, String> parts = new HashMap<>();
    for (String part : rule.strip().toUpperCase(Locale.ROOT).split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return parts;
  }

  /**
   * Reads a rule; null when it is not daily or weekly, has no end, or has parts that are not
   * followed here.
   */
  static @Nullable Recurrence parse(String rule) {
    Map<String, String> parts = parts(rule);
    boolean weekly = "WEEKLY".equals(parts.get("FREQ"));
    boolean ends = parts.containsKey("COUNT") || parts.containsKey("UNTIL");
    if (!(weekly || "DAILY".equals(parts.get("FREQ")))
        || !ends
        || !KNOWN.containsAll(parts.keySet())) {
      return null;
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String day : parts.getOrDefault("BYDAY", "").split(",")) {
      DayOfWeek weekday = weekday(day.strip());
      if (weekday != null) {
        days.add(weekday);
      } else if (!day.isBlank()) {
        return null;
      }
    }
    try {
      int interval = Integer.parseInt(parts.getOrDefault("INTERVAL", "1"));
      int count = Integer.parseInt(parts.getOrDefault("COUNT", "0"));
      ICalTimes.Written until = ICalTimes.written(parts.getOrDefault("UNTIL", ""));
      if (interval < 1 || interval > 1_000 || count < 0 || (count == 0 && until == null)) {
        return null;
      }
      DayOfWeek start = weekday(parts.getOrDefault("WKST", "MO"));
      return new Recurrence(
          weekly,
          weekly ? 7 * interval : interval,
          count,
          until == null ? null : last(until),
          until != null && until.utc() ? until.local().toInstant(ZoneOffset.UTC) : null,
          days,
          start == null ? DayOfWeek.MONDAY : start);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static LocalDateTime last(ICalTimes.Written until) {
    if (until.wholeDay()) {
      return until.local().toLocalDate().atTime(23, 59, 59);
    }
    return until.utc() ? until.local().plusDays(1) : until.local();
  }

  /** The starts, the event's own first; one more than {@link #OCCURRENCES_MAX} if there are. */
  List<LocalDateTime> expand(LocalDateTime start) {
    List<LocalDateTime> starts = new ArrayList<>(List.of(start));
    LocalDateTime step = start;
    for (int i = 0; i < STEPS_MAX && !isComplete(starts); i++) {
      if (weekly && !days.isEmpty()) {
        addWeek(step, start, starts);
        step = step.plusDays(daysApart);
      } else {
        step = step.plusDays(daysApart);
        if (isAfterEnd(step)) {
          break;
        }
        if (days.isEmpty() || days.contains(step.getDayOfWeek())) {
          starts.add(step);
        }
      }
      if (isAfterEnd(step.minusDays(7))) {
        break;
      }
    }
    return starts;
  }

  private void addWeek(LocalDateTime step, LocalDateTime start, List<LocalDateTime> starts) {
    int into = Math.floorMod(step.getDayOfWeek().getValue() - weekStart.getValue(), 7);
    LocalDateTime day = step.minusDays(into);
    for (int i = 0; i < 7 && !isComplete(starts); i++, day = day.plusDays(1)) {
      if (days.contains(day.getDayOfWeek()) && day.isAfter(start) && !isAfterEnd(day)) {
        starts.add(day);
      }
    }
  }

  private boolean isComplete(List<LocalDateTime> starts) {
    return (count > 0 && starts.size() >= count) || starts.size() > OCCURRENCES_MAX;
  }

  private boolean isAfterEnd(LocalDateTime time) {
    return time.getYear() > YEAR_MAX || (until != null && time.isAfter(until));
  }

  static @Nullable DayOfWeek weekday(String code) {
    return switch (code) {
      case "MO" -> DayOfWeek.MONDAY;
      case "TU" -> DayOfWeek.TUESDAY;
      case "WE" -> DayOfWeek.WEDNESDAY;
      case "TH" -> DayOfWeek.THURSDAY;
      case "FR" -> DayOfWeek.FRIDAY;
      case "SA" -> DayOfWeek.SATURDAY;
      case "SU" -> DayOfWeek.SUNDAY;
      default -> null;
    };
  }
}
