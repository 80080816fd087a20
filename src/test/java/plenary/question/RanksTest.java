package plenary.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RanksTest {
  @Test
  void thereIsAlwaysRoomBetweenAnyTwo() {
    Random random = new Random(42);
    List<String> ranks = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      int at = random.nextInt(ranks.size() + 1);
      String low = at == 0 ? null : ranks.get(at - 1);
      String high = at == ranks.size() ? null : ranks.get(at);
      String rank = Ranks.between(low, high);
      if (low != null) {
        assertThat(rank).isGreaterThan(low);
      }
      if (high != null) {
        assertThat(rank).isLessThan(high);
      }
      assertThat(rank).doesNotEndWith("0").matches("[0-9A-Za-z]+");
      ranks.add(at, rank);
    }
    assertThat(ranks).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
  }

  @Test
  void aQueueThatOnlyGrowsAtOneEndHasShortRanks() {
    String last = Ranks.between(null, null);
    String first = last;
    for (int i = 0; i < 1_000; i++) {
      last = Ranks.between(last, null);
      first = Ranks.between(null, first);
    }
    assertThat(last.length()).isLessThan(50);
    assertThat(first.length()).isLessThan(250);
  }

  @Test
  void nothingFitsBetweenTheWrongWayRound() {
    assertThatThrownBy(() -> Ranks.between("V", "V")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ranks.between("W", "V")).isInstanceOf(IllegalArgumentException.class);
  }
}
