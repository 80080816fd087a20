package plenary.meeting.agenda;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of sessions: {@code 00:30}, {@code 24:00}, {@code 1:30:00} (hours, minutes, seconds),
 * {@code 90} (minutes), {@code PT45M}, {@code 1 h 30 min}, {@code 1,5 Stunden}; a minus is read.
 */
final class Durations {
  private static final int CHARS_MAX = 40;
  private static final Pattern COLONS =
      Pattern.compile("([+-]?)(\\d{1,4}):(\\d{1,2})(?::(\\d{1,2})(?:[.,]\\d{1,9})?)?");
  private static final Pattern NUMBER = Pattern.compile("([+-]?)(\\d{1,6})(?:[.,](\\d{1,3}))?");

  /** RFC 5545, section 3.3.6, which is ISO 8601 without years and months. */
  private static final Pattern ISO =
      Pattern.compile(
          "([+-]?)P(?:(\\d{1,5})W)?(?:(\\d{1,6})D)?"
              + "(?:T(?:(\\d{1,6})H)?(?:(\\d{1,7})M)?(?:(\\d{1,9})(?:[.,]\\d{1,9})?S)?)?");

  private static final Pattern UNIT =
      Pattern.compile("(\\d{1,6})(?:[.,](\\d{1,3}))? ?([a-z]{1,8})\\.?,? ?(?:und |and |u\\. )?");

  /** How pretalx and the schedule family write what lasts a day or more. */
  private static final Pattern DAYS = Pattern.compile("(\\d{1,3}):([01]?\\d|2[0-3]):([0-5]\\d)");

  private Durations() {}

  /**
   * The length as schedules write it: there {@code 1:06:30} is a day, six hours and thirty minutes.
   * What cannot be that is read as everywhere else.
   */
  static @Nullable Duration parseOfSchedule(String raw) {
    Matcher m = DAYS.matcher(raw.strip());
    return m.matches()
        ? Duration.ofSeconds(seconds(m, 1, 86_400) + seconds(m, 2, 3600) + seconds(m, 3, 60))
        : parse(raw);
  }

  /** The length; null when it is not written in any of these ways. */
  static @Nullable Duration parse(String raw) {
    String text = raw.strip();
    if (text.isEmpty() || text.length() > CHARS_MAX) {
      return null;
    }
    Matcher m = COLONS.matcher(text);
    if (m.matches()) {
      return signed(m, seconds(m, 2, 3600) + seconds(m, 3, 60) + seconds(m, 4, 1));
    }
    m = NUMBER.matcher(text);
    if (m.matches()) {
      return signed(m, Math.round(decimal(m, 2) * 60));
    }
    m = ISO.matcher(text.toUpperCase(Locale.ROOT));
    if (m.matches()) {
      return text.length() < 3
          ? null
          : signed(
              m,
              seconds(m, 2, 604_800)
                  + seconds(m, 3, 86_400)
                  + seconds(m, 4, 3600)
                  + seconds(m, 5, 60)
                  + seconds(m, 6, 1));
    }
    return spelled(text.toLowerCase(Locale.ROOT));
  }

  /** {@code 1 h 30 min}; {@code 1h30} means minutes after hours. */
  private static @Nullable Duration spelled(String text) {
    Matcher m = UNIT.matcher(text);
    double total = 0;
    int at = 0;
    while (at < text.length() && m.region(at, text.length()).lookingAt()) {
      double unit = unit(m.group(3));
      if (unit == 0) {
        return null;
      }
      total += decimal(m, 1) * unit;
      at = m.end();
    }
    if (at == 0) {
      return null;
    }
    String rest = text.substring(at);
    if (rest.matches("\\d{1,2}")) {
      total += Integer.parseInt(rest) * 60;
    } else if (!rest.isEmpty()) {
      return null;
    }
    return Duration.ofSeconds(Math.round(total));
  }

  private static double unit(String word) {
    return switch (word) {
      case "s", "sec", "secs", "second", "seconds", "sek", "sekunden" -> 1;
      case "m", "min", "mins", "minute", "minutes", "minuten", "minuti", "minutos" -> 60;
      case "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures" -> 3600;
      case "d", "day", "days", "tag", "tage" -> 86_400;
      default -> 0;
    };
  }

  private static Duration signed(Matcher m, long seconds) {
    return Duration.ofSeconds("-".equals(m.group(1)) ? -seconds : seconds);
  }

  private static long seconds(Matcher m, int group, long unit) {
    String digits = m.group(group);
    return digits == null ? 0 : Long.parseLong(digits) * unit;
  }

  private static double decimal(Matcher m, int group) {
    String fraction = m.group(group + 1);
    return Double.parseDouble(m.group(group) + "." + (fraction == null ? "0" : fraction));
  }
}
