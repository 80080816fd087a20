package plenary.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plenary.problem.Failure;

class GroundTest {
  @ParameterizedTest
  @CsvSource({
    "#000000, #ffffff, 21",
    "#777777, #ffffff, 4.48",
    "#0000ff, #ffffff, 8.59",
    "#ff0000, #00ff00, 2.91"
  })
  void contrastIsThatOfTheRecommendation(String one, String other, double ratio) {
    assertThat(Colour.read(one).contrast(Colour.read(other))).isCloseTo(ratio, within(0.01));
  }

  @Test
  void ourOwnAccentsAreLegible() {
    assertThat(Ground.LIGHT.carries(Colour.read("#0b5c63"))).isTrue();
    assertThat(Ground.DARK.carries(Colour.read("#79cfcd"))).isTrue();
  }

  @Test
  void theGroundsAreThoseOfTheStylesheet() throws IOException {
    String css = Files.readString(Path.of("webroot", "css", "tokens.css"));
    assertThat(css)
        .contains("--paper: light-dark(#f6f4ef, #111416);")
        .contains("--surface: light-dark(#ffffff, #1a1f22);")
        .contains("--sunken: light-dark(#edeae2, #0b0e0f);")
        .contains("--accent-ink: light-dark(#ffffff, #05282a);");
  }

  @Test
  void whateverColourIsWishedForTheNearestOneCanBeRead() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Colour wish = new Colour(random.nextInt(256), random.nextInt(256), random.nextInt(256));
      for (Ground ground : Ground.values()) {
        Colour nearest = ground.nearest(wish);
        assertThat(ground.carries(nearest)).as("%s on %s", wish, ground).isTrue();
        assertThat(nearest.equals(wish)).isEqualTo(ground.carries(wish));
      }
    }
  }

  @Test
  void aColourNobodyCanReadIsRefusedWithOneThatCanBe() {
    assertThatThrownBy(() -> Look.PLAIN.with(new JsonObject().put("accent", "#FF8800")))
        .isInstanceOf(Failure.Invalid.class)
        .hasMessageContaining("1.99:1")
        .hasMessageContaining("#a15600");
    Look look = Look.PLAIN.with(new JsonObject().put("accent", "#a15600"));
    assertThat(look.toJson(java.util.UUID.randomUUID()).getString("accentDark")).isNotNull();
    assertThat(look.with(new JsonObject().putNull("accent"))).isEqualTo(Look.PLAIN);
  }
}
