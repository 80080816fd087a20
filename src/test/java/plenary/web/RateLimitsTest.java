package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plenary.problem.Failure;

class RateLimitsTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final RateLimits limits = new RateLimits(2, 5, 3, clock::get);

  @Test
  void aRestedKeyHasItsBurstAndThenWaits() {
    for (int i = 0; i < 5; i++) {
      assertThat(limits.take("a")).isZero();
    }
    assertThat(limits.take("a")).isEqualTo(500_000_000L);
    assertThat(limits.waitFor("a")).isEqualTo(500_000_000L);
    assertThat(limits.take("b")).isZero();
  }

  @Test
  void tokensComeBackWithTimeUpToTheBurst() {
    IntStream.range(0, 5).forEach(i -> limits.take("a"));
    pass(Duration.ofMillis(500));
    assertThat(limits.take("a")).isZero();
    assertThat(limits.take("a")).isPositive();
    pass(Duration.ofDays(1));
    assertThat(IntStream.range(0, 10).filter(i -> limits.take("a") == 0).count()).isEqualTo(5);
  }

  @Test
  void inTheLongRunNobodyGetsMoreThanTheRate() {
    int granted = 0;
    for (int i = 0; i < 100_000; i++) {
      granted += limits.take("a") == 0 ? 1 : 0;
      pass(Duration.ofMillis(1));
    }
    assertThat(granted).isBetween(200, 206);
  }

  @Test
  void theTableIsBoundedAndLateKeysShareOneBucket() {
    for (int i = 0; i < 1_000; i++) {
      limits.take("key " + i);
    }
    assertThat(limits.size()).isEqualTo(3);
    assertThat(limits.take("one more")).isPositive();
    assertThat(limits.take("key 0")).isZero();
  }

  @Test
  void bucketsThatFilledUpMakeRoom() {
    IntStream.range(0, 3).forEach(i -> limits.take("old " + i));
    pass(Duration.ofSeconds(10));
    IntStream.range(0, 3).forEach(i -> assertThat(limits.take("new " + i)).isZero());
    assertThat(limits.size()).isLessThanOrEqualTo(3);
    assertThat(limits.take("new 0")).isZero();
  }

  @Test
  void aRefusalSaysHowLongToWait() {
    IntStream.range(0, 5).forEach(i -> limits.require("a", "slow down"));
    assertThatThrownBy(() -> limits.require("a", "slow down"))
        .isInstanceOfSatisfying(
            Failure.TooMany.class,
            refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500)));
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
