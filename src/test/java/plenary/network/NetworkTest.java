package plenary.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void onlyXKeepsItsBodiesToItself() {
    assertThat(Arrays.stream(Network.values()).filter(network -> !network.publishesBodies()))
        .containsExactly(Network.X);
  }

  @Test
  void aNetworkIsFoundByItsId() {
    assertThat(Network.values()).allSatisfy(n -> assertThat(Network.named(n.id())).isSameAs(n));
  }
}
