package plenary.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What may be asked, how long a text is, and what an address is. */
class LimitsTest {
  private static final TootLength LENGTH = TootLength.USUAL;

  @Test
  void aQuarterOfAnHourNeverHasMoreThan300PagingCalls() {
    Budget budget = new Budget(Pace.usual().callEvery(), Pace.usual().pageEvery());

    assertThat(taken(budget, true, Duration.ofMinutes(15))).isBetween(270, 300);
  }

  @Test
  void fiveMinutesNeverHaveMoreThan300Calls() {
    Budget budget = new Budget(Pace.usual().callEvery(), Pace.usual().pageEvery());

    assertThat(taken(budget, false, Duration.ofMinutes(5))).isBetween(270, 300);
  }

  @Test
  void whatTheServerSaysComesFirst() {
    Budget budget = new Budget(Duration.ZERO, Duration.ZERO);
    budget.block(5_000);

    assertThat(budget.take(false, 1_000)).isEqualTo(4_000);
    assertThat(budget.take(false, 5_000)).isZero();
  }

  private static int taken(Budget budget, boolean paging, Duration within) {
    int taken = 0;
    for (long now = 0; now < within.toMillis(); ) {
      long wait = budget.take(paging, now);
      taken += wait == 0 ? 1 : 0;
      now += wait;
    }
    return taken;
  }

  @Test
  void aLinkCounts23() {
    assertThat(LENGTH.of("see https://a.org/" + "x".repeat(300) + " now")).isEqualTo(4 + 23 + 4);
    assertThat(LENGTH.of("a.org")).isEqualTo(5);
    assertThat(LENGTH.of("example.org is no link to Mastodon")).isEqualTo(34);
  }

  @Test
  void ofAMentionTheServerDoesNotCount() {
    assertThat(LENGTH.of("@ann@social.example hello")).isEqualTo("@ann hello".length());
    assertThat(LENGTH.of("mail ann@social.example")).isEqualTo("mail ann@social.example".length());
  }

  @Test
  void graphemesCountOnce() {
    assertThat(LENGTH.of("👩🏽‍⚕️é")).isEqualTo(2);
  }

  @Test
  void anAddressMayComeWithoutScheme() {
    assertThat(Site.address(" mastodon.example ")).hasToString("https://mastodon.example");
    assertThat(Site.address("https://mastodon.example/@ann?x"))
        .hasToString("https://mastodon.example");
  }

  @Test
  void whatIsNoAddressIsRefusedInASentence() {
    for (String wrong : new String[] {"", "ftp://a.example", "https://", "two words", "@ann"}) {
      assertThatThrownBy(() -> Site.address(wrong))
          .isInstanceOf(Trouble.class)
          .hasMessageStartingWith("Enter the address of the Mastodon server");
    }
  }
}
