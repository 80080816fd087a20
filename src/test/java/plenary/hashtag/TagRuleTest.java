package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What X, Mastodon and Bluesky read in the same text: found by running their own code. */
class TagRuleTest {
  private static String read(TagRule rule, String text) {
    return String.join(" | ", rule.find(text).stream().map(TagRule.Found::tag).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      nullValues = "-",
      value = {
        "(#ACC26)       ; ACC26 ; - ; -",
        ".#ACC26        ; ACC26 ; - ; -",
        "/#ACC26        ; ACC26 ; - ; -",
        "1.#ACC26       ; ACC26 ; - ; -",
        "“#ACC26”       ; ACC26 ; - ; -",
        "“Q1:#ACC26     ; ACC26 ; - ; -",
        "\u2764\ufe0f#acc26  ; acc26 ; - ; -",
        "#ACC26's       ; ACC26 ; ACC26 ; ACC26's",
        "#ACC.26        ; ACC ; ACC ; ACC.26",
        "#ACC-26        ; ACC ; ACC ; ACC-26",
        "#acc26\ud83d\udc4f  ; acc26 ; acc26 ; acc26\ud83d\udc4f",
        "#ACC26—live    ; ACC26 ; ACC26 ; ACC26—live",
        "#ACC26,#CardioTwitter ; ACC26 | CardioTwitter ; ACC26 ; ACC26,#CardioTwitter",
        "#ACC26#Cardio  ; - ; ACC26 ; ACC26#Cardio",
        "#https://x.org ; - ; https ; https://x.org",
        "#می\u200cخواهم ; می\u200cخواهم ; می\u200cخواهم ; می",
      })
  void theNetworksDisagree(String text, String x, String mastodon, String bluesky) {
    assertThat(read(TagRule.X, text)).isEqualTo(x == null ? "" : x);
    assertThat(read(TagRule.MASTODON, text)).isEqualTo(mastodon == null ? "" : mastodon);
    assertThat(read(TagRule.BLUESKY, text)).isEqualTo(bluesky == null ? "" : bluesky);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "#26; -",
        "#2026ACC; 2026ACC",
        "Working at #café today; café",
        "＃ｈａｓｈｔａｇ; ｈａｓｈｔａｇ",
        "#カタカナ・タグ; カタカナ・タグ",
        "a#ACC26; -",
        "https://example.org/#ACC26; -",
        "#a_b; a_b",
        "#ACC26, and more; ACC26",
      })
  void theNetworksAgree(String text, String tag) {
    for (TagRule rule : TagRule.values()) {
      assertThat(read(rule, text)).as(rule.id()).isEqualTo(tag == null ? "" : tag);
    }
  }

  @Test
  void hashtagsAreFoundWhereTheyStand() {
    String text = "Q1: \ud83d\ude80 #ACC26 and\n#Cardio";
    List<TagRule.Found> found =
        List.of(new TagRule.Found(7, 13, "ACC26"), new TagRule.Found(18, 25, "Cardio"));
    for (TagRule rule : TagRule.values()) {
      assertThat(rule.find(text)).as(rule.id()).isEqualTo(found);
    }
  }

  @Test
  void blueskyKnowsNoHashtagOfMoreThan64() {
    assertThat(TagRule.BLUESKY.takes("a".repeat(64))).isTrue();
    assertThat(TagRule.BLUESKY.takes("a".repeat(65))).isFalse();
  }
}
