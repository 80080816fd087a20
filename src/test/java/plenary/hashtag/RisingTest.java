package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plenary.hashtag.Rising.Riser;

/** Which hashtags rise. */
class RisingTest {
  private static int[] windows(int... latest) {
    return Arrays.copyOf(latest, Rising.WINDOWS);
  }

  private static Riser only(int... latest) {
    return Rising.of(Map.of("t", windows(latest)), 10).getFirst();
  }

  @Test
  void aBurstOfPeopleRises() {
    Riser riser = only(12);
    assertThat(riser.people()).isEqualTo(12);
    assertThat(riser.expected()).isEqualTo(1);
    assertThat(riser.score()).isEqualTo(121);
  }

  @Test
  void fewerThanFivePeopleNeverRise() {
    assertThat(Rising.of(Map.of("t", windows(4)), 10)).isEmpty();
    assertThat(Rising.score(4, 1)).isZero();
    assertThat(Rising.score(5, 1)).isEqualTo(16);
  }

  @Test
  void whatIsAlwaysUsedDoesNotRise() {
    int[] steady = new int[Rising.WINDOWS];
    Arrays.fill(steady, 20);
    assertThat(Rising.of(Map.of("t", steady), 10)).isEmpty();
    steady[0] = 22;
    assertThat(Rising.of(Map.of("t", steady), 10)).isEmpty();
    steady[0] = 40;
    assertThat(Rising.of(Map.of("t", steady), 10).getFirst().score()).isEqualTo(20);
  }

  @Test
  void whatFallsDoesNotRise() {
    assertThat(Rising.score(5, 6)).isZero();
  }

  @Test
  void aPeakFadesToItsHalfInTenMinutesAndIsForgottenAfterTwoHours() {
    assertThat(only(0, 0, 12).score()).isCloseTo(60.5, within(0.01));
    assertThat(only(0, 0, 12).people()).isEqualTo(12);
    int[] longAgo = new int[Rising.WINDOWS];
    longAgo[Rising.COOLDOWN] = 1_000_000;
    assertThat(Rising.of(Map.of("t", longAgo), 10)).isEmpty();
  }

  @Test
  void theSteepestComeFirstAndNotAllOfThem() {
    Map<String, int[]> people =
        Map.of("a", windows(6), "b", windows(9), "c", windows(9), "d", windows(5));
    assertThat(Rising.of(people, 3)).extracting(Riser::key).containsExactly("b", "c", "a");
  }
}
