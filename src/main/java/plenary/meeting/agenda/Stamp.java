package plenary.meeting.agenda;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, a time of day, or both, as written; with an offset when one was written. {@code 24:00} is
 * midnight at the day's end: {@code time} is 00:00 and {@code date} the next day.
 */
record Stamp(@Nullable LocalDate date, @Nullable LocalTime time, @Nullable ZoneOffset offset) {
  private static final int CHARS_MAX = 80;

  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:[Tt ] ?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?"
              + " ?([Zz]|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?(?::?\\d{2})?)?(?:\\[[\\w/+-]{1,40}])?)?");

  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?");

  /** ISO 8601 as exporters write it, also with a space for the T; null when it is none. */
  static @Nullable Stamp iso(@Nullable String raw) {
    String text = raw == null ? "" : raw.strip();
    if (text.isEmpty() || text.length() > CHARS_MAX) {
      return null;
    }
    Matcher m = ISO.matcher(text);
    if (!m.matches()) {
      return null;
    }
    try {
      LocalDate date = LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
      if (m.group(4) == null) {
        return new Stamp(date, null, null);
      }
      return of(date, number(m, 4), number(m, 5), number(m, 6), offset(m.group(7)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** {@code 9:30}, {@code 09:30:00} or {@code 24:00}; null when it is none. */
  static @Nullable Stamp timeOfDay(@Nullable String raw) {
    String text = raw == null ? "" : raw.strip();
    if (text.isEmpty() || text.length() > CHARS_MAX) {
      return null;
    }
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      return null;
    }
    try {
      return of(null, number(m, 1), number(m, 2), number(m, 3), null);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Checks the ranges; a leap second counts as the second before it. */
  static Stamp of(
      @Nullable LocalDate date, int hour, int minute, int second, @Nullable ZoneOffset offset) {
    if (hour == 24 && minute == 0 && second == 0) {
      return new Stamp(date == null ? null : date.plusDays(1), LocalTime.MIDNIGHT, offset);
    }
    return new Stamp(date, LocalTime.of(hour, minute, Math.min(second, 59)), offset);
  }

  /** Date and time together; null when one is missing. */
  @Nullable LocalDateTime local() {
    return date == null || time == null ? null : LocalDateTime.of(date, time);
  }

  static @Nullable ZoneOffset offset(@Nullable String written) {
    if (written == null) {
      return null;
    }
    return Character.isLetter(written.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(written);
  }

  private static int number(Matcher m, int group) {
    String digits = m.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
