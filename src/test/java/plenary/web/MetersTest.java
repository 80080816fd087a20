package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);

  @ParameterizedTest
  @CsvSource({
    "201, ok",
    "304, ok",
    "422, invalid",
    "403, forbidden",
    "404, not-found",
    "409, conflict",
    "429, too-many",
    "405, refused",
    "503, unavailable",
    "500, failed"
  })
  void commandsAreCountedByKindAndOutcome(int status, String outcome) {
    meters.answered("vote", status, 3_000_000);

    assertThat(registry.scrape())
        .contains("plenary_commands_total{kind=\"vote\",outcome=\"" + outcome + "\"} 1.0");
  }

  @Test
  void commandsAreTimedByKindInAFewBuckets() {
    meters.answered("vote", 200, 3_000_000);
    meters.answered("vote", 429, 30_000);

    assertThat(registry.scrape())
        .contains("plenary_command_time_seconds_bucket{kind=\"vote\",le=\"0.005\"} 2")
        .contains("plenary_command_time_seconds_bucket{kind=\"vote\",le=\"0.001\"} 1");
    assertThat(registry.scrape().lines().filter(line -> line.contains("_bucket")))
        .hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void refusalsAreCountedByReason() {
    meters.answered("vote", 429, 1);
    meters.answered("askQuestion", 503, 1);
    meters.refused("upgrades");

    assertThat(registry.scrape())
        .contains("plenary_refusals_total{reason=\"too-many\"} 1.0")
        .contains("plenary_refusals_total{reason=\"unavailable\"} 1.0")
        .contains("plenary_refusals_total{reason=\"upgrades\"} 1.0");
  }

  @Test
  void whoComesInIsCountedAndWhoFailsTo() {
    meters.answered("join", 200, 1);
    meters.answered("acceptInvitation", 404, 1);
    meters.answered("vote", 200, 1);

    assertThat(registry.scrape().lines().filter(line -> line.startsWith("plenary_logins_total")))
        .containsExactlyInAnyOrder(
            "plenary_logins_total{kind=\"join\",outcome=\"ok\"} 1.0",
            "plenary_logins_total{kind=\"invitation\",outcome=\"failed\"} 1.0");
  }

  @Test
  void theDatabaseIsUpOrNot() {
    meters.databaseUp(() -> true);

    assertThat(registry.scrape()).contains("plenary_database_up 1.0");
  }
}
