package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(List.of("10.0.0.0/8", "192.168.1.5", "fd00::/16"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "203.0.113.9; 1.2.3.4; 203.0.113.9",
        "10.1.2.3; 203.0.113.9; 203.0.113.9",
        "10.1.2.3; 1.2.3.4, 203.0.113.9; 203.0.113.9",
        "10.1.2.3; 1.2.3.4, 10.9.9.9; 1.2.3.4",
        "10.1.2.3; 10.9.9.9; 10.9.9.9",
        "10.1.2.3; ; 10.1.2.3",
        "10.1.2.3; garbage; 10.1.2.3",
        "10.1.2.3; 1.2.3.4, ; 10.1.2.3",
        "192.168.1.5; 2001:db8::7; 2001:db8::7",
        "192.168.1.6; 2001:db8::7; 192.168.1.6",
        "fd00::1; 203.0.113.9; 203.0.113.9",
        "fd01::1; 203.0.113.9; fd01::1",
        "::ffff:10.1.2.3; 203.0.113.9; 203.0.113.9"
      })
  void theNearestAddressThatIsNoTrustedProxyIsTheClient(String peer, String header, String client) {
    assertThat(proxies.client(peer, header)).isEqualTo(client);
  }

  @Test
  void aLongChainEndsSomewhere() {
    assertThat(proxies.client("10.0.0.1", "10.0.0.2,".repeat(100_000) + "10.0.0.3"))
        .startsWith("10.");
  }

  @Test
  void withoutConfigurationNobodyIsBelieved() {
    assertThat(TrustedProxies.NONE.client("10.1.2.3", "1.2.3.4")).isEqualTo("10.1.2.3");
    assertThat(TrustedProxies.NONE.secure("10.1.2.3", "https")).isFalse();
    assertThat(proxies.secure("10.1.2.3", "https")).isTrue();
    assertThat(proxies.secure("10.1.2.3", "http")).isFalse();
    assertThat(proxies.secure("203.0.113.9", "https")).isFalse();
  }

  @Test
  void oneLineOfIpv6CountsAsOneAddress() {
    assertThat(TrustedProxies.network("2001:db8:1:2::7"))
        .isEqualTo(TrustedProxies.network("2001:db8:1:2:ffff::1"))
        .isNotEqualTo(TrustedProxies.network("2001:db8:1:3::7"));
    assertThat(TrustedProxies.network("203.0.113.9")).isEqualTo("203.0.113.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.local", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0/8/8"})
  void whatIsNoRangeIsRefused(String range) {
    assertThatThrownBy(() -> new TrustedProxies(List.of(range)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
