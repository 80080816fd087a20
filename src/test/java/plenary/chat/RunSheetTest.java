package plenary.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import plenary.chat.Prompt.Kind;
import plenary.chat.Prompt.State;

class RunSheetTest {
  private static final Instant NINE = Instant.parse("2026-08-28T09:00:00Z");

  private static Prompt prompt(int id, Kind kind, @Nullable Integer minute) {
    return new Prompt(
        new UUID(0, id),
        kind,
        null,
        "text",
        Map.of(),
        minute == null ? null : NINE.plusSeconds(60L * minute),
        State.PLANNED,
        null);
  }

  private static List<String> told(RunSheet sheet) {
    return sheet.prompts().stream()
        .map(each -> each.id().getLeastSignificantBits() + ":" + each.number())
        .toList();
  }

  private static final RunSheet SHEET =
      new RunSheet(
          List.of(
              prompt(1, Kind.WRAPUP, 50),
              prompt(2, Kind.PROMPT, 20),
              prompt(3, Kind.PROMPT, 10),
              prompt(4, Kind.PROMPT, null),
              prompt(5, Kind.WELCOME, 0)));

  private static Prompt of(int id) {
    return SHEET.find(new UUID(0, id)).orElseThrow();
  }

  @Test
  void questionsAreNumberedInTheOrderInWhichTheyGoOut() {
    assertThat(told(SHEET)).containsExactly("5:null", "3:1", "2:2", "1:null", "4:3");
  }

  @Test
  void whatIsSkippedLeavesNoHole() {
    assertThat(told(SHEET.with(of(3).now(State.SKIPPED))))
        .containsExactly("5:null", "3:null", "2:1", "1:null", "4:2");
  }

  @Test
  void whatWentOutKeepsItsNumberAndOthersFollow() {
    RunSheet early = SHEET.with(of(4).numbered(SHEET.nextNumber()).out(NINE));

    assertThat(told(early)).containsExactly("4:1", "5:null", "3:2", "2:3", "1:null");
    assertThat(told(early.without(new UUID(0, 3))))
        .containsExactly("4:1", "5:null", "2:2", "1:null");
  }
}
