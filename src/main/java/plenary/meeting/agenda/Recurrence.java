package plenary.meeting.agenda;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A daily or weekly recurrence with an end (RFC 5545, section 3.3.10), as multi-day meetings have
 * them.
 *
 * @param daysApart 1 or 7 times the interval
 * @param count how many occurrences; 0 when {@code until} ends it
 * @param until the last possible start, local
 */
record Recurrence(
    boolean weekly,
    int daysApart,
    int count,
    @Nullable LocalDateTime until,
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
   *
   * @param localUntil turns UNTIL, when it is in UTC, into the event's local time
   */
  static @Nullable Recurrence parse(String rule, UnaryOperator<LocalDateTime> localUntil) {
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
      LocalDateTime until = until(parts.get("UNTIL"), localUntil);
      if (interval < 1 || interval > 1_000 || count < 0 || (count == 0 && until == null)) {
        return null;
      }
      DayOfWeek start = weekday(parts.getOrDefault("WKST", "MO"));
      return new Recurrence(
          weekly,
          weekly ? 7 * interval : interval,
          count,
          until,
          days,
          start == null ? DayOfWeek.MONDAY : start);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable LocalDateTime until(
      @Nullable String raw, UnaryOperator<LocalDateTime> localUntil) {
    LocalDateTime time = raw == null ? null : ICalTimes.local(raw);
    if (raw == null || time == null) {
      return null;
    }
    if (raw.length() == 8) {
      return time.toLocalDate().atTime(23, 59, 59);
    }
    return raw.endsWith("Z") ? localUntil.apply(time) : time;
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
