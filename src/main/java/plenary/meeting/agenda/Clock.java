package plenary.meeting.agenda;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From written times to instants: an offset is followed, else the zone's rules are. */
final class Clock {
  private static final int YEAR_MIN = 1970;
  private static final int YEAR_MAX = 2199;

  private final Programme programme;
  private int strangers;
  private String strangerPlace = "";
  private @Nullable ZoneOffset stranger;

  Clock(Programme programme) {
    this.programme = programme;
  }

  /** In the file's zone, else the meeting's, unless the stamp has an offset. */
  @Nullable Instant at(String place, Stamp stamp) {
    LocalDateTime local = stamp.local();
    return local == null ? null : at(place, local, stamp.offset());
  }

  @Nullable Instant at(String place, LocalDateTime local, @Nullable ZoneOffset offset) {
    if (offset == null) {
      return at(place, local, programme.zone());
    }
    if (!isPlausible(place, local)) {
      return null;
    }
    Instant instant = local.toInstant(offset);
    ZoneId zone = programme.fileZone();
    boolean strange = zone != null && !zone.getRules().getOffset(instant).equals(offset);
    // UTC is how many exporters write every time; it contradicts nothing.
    if (strange && !offset.equals(ZoneOffset.UTC) && strangers++ == 0) {
      stranger = offset;
      strangerPlace = place;
    }
    return instant;
  }

  /**
   * In a zone. A time that the change to summer time skips counts an hour later; one that occurs
   * twice is the first of both. Null, with a warning, for years in which nobody meets.
   */
  @Nullable Instant at(String place, LocalDateTime local, ZoneId zone) {
    if (!isPlausible(place, local)) {
      return null;
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.size() == 1) {
      return local.toInstant(offsets.getFirst());
    }
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    String what =
        offsets.isEmpty()
            ? "The clocks of %s skip %s: taken as an equal time after the change."
            : "The clocks of %s show %s twice: the first is taken.";
    programme.warn(place, what.formatted(zone, local));
    return local.toInstant(change.getOffsetBefore());
  }

  private boolean isPlausible(String place, LocalDateTime local) {
    boolean plausible = local.getYear() >= YEAR_MIN && local.getYear() <= YEAR_MAX;
    if (!plausible) {
      programme.warn(place, "The year %d is taken for no time.".formatted(local.getYear()));
    }
    return plausible;
  }

  /** Says so when the offsets of the file do not fit the zone it names. */
  void finish() {
    if (strangers > 0) {
      programme.warn(
          strangerPlace,
          "The file names the time zone %s, but %d of its times have another offset, such as %s:"
                  .formatted(programme.fileZone(), strangers, stranger)
              + " the offsets are followed.");
    }
  }
}
