package plenary.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken for the same question, and what it is found by. */
class WordingTest {
  private static final UUID SESSION = new UUID(1, 2);
  private static final Path SHARED =
      Path.of("..", "shared", "data", "questions", "rqe-pairs-a.jsonl");

  private static int similarity(String one, String other) {
    return Wording.of(one).similarity(Wording.of(other));
  }

  private static boolean meet(Wording one, Wording other) {
    Set<Integer> keys = new HashSet<>(List.of(one.keys(SESSION)));
    return Arrays.stream(other.keys(SESSION)).anyMatch(keys::contains);
  }

  @ParameterizedTest
  @CsvSource({
    "Which dose?, WHICH  DOSE",
    "Gibt es Übelkeit?, gibt es übelkeit",
    "Où est l'étude?, ou est l’etude !",
    "Какая доза?, какая доза",
    "ما هي الجرعة؟, ما هي الجرعة"
  })
  void caseAccentsAndSignsDoNotCountInAnyScript(String one, String other) {
    assertThat(similarity(one, other)).isEqualTo(100);
    assertThat(Wording.of(one)).isEqualTo(Wording.of(other));
    assertThat(Wording.of(one).keys(SESSION)).isEqualTo(Wording.of(other).keys(SESSION));
  }

  @Test
  void unrelatedTextsShareLittle() {
    assertThat(similarity("Which dose was used?", "Is lunch included?")).isLessThan(10);
    assertThat(similarity("Какая доза?", "Где обед?")).isLessThan(20);
  }

  @Test
  void signsAndPicturesAloneAreLikeNothing() {
    Wording pictures = Wording.of("🫀🫀 ?!");
    assertThat(pictures.isEmpty()).isTrue();
    assertThat(pictures.keys(SESSION)).isEmpty();
    assertThat(pictures.similarity(pictures)).isZero();
  }

  @Test
  void sessionsDoNotShareKeys() {
    Wording wording = Wording.of("Does this hold for patients over 80?");
    assertThat(wording.keys(SESSION)).doesNotContain(wording.keys(new UUID(1, 3)));
  }

  /** They are in databases: whoever changes them has to write every sketch anew. */
  @Test
  void keysStayWhatTheyAre() {
    assertThat(Arrays.hashCode(Wording.of("Which dose was used?").keys(SESSION)))
        .isEqualTo(KEYS_OF_WHICH_DOSE);
  }

  private static final int KEYS_OF_WHICH_DOSE = -751776169;

  @Test
  void mostRewordedQuestionsAreFoundAndUnrelatedOnesAreNot() throws IOException {
    try (InputStream excerpt =
        WordingTest.class.getResourceAsStream("/questions/rqe-pairs-excerpt.jsonl")) {
      judge(
          "excerpt",
          new String(Objects.requireNonNull(excerpt).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void mostOfTheWholeSharedDataIsFound() throws IOException {
    Assumptions.assumeTrue(Files.isRegularFile(SHARED), "the shared questions are absent");
    judge("shared", Files.readString(SHARED));
  }

  private static void judge(String name, String lines) {
    int same = 0;
    int found = 0;
    int wrong = 0;
    for (JsonObject pair : lines.lines().map(JsonObject::new).toList()) {
      Wording one = Wording.of(pair.getString("q1"));
      Wording other = Wording.of(pair.getString("q2"));
      boolean says = one.similarity(other) >= Lookalike.SCORE_MIN && meet(one, other);
      boolean is = pair.getInteger("label") == 1;
      same += is ? 1 : 0;
      found += is && says ? 1 : 0;
      wrong += !is && says ? 1 : 0;
    }
    double recall = (double) found / same;
    double precision = (double) found / (found + wrong);
    System.out.printf("%s: recall %.3f, precision %.3f%n", name, recall, precision);
    assertThat(recall).isGreaterThan(0.75);
    assertThat(precision).isGreaterThan(0.98);
  }
}
