package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.support.Client;

/** Two attendees, moderator, speaker and screen side by side, each on a network of its own. */
@Timeout(240)
class QuestionLifeIT extends InHall {
  private static final String MINE = "Does this hold for patients over eighty?";
  private static final String OTHERS = "Is it also true for those older than 80?";
  private static final Pattern OFFLINE = Pattern.compile("Offline – as of \\d\\d:\\d\\d:\\d\\d");
  private static final String COFFEE = "When is the coffee break?";
  private static final String LATER = "And with an eGFR below 30?";

  private Page attendee;
  private Page neighbour;
  private Page moderator;
  private Page speaker;
  private Page screen;

  @BeforeEach
  void everybodyIsThere() {
    attendee = window(390, 844);
    neighbour = window(360, 740);
    moderator = window(1440, 900);
    speaker = window(1180, 820);
    screen = window(1920, 1080);
    attendee.navigate("http://127.0.0.1:" + cable(attendee).port() + "/");
    attendee.locator("input").first().fill(hall.code);
    attendee.keyboard().press("Enter");
    neighbour.navigate("http://127.0.0.1:" + cable(neighbour).port() + "/s/" + hall.code);
    hall.enter(moderator, "moderator", cable(moderator).port());
    hall.enter(speaker, "speaker", cable(speaker).port());
    hall.enter(screen, "screen", cable(screen).port());
    for (Page page : List.of(attendee, neighbour, moderator, speaker)) {
      assertThat(page.locator(".mark")).containsText("Live");
    }
    assertThat(screen.locator(".join-code")).hasText(hall.code);
  }

  @Test
  void everyScreenFollowsAQuestionThroughItsWholeLife() {
    ask(MINE);
    assertThat(attendee.locator(".mine")).containsText("Received, in review");
    assertThat(card("incoming", MINE)).isVisible();
    Client other = hall.attendee();
    String others = hall.ask(other, OTHERS);
    assertThat(card("incoming", OTHERS)).isVisible();

    press("incoming", MINE, "a");
    assertThat(card("approved", MINE)).isVisible();
    assertThat(attendee.locator(".mine")).containsText("Public");
    assertThat(attendee.locator(".questions")).containsText(MINE);
    assertThat(screen.locator(".top")).containsText(MINE);

    press("incoming", OTHERS, "a");
    attendee.locator(".questions .card", inPage(OTHERS)).locator(".vote").click();
    assertThat(card("approved", OTHERS).locator(".votes")).containsText("1");
    hall.attendee().put(hall.path("/questions/" + others + "/vote")).ok();

    ask(COFFEE);
    press("incoming", COFFEE, "x");
    moderator.keyboard().press("2");
    assertThat(card("done", COFFEE)).isVisible();
    assertThat(attendee.locator(".mine .fate", inPage(COFFEE))).containsText("Not taken");
    assertThat(attendee.locator(".mine .fate", inPage(COFFEE))).containsText("Not about this talk");

    card("approved", OTHERS).click();
    moderator.keyboard().press(" ");
    card("approved", MINE).click();
    moderator.keyboard().press(" ");
    moderator.keyboard().press("m");
    assertThat(card("done", OTHERS)).isVisible();
    assertThat(attendee.locator(".questions")).not().containsText(OTHERS);
    assertThat(card("approved", MINE).locator(".votes")).containsText("1");
    moderator.keyboard().press("z");
    assertThat(card("approved", OTHERS)).isVisible();
    assertThat(attendee.locator(".questions")).containsText(OTHERS);

    press("approved", MINE, "q");
    assertThat(card("queued", MINE)).isVisible();
    assertThat(speaker.locator(".next")).containsText(MINE);
    assertThat(attendee.locator(".mine .fate", inPage(MINE))).containsText("Next up");

    press("queued", MINE, "Enter");
    assertThat(speaker.locator("#stage-text")).hasText(MINE);
    assertThat(screen.locator("#question-text")).hasText(MINE);
    assertThat(attendee.locator(".mine .fate", inPage(MINE))).containsText("Being answered now");

    press("stage", MINE, "d");
    assertThat(card("done", MINE)).isVisible();
    assertThat(attendee.locator(".mine .fate", inPage(MINE))).containsText("Answered");
    assertThat(speaker.locator(".stage")).containsText("Nothing is queued");
  }

  @Test
  void eachOfFiveIsCutOffInTurnAndKnowsAfterwardsWhatTheOthersKnow() {
    ask(MINE);
    press("incoming", MINE, "a");
    assertThat(neighbour.locator(".questions")).containsText(MINE);
    String other = hall.ask(hall.attendee(), OTHERS);
    assertThat(card("incoming", OTHERS)).isVisible();

    cut(neighbour);
    hall.act("/questions/" + other + "/moves", new JsonObject().put("to", "approved"));
    assertThat(attendee.locator(".questions")).containsText(OTHERS);
    mend(neighbour);
    assertThat(neighbour.locator(".questions")).containsText(OTHERS);

    cut(attendee);
    ask(LATER);
    assertThat(attendee.locator(".mine .fate", inPage(LATER))).containsText("Not sent yet");
    press("approved", MINE, "q");
    mend(attendee);
    assertThat(attendee.locator(".mine .fate", inPage(MINE))).containsText("Next up");
    assertThat(attendee.locator(".mine .fate", inPage(LATER))).containsText("Received, in review");
    assertThat(card("incoming", LATER)).isVisible();

    cut(moderator);
    press("incoming", LATER, "a");
    assertThat(moderator.locator(".unsent")).isVisible();
    hall.act("/questions/" + other + "/moves", new JsonObject().put("to", "queued"));
    mend(moderator);
    assertThat(moderator.locator(".unsent")).hasCount(0);
    assertThat(card("queued", OTHERS)).isVisible();
    assertThat(neighbour.locator(".questions")).containsText(LATER);

    cutUnnoticed(speaker);
    press("queued", MINE, "Enter");
    assertThat(screen.locator("#question-text")).hasText(MINE);
    mend(speaker);
    speaker.evaluate("() => dispatchEvent(new Event('online'))");
    assertThat(speaker.locator("#stage-text")).hasText(MINE);

    cut(screen);
    press("queued", OTHERS, "Enter");
    assertThat(speaker.locator("#stage-text")).hasText(OTHERS);
    assertThat(screen.locator("#question-text")).hasText(MINE);
    mend(screen);
    assertThat(screen.locator("#question-text")).hasText(OTHERS);
    assertThat(attendee.locator(".mine .fate", inPage(MINE))).containsText("Answered");
    Assertions.assertThat(hall.count(LATER)).isEqualTo(1);
  }

  /** Cuts somebody's network, which their device notices; their page says so. */
  private void cut(Page page) {
    page.context().setOffline(true);
    cutUnnoticed(page);
  }

  /** Cuts it somewhere behind: the page finds out by itself. */
  private void cutUnnoticed(Page page) {
    cable(page).cut();
    assertThat(page.locator(".mark")).containsText(OFFLINE);
  }

  /** Mends it; the browser says that the device is online again, as it does. */
  private void mend(Page page) {
    cable(page).mend();
    page.context().setOffline(false);
  }

  private void ask(String text) {
    attendee.locator("#ask").fill(text);
    attendee.locator("button.send").click();
  }

  private void press(String column, String text, String key) {
    card(column, text).click();
    moderator.keyboard().press(key);
  }

  private Locator card(String column, String text) {
    return moderator.locator(".column-" + column + " article", inPage(text));
  }

  private static Page.LocatorOptions inPage(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
