package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Instant NOW = Instant.parse("2026-08-29T10:00:00Z");

  @Test
  void theFirstConnectionLooksTenMinutesBack() {
    Coverage coverage = new Coverage(Pace.DOCUMENTED, null);
    assertThat(coverage.cursor()).isNull();

    coverage.connected(NOW);

    assertThat(coverage.next().orElseThrow().from()).isEqualTo(NOW.minus(Duration.ofMinutes(10)));
  }

  @Test
  void theCursorStaysAtTheOldestHoleUntilItIsFilled() {
    Coverage coverage = new Coverage(Pace.DOCUMENTED, cursor(NOW.minusSeconds(600)));
    coverage.connected(NOW);
    coverage.heard(NOW.plusSeconds(200));
    assertThat(coverage.since()).isEqualTo(NOW.minusSeconds(600));

    Coverage.Hole first = coverage.next().orElseThrow();
    coverage.closed(first);
    assertThat(coverage.since()).as("the end is looked at twice").isEqualTo(NOW.minusSeconds(90));

    Coverage.Hole second = coverage.next().orElseThrow();
    assertThat(second.due()).isEqualTo(NOW.plusSeconds(90));
    coverage.closed(second);
    assertThat(coverage.since()).as("the stream may be late").isEqualTo(NOW.plusSeconds(170));
  }

  @Test
  void aNewConnectionJoinsTheHolesThatNobodyFillsYet() {
    Coverage coverage = new Coverage(Pace.DOCUMENTED, cursor(NOW));
    coverage.connected(NOW);
    Coverage.Hole taken = coverage.next().orElseThrow();
    coverage.take(taken);
    coverage.heard(NOW.plusSeconds(10));
    coverage.connected(NOW.plusSeconds(20));

    assertThat(coverage.since()).isEqualTo(NOW);
    coverage.closed(taken);
    assertThat(coverage.next().orElseThrow().from()).isEqualTo(NOW);
  }

  @Test
  void whileNothingIsFollowedNothingIsMissed() {
    Coverage coverage = new Coverage(Pace.DOCUMENTED, cursor(NOW.minusSeconds(100_000)));
    coverage.connected(NOW.minusSeconds(50_000));
    coverage.idle(NOW);

    assertThat(coverage.since()).isEqualTo(NOW);
    assertThat(coverage.next()).isEmpty();
  }

  @Test
  void aCursorThatIsNotUnderstoodIsNone() {
    assertThat(new Coverage(Pace.DOCUMENTED, new JsonObject().put("sinceId", "x")).since())
        .isNull();
    assertThat(new Coverage(Pace.DOCUMENTED, new JsonObject()).since()).isNull();
  }

  @Test
  void anIdIsAPointInTime() {
    assertThat(Snowflakes.time(1359517868925280258L))
        .isBetween(Instant.parse("2021-02-10T15:01:33Z"), Instant.parse("2021-02-10T15:01:34Z"));
    assertThat(Snowflakes.time(Snowflakes.at(NOW))).isEqualTo(NOW);
    assertThat(Snowflakes.number("99999999999999999999")).isEqualTo(-1);
    assertThat(Snowflakes.number("9223372036854775808")).isEqualTo(-1);
  }

  private static JsonObject cursor(Instant at) {
    return new JsonObject().put("sinceId", String.valueOf(Snowflakes.at(at)));
  }
}
