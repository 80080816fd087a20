package plenary.meeting.agenda;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When the sessions of a CSV agenda are: from whatever columns it has for that. */
final class CsvTimes {
  private static final List<Column> DATED =
      List.of(Column.START, Column.DATE, Column.DAY, Column.END, Column.END_DATE);

  /** A row while its times are read. */
  private record Row(int line, List<String> cells, ZoneId zone) {}

  /** Rows that have a day but no time of day. */
  private record Undated(int count, int firstLine, int lastLine) {}

  private final Programme programme;
  private final Header header;
  private final boolean monthFirst;
  private final Map<LocalDate, Undated> undated = new TreeMap<>();

  CsvTimes(Programme programme, Header header, List<List<String>> rows) {
    this.programme = programme;
    this.header = header;
    this.monthFirst = monthFirst(rows);
  }

  /** Sets start and end of a draft. */
  void read(Draft draft, int line, List<String> cells) {
    Row row = new Row(line, cells, zone(line, cells));
    Stamp[] start = range(row, Column.START);
    Stamp[] time = range(row, Column.TIME);
    Stamp dated = stamp(row, Column.DATE);
    if (dated == null && (start[0] == null || start[0].date() == null)) {
      dated = stamp(row, Column.DAY);
    }
    LocalDate date = first(date(dated), date(start[0]), date(time[0]));
    LocalTime at = first(time(start[0]), time(time[0]), time(dated));
    if (at == null || date == null) {
      partial(row, date, at);
      return;
    }
    ZoneOffset offset = first(offset(start[0]), offset(time[0]), offset(dated));
    draft.startsAt = instant(row, date.atTime(at), offset);
    if (draft.startsAt != null) {
      Stamp rangeEnd = start[1] != null ? start[1] : time[1];
      draft.endsAt = end(row, date.atTime(at), draft.startsAt, offset, rangeEnd);
    }
  }

  private void partial(Row row, @Nullable LocalDate date, @Nullable LocalTime time) {
    if (date != null) {
      Undated one = new Undated(1, row.line(), row.line());
      undated.merge(date, one, (a, b) -> new Undated(a.count() + 1, a.firstLine(), b.lastLine()));
    } else if (time != null) {
      programme.warn(place(row), "The session has a time but no date: imported as a draft.");
    }
  }

  /** Tells which drafts belong to which day. */
  void finish() {
    undated.forEach(
        (date, rows) ->
            programme.warn(
                rows.count() == 1
                    ? "line " + rows.firstLine()
                    : "lines " + rows.firstLine() + "–" + rows.lastLine(),
                "Without a time of day, so imported as drafts: %d on %s."
                    .formatted(rows.count(), date)));
  }

  private @Nullable Instant end(
      Row row,
      LocalDateTime start,
      Instant at,
      @Nullable ZoneOffset offset,
      @Nullable Stamp range) {
    Stamp end = first(stamp(row, Column.END), stamp(row, Column.END_TIME), range);
    LocalTime time = time(end);
    if (end != null && time != null) {
      LocalDate named = first(date(stamp(row, Column.END_DATE)), end.date());
      LocalDate date = named != null ? named : start.toLocalDate();
      boolean overnight = named == null && !time.isAfter(start.toLocalTime());
      LocalDateTime local = (overnight ? date.plusDays(1) : date).atTime(time);
      return instant(row, local, end.offset() != null ? end.offset() : offset);
    }
    List<String> cells = header.values(Column.DURATION, row.cells());
    if (cells.isEmpty() || WrittenTimes.isOpen(cells.getFirst())) {
      return null;
    }
    Duration duration = Durations.parse(cells.getFirst());
    if (duration == null) {
      fault(row, Column.DURATION, cells.getFirst(), "duration like 45 or 1:30");
      return null;
    }
    return at.plus(duration);
  }

  private @Nullable Instant instant(Row row, LocalDateTime local, @Nullable ZoneOffset offset) {
    return offset != null
        ? programme.clock().at(place(row), local, offset)
        : programme.clock().at(place(row), local, row.zone());
  }

