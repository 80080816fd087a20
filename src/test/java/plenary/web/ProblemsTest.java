package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plenary.problem.Failure;

class ProblemsTest {
  private static final Schemas PROBLEM = new Schemas(Contract.load().schema("Problem"));

  static Stream<Failure> failures() {
    return Stream.of(
        new Failure.Malformed("x"),
        new Failure.Malformed("key-required", "x"),
        new Failure.Unauthenticated("x"),
        new Failure.Forbidden("x"),
        new Failure.NotFound("question"),
        new Failure.Conflict("stale-version", "x", new JsonObject().put("status", "queued")),
        new Failure.Conflict("key-in-flight", "x", null),
        new Failure.TooLarge(10),
        new Failure.TooSlow(10),
        new Failure.Unsupported("x"),
        new Failure.Invalid("/text", "too-long", "x"),
        new Failure.Invalid("reused-key", "x", List.of()),
        new Failure.TooMany("x", Duration.ofMillis(1)),
        new Failure.Unavailable("busy", "x", Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureBecomesAProblemOfTheContract(Failure failure) {
    Answer answer = Problems.of(failure);
    assertThat(answer.status()).isEqualTo(failure.status());
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    JsonObject body = new JsonObject(answer.body());
    assertThat(PROBLEM.check(body)).isEmpty();
    assertThat(body.getString("type")).isEqualTo("urn:plenary:problem:" + failure.type());
    assertThat(body.getString("detail")).isEqualTo(failure.detail());
  }

  @Test
  void waitingIsToldInWholeSecondsAndNeverZero() {
    Answer soon = Problems.of(new Failure.TooMany("x", Duration.ofMillis(1)));
    assertThat(soon.headers()).containsEntry("Retry-After", "1");
    Answer later = Problems.of(new Failure.Unavailable("busy", "x", Duration.ofMillis(2_001)));
    assertThat(later.headers()).containsEntry("Retry-After", "3");
  }

  @Test
  void aConflictTellsWhatIsThereNow() {
    JsonObject current = new JsonObject().put("status", "queued");
    Answer answer = Problems.of(new Failure.Conflict("stale-version", "x", current));
    assertThat(new JsonObject(answer.body()).getJsonObject("current")).isEqualTo(current);
  }

  @Test
  void aFaultTellsNothingOfItself() {
    Throwable fault = new IllegalStateException("secret", new RuntimeException("hunter2"));
    Answer answer = Problems.of(fault);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body().toString()).doesNotContain("secret", "hunter2");
    assertThat(Problems.trace(fault))
        .contains("IllegalStateException", "RuntimeException", "ProblemsTest")
        .doesNotContain("secret", "hunter2");
  }
}
