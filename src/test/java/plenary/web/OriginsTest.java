package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
  private final Origins named = new Origins("https://ask.example.org/");
  private final Origins unnamed = new Origins(null);

  @ParameterizedTest
  @CsvSource({
    "https://ask.example.org, true",
    "https://ASK.example.org, true",
    "https://ask.example.org:443, true",
    "http://ask.example.org, false",
    "https://ask.example.org:8443, false",
    "https://example.org, false",
    "https://evil.ask.example.org, false",
    "https://ask.example.org.evil.net, false",
    "https://ask.example.orgevil, false",
    "https://ask.example.org@evil.net, false",
    "https://evil.net#ask.example.org, false",
    "https://ask.example.org/, false",
    "https://ask.example.org/x, false",
    "https://ask.exаmple.org, false",
    "null, false",
    "'', false",
    "file://, false",
    "ask.example.org, false",
    "https://, false"
  })
  void withAPublicAddressOnlyItsOriginIsAllowed(String origin, boolean allowed) {
    assertThat(named.allows(origin, "ask.example.org")).isEqualTo(allowed);
    assertThat(named.allows(origin, "evil.net")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080, true",
    "https://hall.local, hall.local, true",
    "https://hall.local, hall.local:443, true",
    "http://hall.local, hall.local:80, true",
    "http://[::1]:8080, '[::1]:8080', true",
    "http://localhost:8081, localhost:8080, false",
    "http://localhost, localhost:8080, false",
    "http://evil.net, localhost:8080, false",
    "null, localhost:8080, false",
    "http://localhost:8080, , false",
    "http://localhost:8080, 'localhost:8080@evil.net', false"
  })
  void withoutOneThePageHasToComeFromTheHostItTalksTo(String origin, String host, boolean allowed) {
    assertThat(unnamed.allows(origin, host)).isEqualTo(allowed);
  }

  @Test
  void withoutAnOriginOnlyACallerIsAdmittedWhoIsNotKnownByACookieAlone() {
    assertThat(unnamed.admits(null, "h", null, false)).isTrue();
    assertThat(unnamed.admits(null, "h", null, true)).isFalse();
    assertThat(unnamed.admits(null, "h", "cross-site", false)).isFalse();
    assertThat(unnamed.admits(null, "h", "same-site", false)).isFalse();
    assertThat(unnamed.admits(null, "h", "same-origin", false)).isTrue();
    assertThat(unnamed.admits("http://h", "h", "same-origin", true)).isTrue();
  }

  @Test
  void aPublicAddressHasToBeOne() {
    assertThatThrownBy(() -> new Origins("ask.example.org"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Origins("ftp://ask.example.org"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(named.isSecure()).isTrue();
    assertThat(unnamed.isSecure()).isFalse();
  }
}