  private @Nullable Stamp stamp(Row row, Column column) {
    List<String> cells = header.values(column, row.cells());
    if (cells.isEmpty() || WrittenTimes.isOpen(cells.getFirst())) {
      return null;
    }
    Stamp stamp = WrittenTimes.parse(cells.getFirst(), monthFirst);
    boolean dateColumn = column == Column.DATE || column == Column.END_DATE;
    if (stamp != null && !(dateColumn && stamp.date() == null)) {
      return stamp;
    }
    if (column == Column.DAY) {
      programme.warn(
          "line " + row.line() + ", column " + header.name(column),
          "“" + PlainText.quote(cells.getFirst()) + "” is not a date.");
    } else {
      fault(row, column, cells.getFirst(), "date or time like 2026-05-02 09:00");
    }
    return null;
  }

  /** One time, or {@code 9:00 – 9:30}. */
  private @Nullable Stamp[] range(Row row, Column column) {
    List<String> cells = header.values(column, row.cells());
    if (!cells.isEmpty() && cells.getFirst().length() <= 80) {
      String cell = cells.getFirst();
      for (String dash : new String[] {"–", "—", " - ", " to ", " bis ", "-"}) {
        int at = cell.indexOf(dash);
        if (at > 0 && cell.indexOf(dash, at + dash.length()) < 0) {
          Stamp from = WrittenTimes.parse(cell.substring(0, at), monthFirst);
          Stamp to = WrittenTimes.parse(cell.substring(at + dash.length()), monthFirst);
          if (from != null && to != null && from.time() != null && to.time() != null) {
            return new Stamp[] {from, to};
          }
        }
      }
    }
    return new Stamp[] {stamp(row, column), null};
  }

  private ZoneId zone(int line, List<String> cells) {
    List<String> named = header.values(Column.ZONE, cells);
    if (named.isEmpty()) {
      return programme.zone();
    }
    ZoneId zone = Programme.zoneNamed(named.getFirst());
    if (zone == null) {
      programme.warn(
          "line " + line,
          "“%s” is no known time zone: %s is taken."
              .formatted(PlainText.quote(named.getFirst()), programme.zone()));
      return programme.zone();
    }
    return zone;
  }

  /** How the whole file writes dates with slashes, by the days that can be no month. */
  private boolean monthFirst(List<List<String>> rows) {
    int days = 0;
    int months = 0;
    boolean slashes = false;
    boolean halves = false;
    for (List<String> row : rows) {
      for (Column column : DATED) {
        for (String cell : header.values(column, row)) {
          int order = WrittenTimes.order(cell);
          days += order > 0 ? 1 : 0;
          months += order < 0 ? 1 : 0;
          slashes |= WrittenTimes.hasSlashes(cell);
          halves |= isHalfDay(cell);
        }
      }
      for (String cell : header.values(Column.TIME, row)) {
        halves |= isHalfDay(cell);
      }
    }
    if (slashes && days == 0 && months == 0) {
      programme.warn(
          "file",
          ("Dates like 5/2/2026 can be read in two ways: the %s is taken to come first; write"
                  + " 2026-05-02 to be sure.")
              .formatted(halves ? "month" : "day"));
      return halves;
    }
    return months > days;
  }

  private static boolean isHalfDay(String cell) {
    String end = cell.strip().toLowerCase(Locale.ROOT).replace(".", "");
    return end.endsWith("am") || end.endsWith("pm");
  }

  private void fault(Row row, Column column, String cell, String expected) {
    programme.fault(
        "line " + row.line() + ", column " + header.name(column),
        "“" + PlainText.quote(cell) + "” is not a " + expected);
  }

  private static String place(Row row) {
    return "line " + row.line();
  }

  private static @Nullable LocalDate date(@Nullable Stamp stamp) {
    return stamp == null ? null : stamp.date();
  }

  private static @Nullable LocalTime time(@Nullable Stamp stamp) {
    return stamp == null ? null : stamp.time();
  }

  private static @Nullable ZoneOffset offset(@Nullable Stamp stamp) {
    return stamp == null ? null : stamp.offset();
  }

  @SafeVarargs
  private static <T> @Nullable T first(@Nullable T... candidates) {
    for (T candidate : candidates) {
      if (candidate != null) {
        return candidate;
      }
    }
    return null;
  }
}
