package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hall's screen and the podium, while moderators run the stage. */
@Timeout(180)
class StageIT extends InHall {
  private static final int ROUNDS = 20;

  /** Comes when that text has been painted, with the clock of the machine. */
  private static final String PAINTED =
      """
      text => {
        window.painted = new Promise(done => {
          const look = () => {
            const box = document.getElementById('question-text');
            if (box?.textContent === text) requestAnimationFrame(() => setTimeout(() => done(Date.now())));
            else requestAnimationFrame(look);
          };
          look();
        });
      }
      """;

  private Page window(String role, int width, int height) {
    return window(role, "Anna", width, height);
  }

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private JsonObject stage(JsonObject act) {
    return hall.act("/stage", act);
  }

  @Test
  void theHallSeesWhatWentAndNotWhatIsCued() {
    Page screen = window("screen", 1920, 1080);
    assertThat(screen.locator(".join-code")).hasText(hall.code);
    String a = hall.question("What went first?", "approved");
    String b = hall.question("What is cued?", "incoming");
    assertThat(screen.locator(".top")).containsText("What went first?");
    stage(json("go", a));
    assertThat(screen.locator("#question-text")).hasText("What went first?");
    stage(json("cue", b));
    stage(json("scene", "top"));
    assertThat(screen.locator(".join")).isVisible();
    stage(json("go", true).put("scene", "stage"));
    assertThat(screen.locator("#question-text")).hasText("What is cued?");
    screen.navigate(screen.url() + "?transparent");
    assertThat(screen.locator("#question-text")).hasText("What is cued?");
    screen.waitForCondition(
        () ->
            (boolean)
                screen.evaluate(
                    "parseInt(document.getElementById('question-text').style.fontSize) > 60"));
  }

  @Test
  void aFrozenHallStaysOverAReloadAndABlackoutIsStronger() {
    String a = hall.question("What does the hall keep?", "approved");
    String b = hall.question("What goes on behind?", "approved");
    Page screen = window("screen", 1920, 1080);
    Page speaker = window("speaker", 1180, 820);
    stage(json("go", a));
    assertThat(screen.locator("#question-text")).hasText("What does the hall keep?");

    stage(json("freeze", true));
    stage(json("go", b));
    assertThat(speaker.locator("#stage-text")).hasText("What goes on behind?");
    assertThat(speaker.locator(".head")).containsText("frozen");
    assertThat(screen.locator("#question-text")).hasText("What does the hall keep?");
    screen.reload();
    assertThat(screen.locator("#question-text")).hasText("What does the hall keep?");

    stage(json("blackout", true));
    assertThat(screen.locator(".black")).isVisible();
    Assertions.assertThat(screen.locator("#app").innerText()).isBlank();
    stage(json("blackout", false));
    assertThat(screen.locator("#question-text")).hasText("What does the hall keep?");
    stage(json("freeze", false));
    assertThat(screen.locator("#question-text")).hasText("What goes on behind?");
  }

  @Test
  void aPinnedScreenKeepsItsSceneAndGoesDarkWithTheOthers() {
    Page screen = window("screen", 1920, 1080);
    String address = screen.url();
    String a = hall.question("What is wanted most?", "approved");
    hall.question("And what else?", "approved");
    screen.navigate(address + "?scene=top&transparent");
    assertThat(screen.locator(".top")).containsText("What is wanted most?");
    stage(json("go", a).put("scene", "stage"));
    assertThat(screen.locator(".top")).not().containsText("What is wanted most?");
    assertThat(screen.locator(".top")).containsText("And what else?");
    stage(json("blackout", true));
    assertThat(screen.locator(".black")).isVisible();
  }

  @Test
  void thePodiumSaysOkSetsTheClockAndAChairGoesOn() {
    String a = hall.question("Who is first?", "queued");
    hall.question("Who is second?", "queued");
    hall.act("/messages", json("text", "Please repeat the questions"));
    hall.act("/messages", json("text", "Two more minutes"));
    Page speaker = window("speaker", 1180, 820);
    assertThat(speaker.locator(".message")).containsText("Please repeat the questions");
    speaker.locator(".message-ok").click();
    assertThat(speaker.locator(".message")).containsText("Two more minutes");
    speaker.locator(".message-ok").click();
    assertThat(speaker.locator(".message")).isHidden();
    speaker.waitForCondition(
        () ->
            hall.state("moderator").all("message").stream()
                .allMatch(message -> "Anna".equals(message.getString("receivedBy"))));

    hall.act("/stage/clock", json("action", "start").put("minutes", 2));
    assertThat(speaker.locator(".clock-soon .clock-time")).containsText("1:5");
    speaker.getByText("Pause").click();
    assertThat(speaker.locator(".clock-paused")).isVisible();
    speaker.getByText("+5").click();
    assertThat(speaker.locator(".clock-calm .clock-time")).containsText("6:");

    assertThat(speaker.locator(".chair")).isHidden();
    stage(json("chair", true));
    speaker.locator(".chair-next").click();
    assertThat(speaker.locator("#stage-text")).hasText("Who is first?");
    speaker.locator(".chair-skip").click();
    assertThat(speaker.locator("#stage-text")).hasText("Who is second?");
    Assertions.assertThat(hall.state("moderator").body("question/" + a).getString("status"))
        .isEqualTo("approved");
  }

  /** Reported; a machine under load must not fail the build. */
  @Test
  void whatAModeratorDoesIsSoonPaintedInTheHall() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      texts.add("What is question number " + (i + 1) + "?");
      hall.question(texts.get(i), "queued");
    }
    Page screen = window("screen", 1920, 1080);
    Page moderator = window("moderator", 1440, 900);
    moderator.evaluate(
        "addEventListener('keydown', () => { window.pressed = Date.now(); }, {capture: true})");
    List<Double> delays = new ArrayList<>();
    for (String text : texts) {
      screen.evaluate(PAINTED, text);
      moderator
          .locator(".column-queued article", new Page.LocatorOptions().setHasText(text))
          .click();
      moderator.keyboard().press("Enter");
      double painted = ((Number) screen.evaluate("window.painted")).doubleValue();
      delays.add(painted - ((Number) moderator.evaluate("window.pressed")).doubleValue());
    }
    List<Double> sorted = delays.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "a moderator's key to the hall's screen: median %.0f ms, most %.0f ms, of %d (target"
            + " 250)%n",
        sorted.get(ROUNDS / 2),
        sorted.getLast(),
        ROUNDS);
    Assertions.assertThat(sorted.get(ROUNDS / 2)).isLessThan(5_000);
  }
}
