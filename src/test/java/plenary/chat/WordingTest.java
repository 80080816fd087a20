package plenary.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plenary.network.Network;

class WordingTest {
  private static Prompt prompt(String text, Map<Network, String> texts) {
    return new Prompt(
        new UUID(0, 1), Prompt.Kind.PROMPT, 3, text, texts, null, Prompt.State.PLANNED, null);
  }

  @Test
  void labelAndHashtagAreAddedWhereTheyAreMissing() {
    assertThat(Wording.of(prompt("Which dose?", Map.of()), Network.X, "ACC26"))
        .isEqualTo("Q3: Which dose? #ACC26");
    assertThat(Wording.of(prompt("Q3 Which dose? #acc26", Map.of()), Network.X, "ACC26"))
        .isEqualTo("Q3 Which dose? #acc26");
    assertThat(Wording.of(prompt("Which dose?", Map.of()), Network.X, null))
        .isEqualTo("Q3: Which dose?");
  }

  @Test
  void aNetworkMayHaveItsOwnText() {
    Prompt prompt = prompt("A long one", Map.of(Network.X, "A short one"));

    assertThat(Wording.of(prompt, Network.X, "a")).isEqualTo("Q3: A short one #a");
    assertThat(Wording.of(prompt, Network.BLUESKY, "a")).isEqualTo("Q3: A long one #a");
  }

  @ParameterizedTest
  @CsvSource({
    "'now #ACC26', ACC26, true",
    "'now ＃ａｃｃ26!', ACC26, true",
    "'#ACC2026', ACC26, false",
    "'a#ACC26', ACC26, false",
    "'(#ACC26)', acc26, true",
    "'#CAFÉ', café, true",
    "'nothing', ACC26, false"
  })
  void aHashtagCountsWhateverItsCaseAndWidth(String text, String tag, boolean there) {
    assertThat(Wording.has(text, tag)).isEqualTo(there);
  }
}
