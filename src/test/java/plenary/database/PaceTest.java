package plenary.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000L;

  @Test
  void itRestsSoThatItsWorkTakesItsShareOfTheTime() {
    assertThat(new Pace(25).rest(10 * MILLI)).isEqualTo(Duration.ofMillis(30));
    assertThat(new Pace(50).rest(10 * MILLI)).isEqualTo(Duration.ofMillis(10));
    assertThat(new Pace(100).rest(10 * MILLI)).isEqualTo(Duration.ZERO);
  }

  @Test
  void noRestIsLongerThanASecondForTheDatabaseIsKeptAtOneInstantMeanwhile() {
    assertThat(new Pace(1).rest(1_000 * MILLI)).isEqualTo(Duration.ofSeconds(1));
  }
}
