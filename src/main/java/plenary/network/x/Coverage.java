package plenary.network.x;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Up to when everything is here, by X's clock, and the holes before that which a search is to fill.
 * The stream is not in order and late by seconds, and so is the search's index: holes overlap what
 * is here, and the end of one is searched a second time.
 */
final class Coverage {
  /** How late a post may come through a stream that is well (P99 is 6 to 7 s). */
  static final Duration LATE = Duration.ofSeconds(30);

  /** From when on an index has what was written around a connection. */
  static final Duration INDEXED = Duration.ofSeconds(90);

  /** How far back the first search goes. */
  static final Duration BEFORE_FIRST = Duration.ofMinutes(10);

  /** How long it takes until the stream has what rules that were just made match. */
  static final Duration EFFECTIVE = Duration.ofSeconds(20);

  /** X's clock is known to a second. */
  private static final Duration CLOCK = Duration.ofSeconds(1);

  /** When there may be posts that are not here, and from when on it is worthwhile to look. */
  record Hole(Instant from, Instant until, Instant due) {}

  private final Pace pace;
  private final List<Hole> holes = new ArrayList<>();
  private @Nullable Hole taken;
  private @Nullable Instant upTo;
  private @Nullable Instant checkedUpTo;

  /**
   * Begins at a stored cursor.
   *
   * @param cursor null, or one that is not understood: everything is new
   */
  Coverage(Pace pace, @Nullable JsonObject cursor) {
    this.pace = pace;
    long since = Snowflakes.number(Optional.ofNullable(Fields.text(cursor, "sinceId")).orElse(""));
    this.upTo = since < 0 ? null : Snowflakes.time(since);
  }

  /** The stream is connected. */
  void connected(Instant now) {
    open(upTo == null ? since(now) : upTo, now, Duration.ZERO);
    upTo = now;
    checkedUpTo = now;
  }

  /** What came since the last look is looked through: the stream may have lost a post. */
  void recheck(Instant now) {
    if (checkedUpTo != null) {
      holes.add(new Hole(checkedUpTo.minus(pace.of(LATE)), now, now.plus(pace.of(INDEXED))));
      checkedUpTo = now;
    }
  }

  /** Nothing is followed: nothing is missed either. */
  void idle(Instant now) {
    holes.clear();
    upTo = now;
  }

  /** Other rules hold from about now on. */
  void rulesChanged(Instant now) {
    open(now.minus(pace.of(BEFORE_FIRST)), now, EFFECTIVE);
  }

  private void open(Instant from, Instant now, Duration settles) {
    Instant settled = now.plus(pace.of(settles));
    Instant recent = settled.minus(pace.of(INDEXED));
    Instant first = from;
    for (Hole old : List.copyOf(holes)) {
      if (!old.equals(taken) && !old.until().isBefore(first)) {
        first = old.from().isBefore(first) ? old.from() : first;
        holes.remove(old);
      }
    }
    holes.add(new Hole(first, now.plus(CLOCK), now));
    holes.add(
        new Hole(
            first.isAfter(recent) ? first : recent,
            settled.plus(CLOCK),
            settled.plus(pace.of(INDEXED))));
  }

  /** Something came through the stream, if only a sign of life. */
  void heard(Instant now) {
    Instant certain = now.minus(pace.of(LATE));
    if (upTo != null && certain.isAfter(upTo)) {
      upTo = certain;
    }
  }

  /** The hole that can be filled next. */
  Optional<Hole> next() {
    return holes.stream().min(Comparator.comparing(Hole::due));
  }

  /** A hole is being filled: it stays apart from those that open meanwhile. */
  void take(Hole hole) {
    taken = hole;
  }

  /** It is to be filled another time. */
  void putBack() {
    taken = null;
  }

  /** Nothing more is to be found, or nothing more can be done about it. */
  void closed(Hole hole) {
    holes.remove(hole);
    taken = null;
  }

  /** Only the rest of a hole can be filled still. */
  Hole shortened(Hole hole, Instant from) {
    Hole rest = new Hole(from, hole.until(), hole.due());
    holes.replaceAll(one -> one.equals(hole) ? rest : one);
    taken = rest;
    return rest;
  }

  /** Whether there is a hole that is not only the second look at the end of one. */
  boolean hasHoleDue(Instant now) {
    return holes.stream().anyMatch(hole -> !hole.due().isAfter(now));
  }

  /** Where it would be gone on from; null before there was anything. */
  @Nullable Instant since() {
    return holes.stream()
        .map(Hole::from)
        .min(Comparator.naturalOrder())
        .map(from -> upTo == null || from.isBefore(upTo) ? from : upTo)
        .orElse(upTo);
  }

  /** Where it would be gone on from now, if a connection were made now. */
  Instant since(Instant now) {
    Instant since = since();
    return since == null ? now.minus(pace.of(BEFORE_FIRST)) : since;
  }

  @Nullable JsonObject cursor() {
    Instant since = since();
    return since == null
        ? null
        : new JsonObject().put("sinceId", String.valueOf(Snowflakes.at(since)));
  }
}
