package plenary.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import plenary.problem.Failure;

class GuessesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Guesses guesses = new Guesses(20, nanos::get);

  @Test
  void manyAddressesTogetherGetNoMoreThanTheBudget() {
    int answered = 0;
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 100; i++) {
        String network = "10.0.0." + i;
        if (refusal(network) == null) {
          guesses.begin(network);
          guesses.wrong(network);
          answered++;
        }
        nanos.addAndGet(10_000_000);
      }
    }
    // 20 a second, the burst of three seconds, and one try per address in ten seconds.
    assertThat(answered).isBetween(1_200, 20 * 60 + 60 + 100 * 6);
  }

  @Test
  void oneAddressWaitsLongerAndLonger() {
    useUp("10.0.0.1");
    long first = waitOf("10.0.0.1");
    for (int i = 0; i < 400; i++) {
      refusal("10.0.0.1");
    }
    assertThat(waitOf("10.0.0.1")).isGreaterThan(first).isLessThanOrEqualTo(60);
  }

  @Test
  void whoNeverGuessedWrongGetsInWhileOthersGuess() {
    for (int i = 0; i < 200; i++) {
      guesses.begin("10.0.0." + i);
      guesses.wrong("10.0.0." + i);
    }
    assertThat(refusal("10.0.0.7")).isNotNull();
    assertThatCode(() -> guesses.admit("192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void rightCodesCostNothing() {
    for (int i = 0; i < 10_000; i++) {
      nanos.addAndGet(100_000_000);
      guesses.admit("10.0.0.1");
      guesses.begin("10.0.0.1");
      guesses.right();
    }
    assertThat(refusal("10.0.0.1")).isNull();
  }

  @Test
  void manyGuessesAtOnceGetNoMoreThanManyInARow() {
    int begun = 0;
    for (int i = 0; i < 1_000; i++) {
      if (catchThrowableOfType(Failure.TooMany.class, () -> guesses.begin("10.0.0.1")) == null) {
        begun++;
      }
    }
    assertThat(begun).isEqualTo(60);
  }

  @Test
  void theBudgetComesBack() {
    useUp("10.0.0.1");
    nanos.addAndGet(30_000_000_000L);
    assertThat(refusal("10.0.0.1")).isNull();
  }

  private void useUp(String network) {
    for (int i = 0; i < 60; i++) {
      guesses.begin(network);
      guesses.wrong(network);
    }
  }

  private Failure.TooMany refusal(String network) {
    return catchThrowableOfType(Failure.TooMany.class, () -> guesses.admit(network));
  }

  private long waitOf(String network) {
    return refusal(network).retryAfter().toSeconds();
  }
}
