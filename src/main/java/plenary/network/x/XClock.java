package plenary.network.x;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What time it is for X, as the dates of its answers say: ids and limits are of that clock, and
 * ours may be wrong.
 */
final class XClock implements InstantSource {
  /** A date has whole seconds, and travelled: less than this is no difference. */
  private static final Duration NOISE = Duration.ofSeconds(3);

  private final InstantSource ours;
  private Duration ahead = Duration.ZERO;

  XClock(InstantSource ours) {
    this.ours = ours;
  }

  @Override
  public Instant instant() {
    return ours.instant().plus(ahead);
  }

  /** By our clock. */
  Instant ours(Instant ofX) {
    return ofX.minus(ahead);
  }

  void told(@Nullable String date) {
    if (date == null) {
      return;
    }
    try {
      Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      Duration difference = Duration.between(ours.instant(), theirs);
      ahead = difference.abs().compareTo(NOISE) < 0 ? Duration.ZERO : difference;
    } catch (DateTimeException noDate) {
      // A server without a readable date is taken to have ours.
    }
  }
}
