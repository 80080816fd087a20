package plenary.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import plenary.problem.Failure;

class ClockTest {
  private static final Instant NOW = Instant.parse("2026-08-28T09:30:00Z");
  private static final Instant END = NOW.plusSeconds(600);

  private static Clock act(Clock clock, String action, int minutes, @Nullable Instant end) {
    return clock.after(new JsonObject().put("action", action).put("minutes", minutes), NOW, end);
  }

  @Test
  void byItselfItFollowsTheSession() {
    assertThat(Clock.OF_SESSION.toJson()).isNull();
    Clock extended = act(Clock.OF_SESSION, "extend", 2, END);
    assertThat(extended).isEqualTo(new Clock(END.plusSeconds(120), null));
    assertThat(act(extended, "reset", 0, END)).isEqualTo(Clock.OF_SESSION);
  }

  @Test
  void whilePausedItKeepsWhatIsLeftHoweverOftenItIsPaused() {
    Clock paused = act(Clock.OF_SESSION, "pause", 0, END);
    assertThat(paused).isEqualTo(new Clock(null, Duration.ofMinutes(10)));
    assertThat(act(paused, "pause", 0, END)).isEqualTo(paused);
    assertThat(act(paused, "extend", -3, END).left()).isEqualTo(Duration.ofMinutes(7));
    assertThat(act(paused, "resume", 0, null).endsAt()).isEqualTo(END);
  }

  @Test
  void moreTimeCountsFromNowOnceTimeIsUp() {
    Clock over = new Clock(NOW.minusSeconds(300), null);
    assertThat(act(over, "extend", 2, null).endsAt()).isEqualTo(NOW.plusSeconds(120));
    assertThat(act(over, "extend", -1, null).endsAt()).isEqualTo(NOW.minusSeconds(360));
  }

  @Test
  void withoutAnEndItHasToBeStarted() {
    assertThatThrownBy(() -> act(Clock.OF_SESSION, "pause", 0, null))
        .isInstanceOf(Failure.Conflict.class);
    assertThatThrownBy(() -> act(Clock.OF_SESSION, "start", 0, null))
        .isInstanceOf(Failure.Invalid.class);
    assertThatThrownBy(() -> act(Clock.OF_SESSION, "extend", 0, END))
        .isInstanceOf(Failure.Invalid.class);
    assertThat(act(Clock.OF_SESSION, "start", 5, null).endsAt()).isEqualTo(NOW.plusSeconds(300));
  }

  @Test
  void itIsBounded() {
    Clock far = new Clock(NOW.plus(Duration.ofHours(23)), null);
    assertThatThrownBy(() -> act(far, "extend", 120, null)).isInstanceOf(Failure.Conflict.class);
  }
}
