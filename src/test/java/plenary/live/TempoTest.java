package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TempoTest {
  private static final long SECOND = 1_000_000_000L;

  private static Tempo tempo(View view) {
    return new Tempo(view, LiveLimits.DEFAULT);
  }

  @Test
  void theFirstChangeAfterQuietGoesAtOnceAndTheNextAfterOneTick() {
    Tempo tempo = tempo(View.ATTENDEE);
    assertThat(tempo.changed(SECOND, 10, false)).isEqualTo(SECOND);
    assertThat(tempo.isDue(SECOND)).isTrue();
    tempo.sent(SECOND);
    assertThat(tempo.isPending()).isFalse();
    assertThat(tempo.changed(SECOND + 1, 10, false)).isEqualTo(SECOND + SECOND / 10);
    assertThat(tempo.isDue(SECOND + SECOND / 10 - 1)).isFalse();
    assertThat(tempo.isDue(SECOND + SECOND / 10)).isTrue();
  }

  @Test
  void manyChangesAreOneFrame() {
    Tempo tempo = tempo(View.ATTENDEE);
    tempo.sent(SECOND);
    long due = tempo.changed(SECOND + 1, 10, false);
    for (int i = 2; i < 10_000; i++) {
      assertThat(tempo.changed(SECOND + i, 10, false)).isEqualTo(due);
    }
  }

  @Test
  void theTickGrowsWithTheAudience() {
    Tempo tempo = tempo(View.ATTENDEE);
    assertThat(tempo.interval(100, false)).isEqualTo(Duration.ofMillis(100));
    assertThat(tempo.interval(8_000, false)).isEqualTo(Duration.ofMillis(100));
    assertThat(tempo.interval(16_000, false)).isEqualTo(Duration.ofMillis(200));
    assertThat(tempo.interval(40_000, false)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void theTickStretchesWhenFanOutsTakeOverHalfOfItAndNotForOneThatWasHeldUp() {
    Tempo tempo = tempo(View.ATTENDEE);
    tempo.fanoutTook(40_000_000);
    tempo.fanoutTook(80_000_000);
    assertThat(tempo.interval(100, false)).isEqualTo(Duration.ofMillis(100));
    tempo.fanoutTook(90_000_000);
    assertThat(tempo.interval(100, false)).isEqualTo(Duration.ofMillis(160));
    tempo.fanoutTook(10_000_000);
    assertThat(tempo.interval(100, false)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void talliesAloneWaitLongerAndAnythingElseCutsTheWait() {
    assertThat(tempo(View.MODERATOR).interval(5, true)).isEqualTo(Duration.ofMillis(250));
    Tempo tempo = tempo(View.ATTENDEE);
    tempo.sent(SECOND);
    assertThat(tempo.changed(SECOND + 1, 10, true)).isEqualTo(SECOND + SECOND / 2);
    assertThat(tempo.changed(SECOND + 2, 10, false)).isEqualTo(SECOND + SECOND / 10);
    assertThat(tempo.changed(SECOND + 3, 10, true)).isEqualTo(SECOND + SECOND / 10);
  }

  @Test
  void aFixedTickIsFixed() {
    Tempo tempo = new Tempo(View.ATTENDEE, LiveLimits.DEFAULT.withTick(Duration.ZERO));
    tempo.fanoutTook(SECOND);
    assertThat(tempo.interval(40_000, true)).isEqualTo(Duration.ZERO);
  }
}
