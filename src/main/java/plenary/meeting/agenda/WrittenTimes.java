package plenary.meeting.agenda;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as people write them in spreadsheets: {@code 2026-05-02 09:00}, {@code 02.05.2026
 * 9:00}, {@code 23rd June 2020}, {@code May 2, 2026 9:00 AM}, {@code 2. Mai 2026}, {@code 9 Uhr},
 * {@code 5/2/2026}. In the last form nothing says which number is the month, so the caller decides.
 */
final class WrittenTimes {
  private static final int CHARS_MAX = 80;

  /** Numbers between points, slashes or hyphens: year first or last. */
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})");

  private static final Pattern SLASHES = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})(?:[:.h](\\d{2})?(?::(\\d{2})(?:[.,]\\d{1,9})?)?)?([ap]m|h)?");
  private static final Pattern ZONED =
      Pattern.compile("(.{1,20}?)(z|utc|gmt|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})");

  private static final Pattern HALF = Pattern.compile("(\\d) ?([ap])\\.?m\\b\\.?");
  private static final Pattern HOUR = Pattern.compile("(\\d) ?uhr\\b");
  private static final Pattern SPACED_ZONE = Pattern.compile("(\\d) (utc|gmt|z)\\b");
  private static final Pattern HYPHENS = Pattern.compile("(?<=\\d)-(?=\\p{L})|(?<=\\p{L})-(?=\\d)");

  private static final Set<String> FILLERS =
      Set.of("at", "um", "the", "of", "t", "den", "am", "à", "on", "-", "|", "@", "o'clock");
  private static final Set<String> OPEN =
      Set.of("tba", "tbd", "tbc", "n/a", "na", "-", "–", "—", "?", "??", "offen", "none", "null");
  private static final Map<String, Integer> MONTHS = months();
  private static final Set<String> WEEKDAYS =
      Set.of(
          "mon",
          "tue",
          "wed",
          "thu",
          "fri",
          "sat",
          "sun",
          "mo",
          "di",
          "mi",
          "do",
          "fr",
          "sa",
          "so",
          "tu",
          "we",
          "th",
          "su",
          "die",
          "mit",
          "don",
          "fre",
          "sam",
          "son",
          "tues",
          "thur",
          "thurs",
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday",
          "montag",
          "dienstag",
          "mittwoch",
          "donnerstag",
          "freitag",
          "samstag",
          "sonnabend",
          "sonntag",
          "weds");

  private final boolean monthFirst;
  private @Nullable Integer day;
  private @Nullable Integer month;
  private @Nullable Integer year;
  private @Nullable Integer seconds;
  private @Nullable ZoneOffset offset;

  private WrittenTimes(boolean monthFirst) {
    this.monthFirst = monthFirst;
  }

  /**
   * Reads a date, a time of day, or both; null when it is none.
   *
   * @param monthFirst whether {@code 5/2/2026} is in May
   */
  static @Nullable Stamp parse(String raw, boolean monthFirst) {
    String text = raw.strip();
    if (text.isEmpty() || text.length() > CHARS_MAX) {
      return null;
    }
    Stamp iso = Stamp.iso(text);
    if (iso != null) {
      return iso;
    }
    try {
      return new WrittenTimes(monthFirst).read(text.toLowerCase(Locale.ROOT));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Whether a placeholder stands where a time will be. */
  static boolean isOpen(String raw) {
    return OPEN.contains(raw.strip().toLowerCase(Locale.ROOT));
  }

  /** 1 when only day first can be meant, -1 when only month first can, 0 when it is open. */
  static int order(String raw) {
    String text = raw.strip();
    int space = text.indexOf(' ');
    Matcher m = SLASHES.matcher(space < 0 ? text : text.substring(0, space));
    if (!m.matches()) {
      return 0;
    }
    int first = Integer.parseInt(m.group(1));
    int second = Integer.parseInt(m.group(2));
    return first > 12 && second <= 12 ? 1 : second > 12 && first <= 12 ? -1 : 0;
  }

  /** Whether it is a date with slashes. */
  static boolean hasSlashes(String raw) {
    String text = raw.strip();
    int space = text.indexOf(' ');
    return SLASHES.matcher(space < 0 ? text : text.substring(0, space)).matches();
  }

  private @Nullable Stamp read(String text) {
    String[] tokens = joined(text.replace(',', ' ')).strip().split("\\s+");
    for (String token : tokens) {
      if (!takes(token)) {
        return null;
      }
    }
    boolean dated = day != null && month != null && year != null;
    boolean partly = day != null || month != null || year != null;
    if ((partly && !dated) || (!dated && seconds == null)) {
      return null;
    }
    LocalDate date = dated ? LocalDate.of(value(year), value(month), value(day)) : null;
    if (seconds == null) {
      return new Stamp(date, null, null);
    }
    return Stamp.of(date, seconds / 3600, seconds / 60 % 60, seconds % 60, offset);
  }

  /** {@code 9:00 am} and {@code 9 Uhr} become one token, {@code 2-May-2026} becomes three. */
  private static String joined(String text) {
    String half = HALF.matcher(text).replaceAll("$1$2m");
    String hour = HOUR.matcher(half).replaceAll("$1h");
    String zoned = SPACED_ZONE.matcher(hour).replaceAll("$1$2");
    return HYPHENS.matcher(zoned).replaceAll(" ");
  }

  private boolean takes(String token) {
    String word = token.endsWith(".") ? token.substring(0, token.length() - 1) : token;
    if (FILLERS.contains(word) || WEEKDAYS.contains(word)) {
      return true;
    }
    Integer named = MONTHS.get(word);
    if (named != null && month == null) {
      month = named;
      return true;
    }
    Matcher numbers = NUMBERS.matcher(word);
    if (numbers.matches()) {
      return date(numbers);
    }
    String digits = endsAsOrdinal(word) ? word.substring(0, word.length() - 2) : word;
    if (isNumber(digits, 4) && digits.length() == 4 && year == null) {
      year = Integer.parseInt(digits);
      return true;
    }
    if (isNumber(digits, 2) && day == null) {
      day = Integer.parseInt(digits);
      return true;
    }
    return clock(word);
  }

  private boolean date(Matcher m) {
    if (day != null || month != null || year != null) {
      return false;
    }
    int first = Integer.parseInt(m.group(1));
    int second = Integer.parseInt(m.group(3));
    int third = Integer.parseInt(m.group(4));
    if (m.group(1).length() == 4) {
      year = first;
      month = second;
      day = third;
      return m.group(4).length() == 2;
    }
    boolean american = m.group(2).equals("/") && monthFirst;
    day = american ? second : first;
    month = american ? first : second;
    year = third < 100 ? 2000 + third : third;
    return m.group(1).length() <= 2;
  }

  private boolean clock(String word) {
    Matcher zoned = ZONED.matcher(word);
    String text = word;
    if (zoned.matches() && Character.isLetterOrDigit(zoned.group(1).charAt(0))) {
      text = zoned.group(1);
      offset = Stamp.offset(zoned.group(2));
    }
    Matcher m = CLOCK.matcher(text.startsWith("t") ? text.substring(1) : text);
    if (!m.matches() || seconds != null) {
      return false;
    }
    int hour = Integer.parseInt(m.group(1));
    String half = m.group(4);
    if (half != null && half.endsWith("m")) {
      if (hour < 1 || hour > 12) {
        return false;
      }
      hour = hour % 12 + (half.equals("pm") ? 12 : 0);
    }
    int minute = m.group(2) == null ? 0 : Integer.parseInt(m.group(2));
    int second = m.group(3) == null ? 0 : Integer.parseInt(m.group(3));
    if (hour > 24 || minute > 59 || second > 60) {
      return false;
    }
    seconds = hour * 3600 + minute * 60 + Math.min(second, 59);
    return true;
  }

  private static boolean endsAsOrdinal(String word) {
    int end = word.length() - 2;
    return end > 0
        && Character.isDigit(word.charAt(end - 1))
        && Set.of("st", "nd", "rd", "th").contains(word.substring(end));
  }

  private static boolean isNumber(String word, int charsMax) {
    return !word.isEmpty()
        && word.length() <= charsMax
        && word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int value(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private static Map<String, Integer> months() {
    String[] names = {
      "january jan januar jänner jän janvier enero gennaio",
      "february feb februar feber février febrero febbraio",
      "march mar märz mär mrz mars marzo",
      "april apr avril abril aprile",
      "may mai mayo maggio",
      "june jun juni juin junio giugno",
      "july jul juli juillet julio luglio",
      "august aug août agosto",
      "september sep sept septembre septiembre settembre",
      "october oct oktober okt octobre octubre ottobre",
      "november nov novembre noviembre",
      "december dec dezember dez décembre diciembre dicembre"
    };
    Map<String, Integer> months = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      for (String name : names[i].split(" ")) {
        months.put(name, i + 1);
      }
    }
    return Map.copyOf(months);
  }
}
