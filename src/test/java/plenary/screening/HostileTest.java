package plenary.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Texts that are made to keep a rule busy. What is counted is characters read, not time. */
class HostileTest {
  /** Reads are counted for each character, so that a shorter text shows as much. */
  private static final int LENGTH = Boolean.getBoolean("long") ? 100_000 : 20_000;

  /** How often a rule may read each character: twice the worst that was seen. */
  private static final int READS_MAX = 160;

  private static final List<String> SEEDS =
      List.of(
          "1",
          "1 ",
          "1-",
          "1.",
          "1/",
          "0 ",
          "+1",
          "(1",
          "((",
          "+",
          "01 ",
          "12/",
          "2020-",
          "a@",
          "a@a.",
          "@",
          "a.",
          "a-.",
          "www.",
          "http://",
          "https://a.",
          "10.1234/",
          "MRN ",
          "MRN: ",
          "mrn is is is ",
          "patient id id id ",
          "case no no no A",
          "patient id AAAAAA ",
          "patient id A1 ",
          "A1",
          "AA11",
          "AB12 CD34 ",
          "X1234567",
          "ABCDEF12",
          "txt ",
          "txt to ",
          "stop ",
          "£",
          "£ 1",
          "1p",
          "t&",
          "po box ",
          "on 3 May ",
          "3 may may ",
          "93 year ",
          "she 12/12/2020 ",
          "tel 123456 ",
          "f*",
          "**",
          "f u c k ",
          "PMID ",
          "ISBN 1-",
          "NCT1",
          "0000-",
          "\u4E73",
          "\u30A2",
          "\u0301a",
          "\uD83D\uDE00");

  /** Counts what is read of a text. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long reads;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      reads++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      reads += end - start;
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String seed : SEEDS) {
      texts.add(seed.repeat(LENGTH / seed.length()));
    }
    Random random = new Random(20_261_124);
    for (int i = 0; i < 20; i++) {
      StringBuilder mixed = new StringBuilder(LENGTH);
      String one = SEEDS.get(random.nextInt(SEEDS.size()));
      String other = SEEDS.get(random.nextInt(SEEDS.size()));
      while (mixed.length() < LENGTH) {
        mixed.append(random.nextBoolean() ? one : other);
      }
      texts.add(mixed.toString());
    }
    return texts;
  }

  @Test
  void noPatternReadsATextManyTimes() {
    TextLimits limits = TextLimits.question(200_000);
    Context context =
        new Context(new Author(new UUID(0, 1), 0, 0), Instant.EPOCH, new RecentTexts());
    for (String text : texts()) {
      for (Rule rule : Screening.CONTENT) {
        Counted plain = new Counted(text);
        rule.look(new ScreenedText(text, 1, limits, new Reading(text, plain), context));
        expectFew(rule.getClass().getSimpleName(), text, plain);
      }
      Counted links = new Counted(text);
      assertThat(Links.of(links)).hasSizeLessThanOrEqualTo(10);
      expectFew("links", text, links);
      Counted references = new Counted(text);
      assertThat(References.blanked(references).length()).isEqualTo(text.length());
      expectFew("references", text, references);
    }
  }

  private static void expectFew(String what, String text, Counted counted) {
    assertThat(counted.reads)
        .as("%s on %s…", what, text.substring(0, 30))
        .isLessThanOrEqualTo((long) READS_MAX * text.length());
  }

  @Test
  void whatIsTooLongIsRefusedBeforeAnyOtherLook() {
    Context context =
        new Context(new Author(new UUID(0, 1), 0, 0), Instant.EPOCH, new RecentTexts());
    Verdict verdict =
        Screening.verdict("tel 030 901820 ".repeat(7_000), TextLimits.question(500), context);
    assertThat(verdict.reasons()).extracting(Reason::rule).containsExactly("too-long");
  }

  @Test
  void noHardTextBreaksARule() {
    Context context =
        new Context(new Author(new UUID(0, 1), 0, 0), Instant.EPOCH, new RecentTexts());
    HardText.all()
        .forEach(
            text -> {
              Screening.verdict(text, TextLimits.question(2_000), context);
              context.recent().add(UUID.randomUUID(), UUID.randomUUID(), Instant.EPOCH, text);
            });
    assertThat(context.recent().size()).isPositive();
  }
}
