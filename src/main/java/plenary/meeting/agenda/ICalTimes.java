package plenary.meeting.agenda;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times of an iCalendar file (RFC 5545, sections 3.3.4 and 3.3.5). A TZID is looked for
 * among Java's zones, whose rules are kept current, then among the file's own definitions, then
 * among the names that Windows uses. Floating times and whole days are in the file's zone, else the
 * meeting's.
 */
final class ICalTimes {
  private static final Pattern FORM =
      Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})(?:T(\\d{2}):?(\\d{2}):?(\\d{2})?(Z?))?");

  private static final Map<String, String> WINDOWS = windows();

  /** A value as written: local, in UTC, or a whole day. */
  record Written(LocalDateTime local, boolean utc, boolean wholeDay) {}

  private final Programme programme;
  private final Map<String, VTimezone> defined = new HashMap<>();
  private final Map<String, Optional<ZoneId>> known = new HashMap<>();

  ICalTimes(Programme programme) {
    this.programme = programme;
  }

  /** The local part of a date or date-time; null when it is none. */
  static @Nullable LocalDateTime local(String value) {
    Written written = written(value);
    return written == null ? null : written.local();
  }

  static @Nullable Written written(String value) {
    String text = value.strip();
    Matcher m = FORM.matcher(text.length() > 30 ? "" : text);
    if (!m.matches()) {
      return null;
    }
    try {
      LocalDate date = LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
      if (m.group(4) == null) {
        return new Written(date.atStartOfDay(), false, true);
      }
      Stamp stamp = Stamp.of(date, number(m, 4), number(m, 5), number(m, 6), null);
      LocalDateTime local = stamp.local();
      return local == null ? null : new Written(local, m.group(7).equals("Z"), false);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Remembers a VTIMEZONE. */
  void define(String id, VTimezone zone) {
    defined.putIfAbsent(id, zone);
  }

  /** The instant of a local time under the property's TZID. */
  @Nullable Instant at(String place, Written written, @Nullable String tzid) {
    if (written.utc()) {
      return programme.clock().at(place, written.local(), ZoneOffset.UTC);
    }
    if (written.wholeDay() || tzid == null) {
      return programme.clock().at(place, written.local(), programme.zone());
    }
    Optional<ZoneId> zone = zone(tzid);
    if (zone.isPresent()) {
      return programme.clock().at(place, written.local(), zone.get());
    }
    VTimezone own = defined.get(tzid);
    ZoneOffset offset = own == null ? null : own.offsetAt(written.local());
    if (offset != null) {
      return programme.clock().at(place, written.local(), ZoneId.from(offset));
    }
    programme.warn(
        place,
        "The time zone “%s” is unknown: %s is taken."
            .formatted(PlainText.quote(tzid), programme.zone()));
    known.put(tzid, Optional.of(programme.zone()));
    return programme.clock().at(place, written.local(), programme.zone());
  }

  private Optional<ZoneId> zone(String tzid) {
    Optional<ZoneId> zone = known.get(tzid);
    if (zone == null) {
      zone = Optional.ofNullable(named(tzid));
      known.put(tzid, zone);
    }
    return zone;
  }

  private @Nullable ZoneId named(String tzid) {
    ZoneId exact = Programme.zoneNamed(tzid);
    if (exact != null) {
      return exact;
    }
    // Some exporters put their own name before the zone's: /mozilla.org/20070129_1/Europe/Berlin
    String[] steps = tzid.strip().split("/");
    for (int from = Math.max(1, steps.length - 3); from < steps.length - 1; from++) {
      ZoneId tail =
          Programme.zoneNamed(String.join("/", Arrays.copyOfRange(steps, from, steps.length)));
      if (tail != null) {
        return tail;
      }
    }
    String windows = defined.containsKey(tzid) ? null : WINDOWS.get(tzid.strip());
    return windows == null ? null : ZoneId.of(windows);
  }

  private static int number(Matcher m, int group) {
    String digits = m.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** The commoner ones of Unicode CLDR's windowsZones.xml. */
  private static Map<String, String> windows() {
    String table =
        """
        W. Europe Standard Time=Europe/Berlin
        Central Europe Standard Time=Europe/Budapest
        Central European Standard Time=Europe/Warsaw
        Romance Standard Time=Europe/Paris
        GMT Standard Time=Europe/London
        Greenwich Standard Time=Atlantic/Reykjavik
        E. Europe Standard Time=Europe/Chisinau
        GTB Standard Time=Europe/Bucharest
        FLE Standard Time=Europe/Kiev
        Russian Standard Time=Europe/Moscow
        Turkey Standard Time=Europe/Istanbul
        Israel Standard Time=Asia/Jerusalem
        Egypt Standard Time=Africa/Cairo
        South Africa Standard Time=Africa/Johannesburg
        Arab Standard Time=Asia/Riyadh
        Arabian Standard Time=Asia/Dubai
        India Standard Time=Asia/Kolkata
        China Standard Time=Asia/Shanghai
        Singapore Standard Time=Asia/Singapore
        Tokyo Standard Time=Asia/Tokyo
        Korea Standard Time=Asia/Seoul
        AUS Eastern Standard Time=Australia/Sydney
        New Zealand Standard Time=Pacific/Auckland
        Eastern Standard Time=America/New_York
        US Eastern Standard Time=America/Indianapolis
        Central Standard Time=America/Chicago
        Mountain Standard Time=America/Denver
        US Mountain Standard Time=America/Phoenix
        Pacific Standard Time=America/Los_Angeles
        Alaskan Standard Time=America/Anchorage
        Hawaiian Standard Time=Pacific/Honolulu
        Atlantic Standard Time=America/Halifax
        E. South America Standard Time=America/Sao_Paulo
        Argentina Standard Time=America/Buenos_Aires
        SA Pacific Standard Time=America/Bogota
        """;
    Map<String, String> zones = new HashMap<>();
    for (String line : table.split("\n")) {
      zones.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return Map.copyOf(zones);
  }
}
