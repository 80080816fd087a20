package plenary.meeting.agenda;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * Reads agenda files: pretalx, frab, hub and Sessionize JSON, schedule XML, iCalendar and CSV (see
 * {@code docs/agenda-formats.md}). The content decides which it is; content type and file name are
 * only hints for files that say nothing themselves. Takes tens of milliseconds for a large
 * conference, so call it from a virtual thread or a worker. Safe for use by several threads.
 */
public final class AgendaReader {
  /** Sessions in one file. */
  public static final int ITEMS_MAX = 5_000;

  /** Warnings about one file; what exceeds it is counted in the last one. */
  public static final int WARNINGS_MAX = 200;

  /** Characters (UTF-16 units) of a title; a longer one is shortened with a warning. */
  public static final int TITLE_CHARS_MAX = 300;

  /** Characters of an abstract; a longer one is shortened with a warning. */
  public static final int ABSTRACT_CHARS_MAX = 20_000;

  static final String SUPPORTED =
      "Agendas are read from pretalx, frab and c3 hub schedule JSON, Sessionize JSON, schedule XML,"
          + " iCalendar (.ics), and CSV with a header row.";

  private static final List<Format> FORMATS =
      List.of(
          new ICalendar(),
          new ScheduleXml(),
          new HubJson(),
          new ScheduleJson(),
          new SessionizeJson(),
          new Csv());

  private AgendaReader() {}

  /**
   * Reads one file.
   *
   * @param body the file, already bounded by the caller
   * @param contentType the media type it was sent with, a hint
   * @param fileName its name, a hint
   * @param meetingZone where times without a zone are at home
   * @throws Failure.Unsupported for another kind of file; the detail names those that are read
   * @throws Failure.Malformed when the file is broken; the detail names line and column or byte
   * @throws Failure.Invalid when values cannot be read; each is listed with its place
   */
  public static Agenda read(
      byte[] body, @Nullable String contentType, @Nullable String fileName, ZoneId meetingZone) {
    Source source = new Source(body, contentType, fileName, meetingZone);
    if (source.isBlank()) {
      throw new Failure.Malformed("The file is empty. " + SUPPORTED);
    }
    String foreign = foreignKind(source);
    if (foreign != null) {
      throw new Failure.Unsupported("This is " + foreign + ". " + SUPPORTED);
    }
    for (Format format : FORMATS) {
      if (format.recognises(source)) {
        return format.read(source);
      }
    }
    throw unread(source);
  }

  /** A file that says it is of a kind that is read, but is not, is broken and not foreign. */
  private static Failure unread(Source source) {
    if (source.hinted("json") && !source.looksLikeJson()) {
      source.json();
    }
    if (source.hinted("text/calendar", ".ics ")) {
      return new Failure.Malformed("Line 1: an iCalendar file begins with BEGIN:VCALENDAR.");
    }
    if (source.hinted("/xml", "+xml", ".xml ") && !source.startsWith("<")) {
      return new Failure.Malformed("Line 1, column 1: an XML file begins with “<”.");
    }
    return new Failure.Unsupported(describe(source) + " " + SUPPORTED);
  }

  /** Kinds that people try and that begin with an unmistakable mark. */
  private static @Nullable String foreignKind(Source source) {
    if (source.startsWith("PK\u0003\u0004")) {
      return "a spreadsheet or ZIP file: save the sheet as CSV (UTF-8) first";
    }
    if (source.startsWith("%PDF")) {
      return "a PDF file";
    }
    if (source.startsWith("<!doctype html") || source.startsWith("<html")) {
      return "a web page, not the schedule behind it";
    }
    return source.isBinary() ? "a binary file" : null;
  }

  private static String describe(Source source) {
    if (source.looksLikeJson()) {
      return "This is JSON, but not a schedule.";
    }
    if (source.startsWith("<")) {
      return "This is XML, but not a schedule.";
    }
    if (source.hinted("yaml", ".yml")) {
      return "YAML is not read.";
    }
    return "This kind of file is not read.";
  }

  /** The UTF-8 bytes of a text: formats that work on bytes use it for files in UTF-16. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
