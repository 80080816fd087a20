package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import plenary.live.View;

class MetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);

  @Test
  void socketsAreCountedByView() {
    meters.sockets(View.ATTENDEE, 1);
    meters.sockets(View.ATTENDEE, 1);
    meters.sockets(View.ATTENDEE, -1);

    assertThat(registry.scrape())
        .contains("plenary_sockets{view=\"attendee\"} 1.0")
        .contains("plenary_sockets{view=\"screen\"} 0.0");
  }

  @Test
  void commandsAreCountedByKindAndOutcomeAndTimedByKind() {
    meters.command("vote", "ok", 3_000_000);
    meters.command("vote", "too-many-requests", 30_000);

    assertThat(registry.scrape())
        .contains("plenary_commands_total{kind=\"vote\",outcome=\"ok\"} 1.0")
        .contains("plenary_commands_total{kind=\"vote\",outcome=\"too-many-requests\"} 1.0")
        .contains("plenary_command_time_seconds_bucket{kind=\"vote\",le=\"0.005\"} 2")
        .contains("plenary_command_time_seconds_bucket{kind=\"vote\",le=\"0.001\"} 1");
  }

  @Test
  void bytesAreFramesTimesTheirLength() {
    meters.sent("change", 10_000, 300);

    assertThat(registry.scrape())
        .contains("plenary_frames_total{kind=\"change\"} 10000.0")
        .contains("plenary_frame_bytes_total{kind=\"change\"} 3000000.0");
  }

  /** Percentile histograms would have 70 series for each timer. */
  @Test
  void noTimerHasMoreThanADozenBuckets() {
    AllMeters.touch(meters);

    assertThat(
            registry
                .scrape()
                .lines()
                .filter(line -> line.startsWith("plenary_commit_batch_time_seconds_bucket"))
                .count())
        .isBetween(8L, 12L);
  }

  @Test
  void everyMeterSaysWhatItIs() {
    AllMeters.touch(meters);

    assertThat(registry.scrape().lines().filter(line -> line.startsWith("# HELP plenary")))
        .hasSizeGreaterThan(15)
        .allMatch(line -> line.split(" ", 4).length == 4);
  }
}
