package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** social.md section 1.1, row Reconnect. */
class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-08-29T10:00:00Z");

  private final Backoff backoff = new Backoff();

  @Test
  void aGoodConnectionThatEndsIsMadeAgainAtOnce() {
    assertThat(wait(Trouble.Kind.DROPPED)).isZero();
  }

  @Test
  void oneThatNeverHoldsIsMadeAgainEverMoreSlowly() {
    assertThat(waits(Trouble.Kind.DROPPED, 4)).containsExactly(0L, 250L, 500L, 750L);
    backoff.succeeded();
    assertThat(wait(Trouble.Kind.DROPPED)).isZero();
  }

  @Test
  void networkErrorsWaitAQuarterSecondMoreEachTimeUpToSixteenSeconds() {
    List<Long> waits = waits(Trouble.Kind.NETWORK, 66);

    assertThat(waits.subList(0, 3)).containsExactly(250L, 500L, 750L);
    assertThat(waits.get(63)).isEqualTo(16_000);
    assertThat(waits.getLast()).isEqualTo(16_000);
  }

  @Test
  void httpErrorsWaitFiveSecondsDoubledUpTo320() {
    assertThat(waits(Trouble.Kind.SERVER, 8))
        .containsExactly(5_000L, 10_000L, 20_000L, 40_000L, 80_000L, 160_000L, 320_000L, 320_000L);
    assertThat(wait(Trouble.Kind.TOKEN)).as("of the same kind").isEqualTo(Duration.ofSeconds(320));
  }

  @Test
  void rateLimitsWaitAMinuteDoubled() {
    assertThat(waits(Trouble.Kind.LIMIT, 5))
        .containsExactly(60_000L, 120_000L, 240_000L, 480_000L, 960_000L);
  }

  @Test
  void aRateLimitIsWaitedForUntilItIsOver() {
    assertThat(backoff.after(limit(NOW.plusSeconds(700)), NOW)).isEqualTo(Duration.ofSeconds(701));
    assertThat(backoff.after(limit(NOW.minusSeconds(5)), NOW)).isEqualTo(Duration.ofSeconds(120));
    assertThat(backoff.after(limit(NOW.plus(Duration.ofDays(900))), NOW))
        .as("no window is longer")
        .isEqualTo(Backoff.LIMIT_MAX);
  }

  private static Trouble limit(Instant resetsAt) {
    return new Trouble(Trouble.Kind.LIMIT, "", 429, resetsAt, "");
  }

  private Duration wait(Trouble.Kind kind) {
    return backoff.after(new Trouble(kind, ""), NOW);
  }

  private List<Long> waits(Trouble.Kind kind, int times) {
    return Stream.generate(() -> wait(kind).toMillis()).limit(times).toList();
  }
}
