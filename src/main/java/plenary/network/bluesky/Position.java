package plenary.network.bluesky;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far the stream has been read: the cursor that is stored with the news.
 *
 * @param micros when the server saw the last event; 0 before the first. A time is understood on
 *     both wires and by every server; a sequence number counts on one server alone, and is not
 *     noticed to be another one's
 * @param every how many microseconds lie between events, roughly; 0 when unknown
 * @param server which server said so
 */
record Position(long micros, long every, String server) {
  private static final Duration ASSUMED_QUIET = Duration.ofHours(1);

  /** Less is a sequence number to a v2 server. */
  private static final long TIMES_FROM = 1_000_000_000_000_000L;

  static Position stored(@Nullable JsonObject cursor) {
    if (cursor != null
        && cursor.getValue("us") instanceof Number us
        && us.longValue() >= TIMES_FROM) {
      long every = cursor.getValue("every") instanceof Number n ? Math.max(0, n.longValue()) : 0;
      return new Position(us.longValue(), every, String.valueOf(cursor.getValue("server")));
    }
    return new Position(0, 0, "");
  }

  JsonObject cursor() {
    return new JsonObject().put("us", micros).put("every", every).put("server", server);
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  boolean isNone() {
    return micros == 0;
  }

  /** After an event. A clock that was set back is followed: reading twice does no harm. */
  Position after(long seen, String by) {
    long step = Math.clamp(seen - micros, 0, 60_000_000L);
    long mean = isNone() ? 0 : every == 0 ? Math.max(1, step) : every + (step - every) / 50;
    return new Position(seen, mean, by);
  }

  /** Where to go on from on a server. */
  OptionalLong resume(String on, Pace pace) {
    Duration back = on.equals(server) ? pace.rewind() : pace.rewindElsewhere();
    long from = micros - back.toNanos() / 1_000;
    return from < TIMES_FROM ? OptionalLong.empty() : OptionalLong.of(from);
  }

  /**
   * Whether a stream that was asked to go on from here and begins at another time has left
   * something out: later than the usual distance of events explains. The v1 wire does not say so.
   */
  boolean isMissedBy(long begins, Pace pace) {
    Duration usual =
        every == 0 ? ASSUMED_QUIET : Duration.of(Math.multiplyExact(every, 20L), ChronoUnit.MICROS);
    Duration allowed = usual.compareTo(pace.gap()) > 0 ? usual : pace.gap();
    return !isNone() && begins - micros > allowed.toNanos() / 1_000;
  }
}
