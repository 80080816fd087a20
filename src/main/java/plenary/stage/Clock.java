package plenary.stage;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.problem.Failure;

/**
 * The podium's clock: when time is up, or what is left while it stands. Times are absolute, so that
 * everybody counts by themselves. Pure.
 *
 * @param endsAt set by hand; absent while it is paused
 * @param left while it is paused; negative when time was up already
 */
record Clock(@Nullable Instant endsAt, @Nullable Duration left) {
  /** Time is up when the session ends. */
  static final Clock OF_SESSION = new Clock(null, null);

  private static final Duration FAR = Duration.ofHours(24);

  /** What somebody does with the clock, read from the contract's {@code ClockAct}. */
  Clock after(JsonObject act, Instant now, @Nullable Instant sessionEnd) {
    int minutes = act.getInteger("minutes", 0);
    return switch (act.getString("action")) {
      case "start" -> start(minutes, now);
      case "pause" -> pause(now, sessionEnd);
      case "resume" -> left == null ? this : new Clock(now.plus(left), null);
      case "extend" -> extend(minutes, now, sessionEnd);
      default -> OF_SESSION;
    };
  }

  private static Clock start(int minutes, Instant now) {
    if (minutes < 1) {
      throw new Failure.Invalid(
          "/minutes", "minutes-needed", "Say how many minutes the clock shall run.");
    }
    return new Clock(now.plus(Duration.ofMinutes(minutes)), null);
  }

  private Clock pause(Instant now, @Nullable Instant sessionEnd) {
    return left != null ? this : new Clock(null, within(Duration.between(now, end(sessionEnd))));
  }

  /** From now on when time is up already: two more minutes are two minutes. */
  private Clock extend(int minutes, Instant now, @Nullable Instant sessionEnd) {
    if (minutes == 0) {
      throw new Failure.Invalid(
          "/minutes", "minutes-needed", "Say by how many minutes the clock shall change.");
    }
    Duration before = left != null ? left : Duration.between(now, end(sessionEnd));
    Duration from = minutes > 0 && before.isNegative() ? Duration.ZERO : before;
    Duration after = within(from.plusMinutes(minutes));
    return left != null ? new Clock(null, after) : new Clock(now.plus(after), null);
  }

  private Instant end(@Nullable Instant sessionEnd) {
    Instant end = endsAt != null ? endsAt : sessionEnd;
    if (end == null) {
      throw new Failure.Conflict(
          "no-clock",
          "There is no clock: this session has no end; start one with minutes.",
          new JsonObject());
    }
    return end;
  }

  private static Duration within(Duration wanted) {
    if (wanted.abs().compareTo(FAR) > 0) {
      throw new Failure.Conflict(
          "clock-too-far", "The clock counts 24 hours at most; start it anew.", new JsonObject());
    }
    return wanted;
  }

  /** Its part of the entity; absent while it follows the session. */
  @Nullable JsonObject toJson() {
    if (endsAt != null) {
      return new JsonObject().put("endsAt", Times.text(endsAt));
    }
    return left == null ? null : new JsonObject().put("leftMs", left.toMillis());
  }
}
