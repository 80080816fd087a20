package plenary.meeting.agenda;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agenda file says.
 *
 * @param format the kind of file it was, for people: {@code iCalendar}, {@code CSV} …
 * @param title the conference's name, when the file has one
 * @param zone the time zone the file names for itself, when it names one
 * @param items the sessions in the order of the file, at most {@link AgendaReader#ITEMS_MAX}
 * @param warnings what was odd but could be imported, at most {@link AgendaReader#WARNINGS_MAX}
 */
public record Agenda(
    String format,
    @Nullable String title,
    @Nullable ZoneId zone,
    List<Item> items,
    List<Warning> warnings) {
  public Agenda {
    items = List.copyOf(items);
    warnings = List.copyOf(warnings);
  }
}
