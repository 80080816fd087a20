package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
  private static final long NOW = Duration.ofHours(1).toNanos();

  @Test
  void oneLoopThatDoesNotTurnIsEnough() {
    long second = Duration.ofSeconds(1).toNanos();

    assertThat(EventLoops.turning(ticks(NOW, NOW - second), NOW)).isTrue();
    assertThat(EventLoops.turning(ticks(NOW, NOW - 11 * second), NOW)).isFalse();
  }

  private static List<AtomicLong> ticks(long... nanos) {
    return Arrays.stream(nanos).mapToObj(AtomicLong::new).toList();
  }
}
