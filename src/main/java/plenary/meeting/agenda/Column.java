package plenary.meeting.agenda;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a CSV agenda and the names that people give them, in English and German. A name is
 * compared without case, spaces, punctuation, a trailing number, or a unit in brackets.
 */
enum Column {
  ID(
      "id",
      "session id, talk id, event id, paper id, proposal id, submission id, abstract id, code,"
          + " guid, uid, key"),
  TITLE(
      "title",
      "proposal title, talk title, session title, titel, vortragstitel, vortrag, subject, betreff,"
          + " summary, event, event title, event name, session name, talk, presentation title,"
          + " presentation, beitrag, beitragstitel, titel des vortrags, title of talk, paper title,"
          + " name of talk"),
  SUBTITLE("subtitle", "untertitel"),
  START(
      "start",
      "scheduled at, starts, starts at, begin, begins, beginn, beginnt, von, from, anfang,"
          + " startzeitpunkt, start date time, datetime, scheduled start, start datetime, start"
          + " date and time"),
  END(
      "end",
      "ends, ends at, ende, endet, bis, until, finish, end date time, scheduled end, end datetime,"
          + " to, end date and time"),
  DATE("date", "start date, datum, startdatum, beginndatum, session date, date of talk, starts on"),
  TIME(
      "time",
      "start time, uhrzeit, zeit, startzeit, beginnzeit, session time, slot, time slot, timeslot,"
          + " time start"),
  END_DATE("end date", "enddatum"),
  END_TIME("end time", "time end, endzeit, endezeit, endeuhrzeit"),
  DURATION(
      "duration",
      "scheduled duration, length, dauer, länge, minutes, minuten, talk length, duration minutes"),
  ROOM(
      "room",
      "room location, location, venue, hall, place, raum, saal, ort, hörsaal, stage, bühne, room"
          + " name, where"),
  TRACK(
      "track",
      "tracks, session tracks, stream, strang, category, kategorie, track name, themenstrang,"
          + " section"),
  SPEAKERS(
      "speakers",
      "speaker, presenter, presenters, author, authors, sprecher, sprecherin, sprecherinnen,"
          + " referent, referentin, referenten, referentinnen, vortragende, vortragender, autor,"
          + " autoren, speaker name, speaker names, presented by, person, persons, persons names,"
          + " faculty, redner, speaker s, referent in, referent innen, autorinnen, host"),
  ABSTRACT(
      "abstract",
      "description, beschreibung, details, inhalt, zusammenfassung, body, talk abstract, session"
          + " description, text, kurzbeschreibung"),
  LANGUAGE("language", "sprache, lang, talk language"),
  URL("url", "link, website, webseite, web, homepage, adresse, internet, href"),
  ZONE("time zone", "timezone, zeitzone, tz, zone"),

  /** Title when there is no other title, else speakers. */
  NAME("name", "names"),

  /** Title when there is no other title, else track. */
  TOPIC("topic", "theme, thema, session"),

  /** A date when every value is one and there is no other date. */
  DAY("day", "tag");

  private static final Map<String, Column> NAMES = new HashMap<>();

  static {
    for (Column column : values()) {
      NAMES.put(folded(column.title), column);
      for (String name : column.synonyms.split(",")) {
        NAMES.put(folded(name), column);
      }
    }
  }

  /** How the documentation calls it. */
  final String title;

  private final String synonyms;

  Column(String title, String synonyms) {
    this.title = title;
    this.synonyms = synonyms;
  }

  /** The column that a header means; null when it is none of these. */
  static @Nullable Column named(String header) {
    if (header.length() > 80) {
      return null;
    }
    String folded = folded(header);
    Column column = NAMES.get(folded);
    if (column == null) {
      int bracket = header.indexOf('(');
      column = bracket > 0 ? NAMES.get(folded(header.substring(0, bracket))) : null;
    }
    if (column == null) {
      column = NAMES.get(withoutNumber(folded));
    }
    return column;
  }

  /** Whether a header is this column's own name and not a synonym. */
  boolean isCalled(String header) {
    return folded(header).equals(folded(title));
  }

  private static String folded(String name) {
    StringBuilder folded = new StringBuilder();
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      if (Character.isLetterOrDigit(lower.charAt(i))) {
        folded.append(lower.charAt(i));
      }
    }
    return folded.toString();
  }

  private static String withoutNumber(String folded) {
    int end = folded.length();
    while (end > 0 && Character.isDigit(folded.charAt(end - 1))) {
      end--;
    }
    return folded.substring(0, end);
  }
}
