package plenary.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plenary.chat.Prompt.Kind;
import plenary.chat.Prompt.State;
import plenary.question.Place;
import plenary.question.Place.Matched;

class MatchingTest {
  private static final Instant NINE = Instant.parse("2026-08-28T09:00:00Z");
  private static final UUID WELCOME = new UUID(0, 10);
  private static final UUID FIRST = new UUID(0, 1);
  private static final UUID SECOND = new UUID(0, 2);
  private static final UUID WRAPUP = new UUID(0, 11);

  private static final Matching CHAT =
      new Matching(
          List.of(
              prompt(WELCOME, Kind.WELCOME, null, 0),
              prompt(FIRST, Kind.PROMPT, 1, 5),
              prompt(SECOND, Kind.PROMPT, 2, 15),
              prompt(WRAPUP, Kind.WRAPUP, null, 55)),
          Map.of("hello", WELCOME, "q1", FIRST, "q2", SECOND),
          Set.of("Q1: Which dose? #ACC26"));

  private static Prompt prompt(UUID id, Kind kind, @Nullable Integer number, int minute) {
    return new Prompt(
        id, kind, number, "text", Map.of(), null, State.OUT, NINE.plusSeconds(60L * minute));
  }

  private static Optional<Place> place(
      String text, @Nullable String replyTo, @Nullable String thread, int minute) {
    return CHAT.place(text, replyTo, thread, NINE.plusSeconds(60L * minute));
  }

  @Test
  void aReplyInAPromptsThreadAnswersIt() {
    assertThat(place("50 mg", "q1", "q1", 20)).contains(Place.answer(FIRST, Matched.THREAD));
    assertThat(place("so do we", "another", "q1", 20))
        .contains(Place.answer(FIRST, Matched.THREAD));
    assertThat(place("Hello from Oslo", "hello", "hello", 20)).contains(Place.WALL);
  }

  @Test
  void whoNamesAPromptMeansIt() {
    assertThat(place("A1: 50 mg", null, null, 20)).contains(Place.answer(FIRST, Matched.LABEL));
    assertThat(place("A2 none", "q1", "q1", 20)).contains(Place.answer(SECOND, Matched.LABEL));
    assertThat(place("A1 50 mg", "q1", "q1", 20)).contains(Place.answer(FIRST, Matched.THREAD));
  }

  @Test
  void whatNamesNothingIsGuessedByTime() {
    assertThat(place("Nobody is out yet", null, null, 4)).isEmpty();
    assertThat(place("50 mg", null, null, 6)).contains(Place.answer(FIRST, Matched.TIME));
    assertThat(place("A9 what?", null, null, 16)).contains(Place.answer(SECOND, Matched.TIME));
    assertThat(place("Thank you!", null, null, 60)).contains(Place.answer(SECOND, Matched.TIME));
    assertThat(place("Next day", null, null, 24 * 60)).isEmpty();
    assertThat(place("A1 next day", null, null, 24 * 60))
        .contains(Place.answer(FIRST, Matched.LABEL));
  }

  @ParameterizedTest
  @CsvSource({
    "'A1 we do', 1",
    "'A1: we do', 1",
    "'a1. we do', 1",
    "'A 1 we do', 1",
    "'(A1) we do', 1",
    "'A1/A2 both', 1",
    "'A10: ten', 10",
    "'A1- we do', 1",
    "'A1', 1",
    "'@host @guest #ACC26 A3: yes', 3",
    "'#ACC26 - A2) yes', 2",
    "'.@host A2 yes', 2",
    "'🙂 A2 yes', 2",
    "'Q1: as I said', 1",
    "'R2 : oui', 2",
    "'T1: topic', 1",
    "'1) first', 1",
    "'2. second', 2",
    "'Ａ１：全角', 1",
    "'A٣: نعم', 3",
    "'ج٢: نعم', 2",
    "'A१ हाँ', 1",
    "'Answer 2: yes', 2",
    "'A1c of 7.5 is fine', 0",
    "'A1-antitrypsin', 0",
    "'T1 mapping for all', 0",
    "'1 mg is enough', 0",
    "'1.5 mg is enough', 0",
    "'80% of mine', 0",
    "'A100 of them', 0",
    "'I agree, A1', 0",
    "'B1 vitamins', 0",
    "'#A1 tag', 0",
    "'', 0"
  })
  void aLabelStandsAtTheBeginningWhateverItsScript(String text, int number) {
    assertThat(Matching.label(text)).isEqualTo(number);
  }

  @Test
  void theHostsOwnPostsAreNoAnswers() {
    assertThat(CHAT.isPrompt("q1", "as a network shows it")).isTrue();
    assertThat(CHAT.isPrompt("not known yet", "Q1: Which  dose? #ACC26 ")).isTrue();
    assertThat(CHAT.isPrompt("q3", "A1: Which dose? #ACC26")).isFalse();
  }

  @Test
  void hardTextsTakeNoTime() {
    String hard = "#a @b !? ".repeat(12_000);
    long before = System.nanoTime();
    assertThat(Matching.label(hard)).isZero();
    assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
  }
}
