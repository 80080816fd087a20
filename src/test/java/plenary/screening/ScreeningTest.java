package plenary.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import plenary.problem.Failure;

class ScreeningTest {
  private static final TextLimits LIMITS = TextLimits.question(500);

  private static String shown(String raw) {
    return Screening.verdict(raw, LIMITS).text();
  }

  @Test
  void everyEmojiStaysOneUnharmedCharacter() {
    List<String> emoji = HardText.emoji();
    assertThat(emoji).isNotEmpty();
    for (String one : emoji) {
      assertThat(shown(one)).isEqualTo(one);
      assertThat(Graphemes.count(one)).as(one).isOne();
      assertThat(shown("So " + one + " it is")).isEqualTo("So " + one + " it is");
    }
  }

  @Test
  void noHardTextLeavesAnythingThatHidesOverridesOrControls() {
    HardText.all().forEach(ScreeningTest::expectCalm);
  }

  @Test
  void randomTextsAreCalmAfterwardsAndStayAsTheyAre() {
    long seed = 20_261_124;
    Random random = new Random(seed);
    int[] edges = {
      0, '\n', '\r', '\t', ' ', 'a', 'e', 0x301, 0x316, 0x34F, 0x1AB0, 0x200B, 0x200C, 0x200D,
      0x200E, 0x202E, 0x2028, 0x2066, 0x2069, 0xFE0F, 0xFEFF, 0x1F3F4, 0xE0067, 0xE007F, 0x1F469,
      0x1F3FD, 0x915, 0x94D, 0x646, 0x5E9, 0xE000, 0xAD, 0x3164, 0x20E3, 0xE0100
    };
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(40); j >= 0; j--) {
        text.appendCodePoint(
            random.nextInt(6) == 0 ? random.nextInt(0xD800) : edges[random.nextInt(edges.length)]);
      }
      expectCalm(text.toString());
    }
  }

  private static void expectCalm(String raw) {
    String text = shown(raw);
    assertThat(Normalizer.isNormalized(text, Normalizer.Form.NFC)).as("NFC: %s", raw).isTrue();
    assertThat(shown(text)).as("the same again").isEqualTo(text);
    assertThat(text).doesNotContain("  ").doesNotContain("\n\n\n").isEqualTo(text.strip());
    int marks = 0;
    for (int c : text.codePoints().toArray()) {
      int type = Character.getType(c);
      assertThat(type == Character.CONTROL && c != '\n').as("control %x", c).isFalse();
      assertThat(c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069).as("bidi").isFalse();
      assertThat(type).isNotIn((int) Character.PRIVATE_USE, (int) Character.SURROGATE);
      boolean variation = c >= 0xFE00 && c <= 0xFE0F;
      boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
      marks = mark && !variation ? marks + 1 : c == 0x200D || c == 0x200C || variation ? marks : 0;
      assertThat(marks).as("marks on one character of %s", text).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void marksThatAreSpreadOverInvisibleCharactersAreBoundedToo() {
    assertThat(shown("a" + "\u0316\u200B".repeat(50))).hasSizeLessThanOrEqualTo(5);
    assertThat(shown("a" + "\u1AB0\u200D".repeat(50)).chars().filter(c -> c == 0x1AB0))
        .hasSizeLessThanOrEqualTo(4);
    assertThat(shown("a" + "\uFE0F".repeat(50))).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void scriptsKeepWhatTheyNeed() {
    for (String text :
        List.of(
            "می\u200Cخواهم بپرسم", // Persian: a non-joiner inside a word
            "क्\u200Dष और क्\u200Cष", // Hindi: half forms
            "האם זה תקף מעל גיל 80?", // Hebrew
            "هل ينطبق هذا على من هم فوق 80؟", // Arabic
            "ශ්\u200Dරී ලංකා", // Sinhala
            "Ở Việt Nam thì sao?",
            "80歳以上でも有効ですか？")) {
      assertThat(shown(text)).isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC));
      assertThat(Screening.verdict(text, LIMITS).reasons()).isEmpty();
    }
  }

  @Test
  void whatCannotBeSeenIsNoQuestion() {
    for (String nothing :
        List.of("", " ", "\n\t", "\u200B\u200B", "\u3164", "\u2800\u2800", "\uFE0F", "\u202E")) {
      assertThatThrownBy(() -> Screening.verdict(nothing, LIMITS).orRefuse("/text"))
          .isInstanceOfSatisfying(
              Failure.Invalid.class, refused -> assertThat(refused.status()).isEqualTo(422));
    }
  }

  @Test
  void lengthIsCountedAsAReaderCounts() {
    String family = "👨‍👩‍👧‍👦";
    assertThat(Screening.verdict((family + " ").repeat(140), LIMITS).orRefuse("/text").text())
        .isNotEmpty();
    assertThatThrownBy(() -> Screening.verdict("x ".repeat(251), LIMITS).orRefuse("/text"))
        .isInstanceOf(Failure.Invalid.class);
    // Few characters of very many parts are bounded in bytes.
    String heavy = "e\u0316\u0317\u0318\u0319 ".repeat(240);
    assertThat(heavy.getBytes(StandardCharsets.UTF_8).length).isLessThan(4_064);
    assertThat(Screening.verdict(heavy, LIMITS).orRefuse("/text").text()).isNotEmpty();
  }

  @Test
  void aTenThousandLetterWordAndEndlessRepetitionWaitForAModerator() {
    TextLimits wide = TextLimits.question(20_000);
    assertThat(Screening.verdict("ab".repeat(5_000), wide).holds()).isTrue();
    assertThat(Screening.verdict("why" + "y".repeat(40), LIMITS).holds()).isTrue();
    assertThat(Screening.verdict("buy ".repeat(30), LIMITS).holds()).isTrue();
    assertThat(Screening.verdict("https://example.org/" + "a1".repeat(60), LIMITS).holds())
        .isFalse();
    assertThat(Screening.verdict("Does this hold for patients over 80?", LIMITS).holds()).isFalse();
  }

  @Test
  void noHardTextTakesLong() {
    TextLimits wide = TextLimits.question(20_000);
    for (String each : HardText.naughty()) {
      Screening.verdict(each.repeat(1 + 2_000 / Math.max(1, each.length())), wide);
    }
    assertThat(Screening.verdict("\u0301".repeat(10_000), wide).text().length()).isLessThan(10);
  }
}
