package plenary.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinCodesTest {
  @Test
  void aCodeHasSixCharactersWithoutLookAlikes() {
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      codes.add(JoinCodes.random());
    }
    assertThat(codes).hasSizeGreaterThan(9_990).allMatch(c -> c.matches("[2-9A-HJKMNP-Z]{6}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"K7WX4P", "k7wx4p", "K7W X4P", "k7w-x4p", " K7 WX 4P ", "K7W–X4P", "K7W\u00a0X4P"})
  void aCodeIsReadAsPeopleTypeIt(String typed) {
    assertThat(JoinCodes.read(typed)).contains("K7WX4P");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K7WX4", "K7WX4PQ", "K7WX40", "O7WX4P", "I7WX4P", "L7WX4P", "K7WX4É"})
  void whatCannotBeACodeIsNone(String typed) {
    assertThat(JoinCodes.read(typed)).isEmpty();
  }

  @Test
  void aLongTextIsNotLookedThrough() {
    assertThat(JoinCodes.read(" ".repeat(100_000) + "K7WX4P")).isEmpty();
  }
}
