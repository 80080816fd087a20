package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When two hashtags are the same. */
class TagsTest {
  private static void same(String... tags) {
    assertThat(List.of(tags)).extracting(Tags::key).containsOnly(Tags.key(tags[0]));
  }

  private static void different(String one, String other) {
    assertThat(Tags.key(one)).isNotEqualTo(Tags.key(other));
  }

  @Test
  void signsCaseAndWidthTellNothing() {
    same("ACC26", "acc26", "#Acc26", "\uff03\uff21\uff23\uff23\uff12\uff16", "#ＡＣＣ26");
    same("ﾊｯｼｭﾀｸﾞ", "ハッシュタグ");
    same("cafe\u0301", "CAFÉ");
  }

  @Test
  void lettersThatFoldToSeveralMeetThem() {
    same("straße", "STRASSE", "Straẞe", "strasse");
    same("ﬁbrillation", "FIBRILLATION");
    same("ᾳ", "ΑΙ");
  }

  @Test
  void sigmaIsTheSameAtTheEndOfAWord() {
    same("καρδιάς", "ΚΑΡΔΙΆΣ", "καρδιάσ");
  }

  @Test
  void theTurkishLettersStayApart() {
    different("kalp\u0131", "kalpi");
    same("\u0130stanbul", "i\u0307stanbul");
    same("KALPI", "kalpi");
  }

  @Test
  void accentsMarksAndJoinersTellApartAsOnTheNetworks() {
    different("café", "cafe");
    different(
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645");
    different("हृदय", "हदय");
  }

  @Test
  void aNetworkIsAskedForWhatWasWritten() {
    assertThat(Tags.spellings(List.of("#Straße", "straße", "STRASSE")))
        .containsExactly("Straße", "STRASSE");
    assertThat(Tags.spellings(List.of("Mu\u0308ller", "İstanbul", "心臓", "قلب")))
        .containsExactly("Müller", "İstanbul", "心臓", "قلب");
    assertThat(Tags.spellings(List.of("ＡＣＣ26"))).containsExactly("ＡＣＣ26", "ACC26");
  }

  @Test
  void mastodonLeavesTheMarksOfLatinLettersOut() {
    assertThat(List.of("Müller", "MULLER", "#mu\u0308ller"))
        .extracting(MastodonTags::key)
        .containsOnly("muller");
    assertThat(List.of("ÁCC26", "ＡＣＣ26", "acc26"))
        .extracting(MastodonTags::key)
        .containsOnly("acc26");
    assertThat(List.of("Łódź", "SØREN", "Đa", "Kalpı"))
        .extracting(MastodonTags::key)
        .containsExactly("lodz", "soren", "da", "kalpi");
    assertThat(List.of("Straße", "心臓", "قلب", "हृदय", "café"))
        .extracting(MastodonTags::key)
        .containsExactly("straße", "心臓", "قلب", "हृदय", "cafe");
  }

  @Test
  void aKeyIsItsOwnKey() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.isLetterOrDigit(c)) {
        String key = Tags.key(Character.toString(c));
        if (!Tags.key(key).equals(key)) {
          throw new AssertionError("U+%04X: %s then %s".formatted(c, key, Tags.key(key)));
        }
      }
    }
  }
}
