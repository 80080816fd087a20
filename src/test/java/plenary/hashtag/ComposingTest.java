package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a composer warns of. */
class ComposingTest {
  private static final String ZWNJ_TAG = "می\u200cخواهم";

  private static List<String> warnings(String text, String... followed) {
    return Composing.check(text, List.of(followed)).warnings().stream()
        .map(each -> each.network() + " " + each.tag() + " " + each.reason().id())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "(#ACC26)              ; mastodon before, bluesky before",
        ".#ACC26               ; mastodon before, bluesky before",
        "Q1:#ACC26             ; mastodon before, bluesky before",
        "“#ACC26”              ; mastodon before, bluesky before",
        "\ud83d\ude80#ACC26    ; mastodon before, bluesky before",
        "a#ACC26               ; x before, mastodon before, bluesky before",
        "#ACC26's first day    ; bluesky apostrophe",
        "#ACC26\u2019s first day ; bluesky apostrophe",
        "#ACC26\ud83d\udc4f    ; bluesky emoji",
        "#ACC26\u2764\ufe0f    ; bluesky emoji",
        "#ACC26—live           ; bluesky after",
        "#ACC26.live           ; bluesky after",
        "#ACC26,#Other         ; bluesky joined",
        "#ACC26#Other          ; x joined, bluesky joined",
      })
  void aTagThatDoesNotCountElsewhereIsWarnedOf(String text, String expected) {
    assertThat(warnings(text, "acc26").stream().map(each -> each.replaceFirst(" (?i)acc26", "")))
        .containsExactly(expected.split(", "));
  }

  @Test
  void everyFollowedTagOfAJoinIsWarnedOf() {
    assertThat(warnings("#ACC26,#CardioTwitter", "ACC26", "CardioTwitter"))
        .containsExactly(
            "bluesky ACC26 joined",
            "mastodon CardioTwitter before",
            "bluesky CardioTwitter before");
  }

  @Test
  void aTagThatANetworkCutsOrDoesNotKnowIsWarnedOf() {
    assertThat(warnings("#" + ZWNJ_TAG, ZWNJ_TAG))
        .containsExactly("bluesky " + ZWNJ_TAG + " unseen");
    assertThat(warnings("#2026", "2026"))
        .containsExactly("x 2026 never", "mastodon 2026 never", "bluesky 2026 never");
    assertThat(Composing.untypable("2026")).containsExactly("x", "mastodon", "bluesky");
    assertThat(Composing.untypable("ACC26")).isEmpty();
    assertThat(Composing.untypable("b".repeat(70))).containsExactly("bluesky");
  }

  @Test
  void whatCountsIsNotWarnedOf() {
    assertThat(warnings("Welcome to #ACC26, all! \uff03acc26", "ACC26")).isEmpty();
    assertThat(warnings("(#ACC26) and again #ACC26", "ACC26")).isEmpty();
    assertThat(warnings("#ACC2026 and #ACC26live are others", "ACC26", "ACC")).isEmpty();
    assertThat(warnings("nothing here #", "ACC26")).isEmpty();
  }

  @Test
  void itSaysWhatEachNetworkReads() {
    assertThat(Composing.check("#ACC26's (#Heart)", List.of("ACC26")).reads())
        .containsEntry("x", List.of("ACC26", "Heart"))
        .containsEntry("mastodon", List.of("ACC26"))
        .containsEntry("bluesky", List.of("ACC26's"));
  }

  @Test
  void aHostileTextTakesNoTime() {
    List<String> followed = new java.util.ArrayList<>();
    for (int i = 0; i < 40; i++) {
      followed.add(i + "a".repeat(90));
    }
    for (String unit : List.of("#", "#a", "#a,", "#a\u0301", "#・", "#,a", "@a.#", "#_")) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(2),
          () -> Composing.check(unit.repeat(5_000 / unit.length()), followed));
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2), () -> Composing.check("#" + "・a,".repeat(1_600), followed));
  }
}
