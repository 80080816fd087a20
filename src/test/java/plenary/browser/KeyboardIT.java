package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.support.TestServer;

/**
 * Whole flows without a mouse: organiser, moderator and speaker. The attendee's is in {@link
 * AttendeeIT}, the moderator's busiest minutes in {@link TriageIT}; the screen has no controls.
 */
@Timeout(120)
class KeyboardIT extends InHall {
  @Test
  void anOrganiserArrivesMakesAMeetingAndASessionAndInvitesSomebody() {
    try (TestServer server = TestServer.start()) {
      arrive(window(1280, 900), "http://127.0.0.1:" + server.port());
    }
  }

  private static void arrive(Page page, String origin) {
    page.navigate(origin + "/setup#" + TestServer.SETUP_TOKEN);
    assertThat(page.locator("input[name=name]")).isVisible();
    if (!(Boolean) page.evaluate("document.activeElement.matches('input[name=name]')")) {
      Keyboard.tabTo(page, "input[name=name]");
    }
    page.keyboard().type("Olga Organiser");
    page.keyboard().press("Enter");
    page.waitForURL(url -> url.contains("/organise"));

    assertThat(page.locator("input[name=name]")).isFocused();
    page.keyboard().type("Cardio 2026");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("Cardio 2026");
    Keyboard.press(page, ".segments button:nth-of-type(2)");
    assertThat(page.locator("input[name=title]").first()).isVisible();
    Keyboard.tabTo(page, ".inline input[name=title]");
    page.keyboard().type("Opening");
    page.keyboard().press("Enter");
    assertThat(page.locator(".session")).containsText("Opening");
    Keyboard.tabTo(page, ".session select");
    page.keyboard().press("L");
    assertThat(page.locator("#toasts")).containsText("Opening: Live");

    Keyboard.press(page, ".segments button:nth-of-type(4)");
    Keyboard.tabTo(page, ".row-form input[name=name]");
    page.keyboard().type("Anna Lindqvist");
    page.keyboard().press("Enter");
    assertThat(page.locator("#link")).hasValue(Pattern.compile(".*/invite#.+"));
    assertThat(page.locator(".people li")).containsText("Not used yet");
  }

  @Test
  void aModeratorGoesOnStageAndSendsWordsThatASpeakerSaysOkTo() {
    hall.ask(hall.attendee(), "Does this hold for women?");
    Page moderator = moderator("Anna Lindqvist", 1440, 900);
    Page speaker = window("speaker", "Maria Okafor", 1180, 820);
    assertThat(speaker.locator(".mark")).containsText("Live");

    moderator.keyboard().press("Enter");
    assertThat(speaker.locator("#stage-text")).hasText("Does this hold for women?");

    Keyboard.tabTo(moderator, "#podium-text");
    moderator.keyboard().type("Five more minutes");
    moderator.keyboard().press("Enter");
    assertThat(speaker.locator(".message-text")).hasText("Five more minutes");
    assertThat(moderator.locator(".podium .ok")).hasCount(0);
    Keyboard.press(speaker, ".message-ok");
    assertThat(speaker.locator(".message-text")).hasCount(0);
    assertThat(moderator.locator(".podium .ok")).containsText("Maria Okafor");

    Keyboard.press(speaker, ".clock-buttons button");
    assertThat(speaker.locator(".clock-face")).isVisible();
    assertThat(moderator.locator(".clock strong")).containsText(":");
  }
}
