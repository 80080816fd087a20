package plenary.hashtag;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.problem.Failure;

/**
 * The time that figures are of.
 *
 * @param from null = from the first post on
 * @param until exclusive
 */
record Span(@Nullable Instant from, Instant until) {
  private static final Duration AROUND = Duration.ofMinutes(30);
  private static final Duration USUAL = Duration.ofHours(24);
  private static final long DAYS_MAX = 20 * 366L;

  /** What is answered from memory may be this old. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** Most points of a plot. */
  static final int POINTS_MAX = 1_000;

  private static final long[] STEPS = {60, 300, 900, 3_600, 21_600, 86_400, 604_800, 2_592_000};

  /**
   * What a request asks for, or what goes by itself: the session with half an hour around it, a day
   * when it has no time, the whole of a meeting.
   */
  static Span read(
      Optional<String> from,
      Optional<String> until,
      Optional<String> window,
      @Nullable Followed session,
      Instant now) {
    Instant end = Times.read(until.orElse(null), "?until");
    if (end == null) {
      Instant soon = rounded(now);
      Instant over = session == null ? null : session.endsAt();
      end = over == null || over.plus(AROUND).isAfter(soon) ? soon : over.plus(AROUND);
    }
    Instant start = Times.read(from.orElse(null), "?from");
    if (start == null && window.isPresent()) {
      start = end.minus(Long.parseLong(window.get()), ChronoUnit.MINUTES);
    } else if (start == null && session != null) {
      start = begin(session, end);
    }
    if (start != null) {
      if (!start.isBefore(end)) {
        throw new Failure.Invalid("?from", "ends-before", "The time must begin before it ends.");
      }
      if (start.isBefore(end.minus(DAYS_MAX, ChronoUnit.DAYS))) {
        throw new Failure.Invalid("?from", "too-far", "At most twenty years at once.");
      }
    }
    return new Span(start, end);
  }

  private static Instant begin(Followed session, Instant end) {
    Instant starts = session.startsAt();
    Instant begin = starts == null ? end.minus(USUAL) : starts.minus(AROUND);
    return begin.isBefore(end) ? begin : end.minus(AROUND);
  }

  /** Up to a multiple of what may come from memory, so that many who look ask for the same. */
  private static Instant rounded(Instant now) {
    long step = FRESH.toSeconds();
    return Instant.ofEpochSecond((now.getEpochSecond() / step + 1) * step);
  }

  /** The shortest seconds between the points of a plot that is not too long. */
  long step(Instant first) {
    long seconds = Math.max(1, Duration.between(first, until).toSeconds());
    for (long step : STEPS) {
      if (seconds / step + 2 <= POINTS_MAX) {
        return step;
      }
    }
    return STEPS[STEPS.length - 1];
  }
}
