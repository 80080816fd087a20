package plenary.meeting.agenda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import plenary.problem.Failure;

/** iCalendar (RFC 5545): every VEVENT that is not cancelled becomes a session. */
final class ICalendar implements Format {
  private static final int DEPTH_MAX = 16;

  @Override
  public boolean recognises(Source source) {
    return source.startsWith("BEGIN:VCALENDAR");
  }

  @Override
  public Agenda read(Source source) {
    Programme programme = new Programme("iCalendar", source.zone());
    Reading reading = new Reading(programme, new ContentLines(source.bytes(), programme));
    reading.components();
    new ICalEvents(programme, reading.times).add(reading.events);
    return programme.finish();
  }

  /** An open component. */
  private record Open(String name, VEvent component) {}

  /** One pass over the lines: the structure is checked, events and zones are kept. */
  private static final class Reading {
    private final Programme programme;
    private final ContentLines lines;
    private final ICalTimes times;
    private final List<VEvent> events = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private VTimezone zone = new VTimezone();
    private int others;

    Reading(Programme programme, ContentLines lines) {
      this.programme = programme;
      this.lines = lines;
      this.times = new ICalTimes(programme);
    }

    void components() {
      for (ContentLine line = lines.next(); line != null; line = lines.next()) {
        switch (line.name()) {
          case "BEGIN" -> begin(line);
          case "END" -> end(line);
          default -> property(line);
        }
      }
      Open unclosed = open.peek();
      if (unclosed != null) {
        throw new Failure.Malformed(
            "The file ends in line %d inside %s: it was cut off."
                .formatted(lines.line(), named(unclosed)));
      }
      if (others > 0) {
        programme.warn("file", others + " tasks or journal entries are not sessions.");
      }
    }

    private void begin(ContentLine line) {
      String name = name(line);
      if (open.size() >= DEPTH_MAX) {
        throw new Failure.Malformed(
            "Line %d: more than %d components inside one another."
                .formatted(line.line(), DEPTH_MAX));
      }
      if (open.isEmpty() != name.equals("VCALENDAR")) {
        throw new Failure.Malformed(
            "Line %d: %s cannot begin here.".formatted(line.line(), PlainText.quote(name)));
      }
      boolean event = name.equals("VEVENT");
      if (event && events.size() >= AgendaReader.ITEMS_MAX) {
        throw Programme.tooMany("line " + line.line());
      }
      VEvent component = new VEvent(event ? events.size() + 1 : 0, line.line());
      open.push(new Open(name, component));
      switch (name) {
        case "VEVENT" -> events.add(component);
        case "VTIMEZONE" -> zone = new VTimezone();
        case "VTODO", "VJOURNAL" -> others++;
        default -> {}
      }
    }

    private void end(ContentLine line) {
      Open last = open.poll();
      if (last == null || !last.name().equals(name(line))) {
        throw new Failure.Malformed(
            "Line %d: END:%s does not close %s."
                .formatted(
                    line.line(),
                    PlainText.quote(name(line)),
                    last == null ? "anything" : named(last)));
      }
      VEvent component = last.component();
      if (last.name().equals("STANDARD") || last.name().equals("DAYLIGHT")) {
        zone.add(component);
      } else if (last.name().equals("VTIMEZONE")) {
        String id = component.text("TZID");
        if (id != null) {
          times.define(id.strip(), zone);
        }
      }
    }

    private void property(ContentLine line) {
      Open inside = open.peek();
      if (inside == null) {
        throw new Failure.Malformed(
            "Line %d: %s stands outside of VCALENDAR."
                .formatted(line.line(), PlainText.quote(line.name())));
      }
      if (!inside.name().equals("VCALENDAR")) {
        inside.component().put(line);
      } else if (line.name().equals("X-WR-CALNAME") || line.name().equals("NAME")) {
        programme.title(line.text());
      } else if (line.name().equals("X-WR-TIMEZONE") || line.name().equals("TIMEZONE-ID")) {
        programme.zone("line " + line.line(), line.text());
      }
    }

    private static String name(ContentLine line) {
      return line.value().strip().toUpperCase(Locale.ROOT);
    }

    private static String named(Open open) {
      VEvent component = open.component();
      return component.number > 0
          ? component.place()
          : "%s (line %d)".formatted(PlainText.quote(open.name()), component.line);
    }
  }
}
