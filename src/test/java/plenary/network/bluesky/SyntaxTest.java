package plenary.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Names of the AT Protocol, by its own vectors. */
class SyntaxTest {
  @Test
  void identifiersAreWhatTheVectorsSay() {
    assertThat(Vectors.syntax("tid_syntax_valid"))
        .isNotEmpty()
        .allMatch(t -> Tid.decode(t).isPresent());
    assertThat(Vectors.syntax("tid_syntax_invalid"))
        .isNotEmpty()
        .noneMatch(t -> Tid.decode(t).isPresent());
    assertThat(Vectors.syntax("handle_syntax_valid")).isNotEmpty().allMatch(Syntax::isHandle);
    assertThat(Vectors.syntax("handle_syntax_invalid")).isNotEmpty().noneMatch(Syntax::isHandle);
    assertThat(Vectors.syntax("did_syntax_valid")).isNotEmpty().allMatch(Syntax::isDid);
    assertThat(Vectors.syntax("did_syntax_invalid")).isNotEmpty().noneMatch(Syntax::isDid);
    assertThat(Vectors.syntax("recordkey_syntax_valid")).isNotEmpty().allMatch(Syntax::isRecordKey);
    assertThat(Vectors.syntax("recordkey_syntax_invalid"))
        .isNotEmpty()
        .noneMatch(Syntax::isRecordKey);
    assertThat(Vectors.syntax("language_syntax_valid")).isNotEmpty().allMatch(Syntax::isLanguage);
    assertThat(Vectors.syntax("language_syntax_invalid"))
        .isNotEmpty()
        .noneMatch(Syntax::isLanguage);
  }

  @Test
  void reservedKeysAreNewAndInOrder() {
    Instant now = Instant.parse("2026-11-24T10:00:00Z");
    String last = Tid.next(now);
    for (int i = 0; i < 1_000; i++) {
      String next = Tid.next(now);
      assertThat(next).hasSize(13).isGreaterThan(last);
      assertThat(Tid.encode(Tid.decode(next).getAsLong())).isEqualTo(next);
      last = next;
    }
  }

  @Test
  void aRevisionOrdersAsItsTextDoes() {
    assertThat(Tid.decode("3mmoojp7vgo2g").getAsLong())
        .isLessThan(Tid.decode("3mmoojpaqkn2z").getAsLong());
  }

  @Test
  void whatADatabaseRefusesIsReplaced() {
    assertThat(Syntax.storable("a\u0000b\ud800c\ud83e\udd8b"))
        .isEqualTo("a\ufffdb\ufffdc\ud83e\udd8b");
  }
}
