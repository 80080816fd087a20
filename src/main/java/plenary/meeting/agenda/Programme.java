package plenary.meeting.agenda;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * The agenda while it is being read: tidies and bounds each draft, gives ids, and collects warnings
 * and faults. A warning never costs a session; a fault ends in {@link Failure.Invalid}, after the
 * rest was looked at, so that the first {@link #FAULTS_MAX} faults are told at once.
 */
final class Programme {
  static final int FAULTS_MAX = 20;
  private static final int RESERVED_WARNINGS = 2;
  private static final int NAME_CHARS_MAX = 200;
  private static final int SPEAKERS_MAX = 100;
  private static final int REPEATED_CHARS = 20;
  private static final int URL_CHARS_MAX = 2_000;
  private static final int SUBTAG_CHARS_MAX = 35;
  private static final Duration LENGTH_MAX = Duration.ofDays(366);

  private final String format;
  private final ZoneId meetingZone;
  private final List<Item> items = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final List<Failure.Field> faults = new ArrayList<>();
  private final StableIds ids = new StableIds();
  private final Clock clock = new Clock(this);
  private @Nullable String title;
  private @Nullable ZoneId fileZone;
  private @Nullable String base;
  private int moreWarnings;

  Programme(String format, ZoneId meetingZone) {
    this.format = format;
    this.meetingZone = meetingZone;
  }

  void title(@Nullable String raw) {
    String line = PlainText.line(raw);
    if (title == null && line != null) {
      title = PlainText.shorten(line, AgendaReader.TITLE_CHARS_MAX);
    }
  }

  /** Where relative addresses of sessions begin. */
  void base(@Nullable String raw) {
    base = raw == null ? null : raw.strip();
  }

  /** The zone that the file names; an unknown one is warned of and not used. */
  void zone(String place, @Nullable String raw) {
    if (raw == null || raw.isBlank() || fileZone != null) {
      return;
    }
    fileZone = zoneNamed(raw);
    if (fileZone == null) {
      warn(
          place,
          "“%s” is no known time zone: times without an offset are taken as %s."
              .formatted(PlainText.quote(raw), meetingZone));
    }
  }

  static @Nullable ZoneId zoneNamed(String raw) {
    try {
      return ZoneId.of(raw.strip());
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The file's zone, else the meeting's. */
  ZoneId zone() {
    return fileZone == null ? meetingZone : fileZone;
  }

  @Nullable ZoneId fileZone() {
    return fileZone;
  }

  /** Turns what the file calls a time into instants. */
  Clock clock() {
    return clock;
  }

  void warn(String place, String message) {
    Warning warning = new Warning(place, message);
    if (warnings.size() >= AgendaReader.WARNINGS_MAX - RESERVED_WARNINGS) {
      moreWarnings++;
    } else if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  void fault(String place, String message) {
    Map<String, String> named = Map.of("place", place, "what", message);
    faults.add(new Failure.Field(place, "agenda", message, named));
    if (faults.size() >= FAULTS_MAX) {
      throw invalid();
    }
  }

  private Failure invalid() {
    Failure.Field first = faults.getFirst();
    String more =
        faults.size() == 1 ? "" : " (and %d more of the kind)".formatted(faults.size() - 1);
    return new Failure.Invalid(
        "invalid",
        "The %s cannot be imported: %s: %s%s."
            .formatted(format, first.pointer(), first.message(), more),
        faults);
  }

  static Failure tooMany(String place) {
    return new Failure.Invalid(
        place,
        "agenda-too-many",
        "The file has more than %d sessions; import it in parts. The first too many is at %s."
            .formatted(AgendaReader.ITEMS_MAX, place),
        Map.of("max", AgendaReader.ITEMS_MAX, "place", place));
  }

  void add(Draft draft) {
    if (items.size() >= AgendaReader.ITEMS_MAX) {
      throw tooMany(draft.place);
    }
    List<String> speakers = speakers(draft);
    String line = PlainText.line(draft.title);
    if (line == null) {
      warn(draft.place, "The session has no title.");
      line = "Untitled";
    }
    String shown = bounded(draft, "title", line, AgendaReader.TITLE_CHARS_MAX);
    items.add(
        new Item(
            ids.next(draft, shown, speakers, this),
            shown,
            abstractText(draft),
            speakers,
            name(draft, "room", draft.room),
            name(draft, "track", draft.track),
            language(draft.language),
            draft.startsAt,
            end(draft),
            address(draft)));
  }

  /** The whole agenda; fails when there were faults. */
  Agenda finish() {
    if (!faults.isEmpty()) {
      throw invalid();
    }
    clock.finish();
    if (items.isEmpty()) {
      warnings.add(new Warning("file", "The file has no sessions."));
    }
    if (moreWarnings > 0) {
      warnings.add(new Warning("file", moreWarnings + " more warnings are not shown."));
    }
    return new Agenda(format, title, fileZone, items, warnings);
  }

  private String bounded(Draft draft, String what, String text, int charsMax) {
    if (text.length() > charsMax) {
      warn(draft.place, "The %s was shortened to %d characters.".formatted(what, charsMax));
    }
    return PlainText.shorten(text, charsMax);
  }

  private @Nullable String name(Draft draft, String what, @Nullable String raw) {
    String line = PlainText.line(raw);
    return line == null ? null : bounded(draft, what, line, NAME_CHARS_MAX);
  }

  private List<String> speakers(Draft draft) {
    Set<String> names = new LinkedHashSet<>();
    for (String raw : draft.speakers) {
      String name = name(draft, "name of a speaker", raw);
      if (name != null) {
        names.add(name);
      }
    }
    if (names.size() > SPEAKERS_MAX) {
      warn(
          draft.place,
          "Of %d speakers the first %d are kept.".formatted(names.size(), SPEAKERS_MAX));
      return List.copyOf(names).subList(0, SPEAKERS_MAX);
    }
    return List.copyOf(names);
  }

  /**
   * A title too long, subtitle, summary and description as paragraphs; what one of them repeats is
   * said once.
   */
  private @Nullable String abstractText(Draft draft) {
    List<String> parts = new ArrayList<>();
    String whole = PlainText.line(draft.title);
    if (whole != null && whole.length() > AgendaReader.TITLE_CHARS_MAX) {
      parts.add(whole);
    }
    String[] raws = {draft.subtitle, draft.summary, draft.description};
    for (String raw : raws) {
      String block = PlainText.block(raw);
      if (block != null) {
        parts.removeIf(part -> part.length() >= REPEATED_CHARS && block.startsWith(part));
        parts.remove(block);
        parts.add(block);
      }
    }
    if (parts.isEmpty()) {
      return null;
    }
    return bounded(draft, "abstract", String.join("\n\n", parts), AgendaReader.ABSTRACT_CHARS_MAX);
  }

  private @Nullable Instant end(Draft draft) {
    Instant start = draft.startsAt;
    Instant end = draft.endsAt;
    if (start == null || end == null) {
      return null;
    }
    if (!end.isAfter(start)) {
      String odd = end.equals(start) ? "has no length" : "ends before it starts";
      warn(draft.place, "The session " + odd + ": it is imported without an end.");
      return null;
    }
    if (Duration.between(start, end).compareTo(LENGTH_MAX) > 0) {
      warn(draft.place, "The session lasts longer than a year: it is imported without an end.");
      return null;
    }
    return end;
  }

  /** Only http and https; relative ones are resolved against the file's base address. */
  private @Nullable String address(Draft draft) {
    String raw = draft.url == null ? "" : draft.url.strip();
    if (raw.isEmpty()) {
      return null;
    }
    try {
      URI uri = new URI(escaped(raw));
      if (!uri.isAbsolute() && base != null) {
        uri = new URI(base).resolve(uri);
      }
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (web && uri.getRawAuthority() != null && uri.toString().length() <= URL_CHARS_MAX) {
        return uri.toString();
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // Falls through to the same warning.
    }
    warn(draft.place, "“%s” is no web address: left out.".formatted(PlainText.quote(raw)));
    return null;
  }

  /** Characters that browsers take in an address and {@link URI} does not. */
  private static String escaped(String raw) {
    StringBuilder address = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length() && i <= URL_CHARS_MAX; i++) {
      char c = raw.charAt(i);
      if (" \"<>\\^`{|}".indexOf(c) >= 0) {
        address.append('%').append(Integer.toHexString(c));
      } else {
        address.append(c);
      }
    }
    return address.toString();
  }

  /** Tags or names of languages, several separated by a comma. */
  private static @Nullable String language(@Nullable String raw) {
    if (raw == null || raw.length() > NAME_CHARS_MAX) {
      return null;
    }
    Set<String> tags = new LinkedHashSet<>();
    for (String part : raw.strip().split("[,;/&+\\s]+")) {
      String tag = Languages.tag(part);
      if (tag != null && tag.length() <= SUBTAG_CHARS_MAX) {
        tags.add(tag);
      }
    }
    return tags.isEmpty() ? null : String.join(", ", tags);
  }
}
