package plenary.meeting.agenda;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * CSV with a header row (RFC 4180), separated by comma, semicolon or tab, whichever gives the most
 * known columns. One row is one session, but rows that differ in who speaks alone are one together.
 * The columns are those of {@link Column}.
 */
final class Csv implements Format {
  private static final char[] SEPARATORS = {',', ';', '\t'};

  @Override
  public boolean recognises(Source source) {
    boolean hinted = source.hinted("csv", "tab-separated", ".tsv");
    boolean other =
        source.looksLikeJson()
            || source.startsWith("<")
            || source.startsWith("%YAML")
            || source.startsWith("---")
            || source.hinted("yaml", ".yml");
    if (other && !hinted) {
      return false;
    }
    Table table = bestTable(source.text());
    Header header = table == null ? null : table.header();
    boolean clear = header != null && header.has(Column.TITLE) && header.known() > 1;
    return hinted || clear;
  }

  @Override
  public Agenda read(Source source) {
    Table table = bestTable(source.text());
    if (table == null || !table.header().has(Column.TITLE)) {
      throw new Failure.Invalid(
          "line 1",
          "agenda-columns",
          "Line 1 of the CSV must name its columns, at least one of them “title” or “Titel”;"
              + " others are id, start, end, date, time, duration, room, track, speakers,"
              + " abstract, language, url.");
    }
    Programme programme = new Programme("CSV", source.zone());
    try {
      rows(programme, source.text(), table);
    } catch (CsvParseException e) {
      throw broken(e);
    }
    return programme.finish();
  }

  private static Failure broken(CsvParseException e) {
    Throwable cause = e.getCause() instanceof CsvParseException inner ? inner : e;
    String message = String.valueOf(cause.getMessage());
    return new Failure.Malformed("The CSV is broken: " + PlainText.reason(message) + ".");
  }

  /** A way to read the file, with the header it gives. */
  private record Table(char separator, Header header, long headerLine) {}

  private static void rows(Programme programme, String text, Table table) {
    Header header = table.header();
    List<CsvRecord> records = new ArrayList<>();
    List<List<String>> cells = new ArrayList<>();
    for (CsvRecord record : reader(table.separator(), text)) {
      boolean blank = record.getFields().stream().allMatch(String::isBlank);
      if (record.getStartingLineNumber() > table.headerLine() && !blank) {
        if (records.size() >= AgendaReader.ITEMS_MAX) {
          throw Programme.tooMany("line " + record.getStartingLineNumber());
        }
        records.add(record);
        cells.add(record.getFields());
      }
    }
    CsvTimes times = new CsvTimes(programme, header, cells);
    Map<List<List<String>>, Draft> panels = new HashMap<>();
    List<Draft> drafts = new ArrayList<>();
    for (CsvRecord record : records) {
      List<List<String>> slot = slot(header, record.getFields());
      Draft panel = slot.isEmpty() ? null : panels.get(slot);
      if (panel != null) {
        speakers(panel, header, record.getFields());
        continue;
      }
      Draft draft = row(programme, header, times, record);
      drafts.add(draft);
      if (!slot.isEmpty()) {
        panels.put(slot, draft);
      }
    }
    drafts.forEach(programme::add);
    times.finish();
  }

  /**
   * What makes rows that name one speaker each the same session: title, room, time and all else but
   * who speaks. Empty for a row that does not say who or when, which is a session of its own.
   */
  private static List<List<String>> slot(Header header, List<String> cells) {
    boolean timed =
        Stream.of(Column.START, Column.DATE, Column.DAY, Column.TIME)
            .anyMatch(column -> !header.values(column, cells).isEmpty());
    if (!timed
        || header.values(Column.TITLE, cells).isEmpty()
        || header.values(Column.SPEAKERS, cells).isEmpty()) {
      return List.of();
    }
    return Arrays.stream(Column.values())
        .filter(column -> column != Column.SPEAKERS)
        .map(column -> header.values(column, cells))
        .toList();
  }

  private static void speakers(Draft draft, Header header, List<String> cells) {
    for (String cell : header.values(Column.SPEAKERS, cells)) {
      draft.speakers.addAll(Names.split(cell));
    }
  }

  private static Draft row(Programme programme, Header header, CsvTimes times, CsvRecord record) {
    List<String> cells = record.getFields();
    int line = (int) record.getStartingLineNumber();
    Draft draft = new Draft("line " + line);
    for (int i = header.size(); i < cells.size(); i++) {
      if (!cells.get(i).isBlank()) {
        programme.warn(
            draft.place, "The row has more cells than the header: the last ones are left out.");
        break;
      }
    }
    draft.id = first(header, Column.ID, cells);
    draft.title = first(header, Column.TITLE, cells);
    draft.subtitle = first(header, Column.SUBTITLE, cells);
    List<String> texts = header.values(Column.ABSTRACT, cells);
    draft.summary = texts.isEmpty() ? null : texts.getFirst();
    draft.description =
        texts.size() < 2 ? null : String.join("\n\n", texts.subList(1, texts.size()));
    draft.room = first(header, Column.ROOM, cells);
    draft.track = first(header, Column.TRACK, cells);
    draft.language = first(header, Column.LANGUAGE, cells);
    draft.url = first(header, Column.URL, cells);
    speakers(draft, header, cells);
    times.read(draft, line, cells);
    return draft;
  }

  private static @Nullable String first(Header header, Column column, List<String> cells) {
    List<String> values = header.values(column, cells);
    return values.isEmpty() ? null : values.getFirst();
  }

  /** The reading with the most known columns; null when the first row cannot be read at all. */
  private static @Nullable Table bestTable(String text) {
    Table best = null;
    for (char separator : SEPARATORS) {
      Table table = table(separator, text);
      if (table != null && (best == null || table.header().known() > best.header().known())) {
        best = table;
      }
    }
    return best;
  }

  private static @Nullable Table table(char separator, String text) {
    try {
      for (CsvRecord record : reader(separator, text)) {
        List<String> fields = record.getFields();
        boolean blank = fields.stream().allMatch(String::isBlank);
        // Excel writes the separator into a line of its own before the header.
        if (!blank && !fields.getFirst().startsWith("sep=")) {
          return new Table(separator, new Header(fields), record.getStartingLineNumber());
        }
      }
    } catch (CsvParseException e) {
      return null;
    }
    return null;
  }

  private static CsvReader<CsvRecord> reader(char separator, String text) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .ofCsvRecord(text);
  }
}
