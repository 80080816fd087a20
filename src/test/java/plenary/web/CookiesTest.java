package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plenary=abc|abc",
        "a=b; plenary=abc|abc",
        "a=b;plenary=abc; c=d|abc",
        "xplenary=no; plenary=abc|abc",
        "plenaryx=no|",
        "plenary|",
        "plenary=|",
        "|",
        "__Host-plenary=no|",
        "a=plenary=no|"
      })
  void thePlainCookieIsFoundOverHttp(String header, String token) {
    assertThat(Cookies.token(header, false)).isEqualTo(token);
  }

  @Test
  void overHttpsOnlyTheHostCookieCounts() {
    assertThat(Cookies.token("plenary=planted; __Host-plenary=abc", true)).isEqualTo("abc");
    assertThat(Cookies.token("plenary=planted", true)).isNull();
  }

  @Test
  void scriptsAndOtherSitesDoNotGetIt() {
    String secure = Cookies.issue("abc", Duration.ofDays(1), true);
    assertThat(secure)
        .isEqualTo("__Host-plenary=abc; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure");
    assertThat(Cookies.issue("abc", Duration.ofDays(1), false))
        .isEqualTo("plenary=abc; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax");
    assertThat(Cookies.clear(true)).startsWith("__Host-plenary=; ").contains("Max-Age=0");
  }
}
