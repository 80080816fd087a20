package plenary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import plenary.config.Config;

class WelcomeTest {
  private static String outside(Map<String, String> environment) {
    return Welcome.outside(Config.load(environment), 8080);
  }

  @Test
  void aPhoneIsSentToThePublicAddressOrToTheOneThatIsListenedOn() {
    assertThat(outside(Map.of("PLENARY_PUBLIC_URL", "https://questions.example.org")))
        .isEqualTo("https://questions.example.org");
    assertThat(outside(Map.of("PLENARY_HTTP_HOST", "127.0.0.1")))
        .isEqualTo("http://127.0.0.1:8080");
  }

  @Test
  void aServerThatListensEverywhereNamesAnAddressOfThisMachine() {
    assertThat(outside(Map.of()))
        .matches("http://(localhost|[0-9.]+):8080")
        .isNotEqualTo("http://127.0.0.1:8080")
        .isNotEqualTo("http://0.0.0.0:8080");
  }
}
