package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.support.Client;

/** Several at one desk: who is at which card, who takes over, what goes along, and on a phone. */
@Timeout(120)
class DeskIT extends InHall {
  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void whoIsAtACardIsSeenByTheOthersUntilTheyHandOver() {
    String id = hall.ask(hall.attendee(), "Does this hold for women?");
    Page anna = moderator("Anna Lindqvist", 1440, 900);
    Page mo = moderator("Mo Berg", 1440, 900);
    anna.locator("#card-" + id).click();
    anna.keyboard().press("c");
    Locator face = mo.locator("#card-" + id + " .face");
    assertThat(face).hasText("AL");
    mo.locator("#card-" + id).click();
    mo.keyboard().press("c");
    assertThat(mo.locator("#toasts")).containsText("Anna Lindqvist");

    anna.locator(".state select").selectOption("closed");
    assertThat(mo.locator(".state-closed")).isVisible();
    anna.locator("#toasts .toast-act").click();
    assertThat(mo.locator(".state-live")).isVisible();
    button(anna, "Take along").click();
    assertThat(anna.locator("dialog")).containsText("no other open talk here that you moderate");
    anna.keyboard().press("Escape");
    button(anna, "Hand over").first().click();
    anna.locator("dialog button.primary").click();
    assertThat(face).hasCount(0);
    assertThat(anna.locator("#toasts")).containsText("Handed over");
    anna.keyboard().press("a");
    mo.keyboard().press("q");
    assertThat(anna.locator(".column-queued #card-" + id)).isVisible();
  }

  @Test
  void whatIsLeftGoesAlongToTheNextTalkWithItsVotes() {
    String id = hall.question("And in children?", "queued");
    hall.attendee().put(hall.path("/questions/" + id + "/vote")).ok();
    Hall next = hall.another();
    Page anna = window(1440, 900);
    hall.enterEverywhere(anna, "Anna Lindqvist");
    assertThat(anna.locator(".mark")).containsText("Live");
    button(anna, "Take along").click();
    anna.locator("dialog select").selectOption(next.session);
    anna.locator("dialog button.primary").click();
    assertThat(anna.locator("#toasts")).containsText("1 question taken along");
    anna.locator("#toasts button").click();
    anna.waitForURL(url -> url.contains(next.session));
    Locator card =
        anna.locator(".column article", new Page.LocatorOptions().setHasText("children"));
    assertThat(card).isVisible();
    assertThat(card.locator(".votes")).containsText("1");
  }

  @Test
  void aColumnThatIsHiddenStaysSoAndOpensWhenOneIsLedIntoIt() {
    String incoming = hall.ask(hall.attendee(), "Does this hold for women?");
    hall.question("And in children?", "approved");
    String queued = hall.question("Who paid for it?", "queued");
    Page anna = moderator("Anna Lindqvist", 1440, 900);
    anna.locator("#card-" + queued).click();
    button(anna, "Hide “Next up”").click();
    assertThat(anna.locator("#card-" + queued)).isHidden();
    assertThat(anna.locator(".column-queued .count")).isVisible();
    assertThat(anna.locator("#card-" + incoming)).hasClass(Pattern.compile("\\bat\\b"));
    button(anna, "Hide “Approved”").press("Enter");
    anna.reload();
    assertThat(anna.locator(".mark")).containsText("Live");
    assertThat(button(anna, "Show “Approved”")).isVisible();
    assertThat(anna.locator("#card-" + queued)).isHidden();

    anna.locator("#card-" + incoming).click();
    anna.keyboard().press("q");
    assertThat(anna.locator(".column-queued .count")).hasText("2");
    assertThat(anna.locator("#card-" + incoming)).isHidden();
    button(anna, "Show “Next up”").click();
    assertThat(anna.locator("#card-" + incoming)).isVisible();
    button(anna, "Hide “Incoming”").click();
    anna.keyboard().press("z");
    assertThat(anna.locator(".column-incoming #card-" + incoming)).isFocused();
  }

  @Test
  void aMeetingThatWasErasedIsSaidOnEveryPageAlsoByOneThatWasCutOffThen() {
    hall = hall.elsewhere();
    Page away = window(1180, 820);
    hall.enter(away, "speaker", cable(away).port());
    assertThat(away.locator(".mark")).containsText("Live");
    Page anna = moderator("Anna Lindqvist", 1440, 900);
    Page speaker = window("speaker", "Maria Okafor", 1180, 820);
    Page screen = window("screen", "Hall", 1280, 720);
    assertThat(screen.locator(".join-code")).isVisible();
    assertThat(speaker.locator(".mark")).containsText("Live");
    away.context().setOffline(true);
    cable(away).cut();
    assertThat(away.locator(".mark")).containsText("Offline");

    hall.organiser().delete(hall.ofMeeting("?name=Cardio%202026")).ok();
    for (Page page : List.of(anna, speaker, screen)) {
      assertThat(page.locator(".notice")).containsText("This meeting was removed");
    }
    assertThat(screen.locator("button")).hasCount(0);
    cable(away).mend();
    away.context().setOffline(false);
    assertThat(away.locator(".notice")).containsText("This meeting was removed");
  }

  @Test
  void aWordingThatSomebodyElseChangedMeanwhileIsNotOverwrittenAndOnesOwnIsKept() {
    String id = hall.ask(hall.attendee(), "Does this hold for women?");
    Page anna = moderator("Anna Lindqvist", 1440, 900);
    anna.locator("#card-" + id).click();
    anna.keyboard().press("e");
    anna.locator("dialog textarea").fill("Does it hold for women, too?");
    Client mo = hall.staff("moderator", "Mo");
    mo.patch(
            hall.path("/questions/" + id),
            new JsonObject().put("text", "Does this hold for women over 80?"))
        .ok();
    assertThat(anna.locator("dialog [role=status]")).containsText("women over 80");
    assertThat(anna.locator("dialog textarea")).hasValue("Does it hold for women, too?");
    anna.keyboard().press("Control+Enter");
    assertThat(anna.locator("#card-" + id + " .trouble")).isVisible();
    assertThat(anna.locator("#card-" + id + " .text")).hasText("Does this hold for women over 80?");
    button(anna, "Open it again").click();
    assertThat(anna.locator("dialog textarea")).hasValue("Does it hold for women, too?");
    anna.keyboard().press("Control+Enter");
    assertThat(anna.locator("#card-" + id + " .text")).hasText("Does it hold for women, too?");
  }

  @Test
  void onAPhoneOneColumnIsDrawnAndASwipeShowsTheNext() {
    hall.ask(hall.attendee(), "Does this hold for women?");
    hall.question("And in children?", "approved");
    Page phone = moderator("Anna Lindqvist", 390, 844);
    assertThat(phone.locator(".column-incoming .card")).isVisible();
    assertThat(phone.locator(".column-approved")).isHidden();
    swipe(phone, 300, 80);
    assertThat(phone.locator(".column-approved .card")).isVisible();
    assertThat(phone.locator(".column-incoming")).isHidden();
    swipe(phone, 80, 300);
    assertThat(phone.locator(".column-incoming .card")).isVisible();
  }

  private static void swipe(Page page, int from, int to) {
    page.evaluate(
        """
        ([from, to]) => {
          const target = document.querySelector('.board .column:not([hidden])');
          const send = (type, x) => {
            const touch = new Touch({ identifier: 1, target, clientX: x, clientY: 400 });
            const touches = type === 'touchend' ? [] : [touch];
            target.dispatchEvent(
              new TouchEvent(type, { touches, changedTouches: [touch], bubbles: true }));
          };
          send('touchstart', from);
          send('touchend', to);
        }
        """,
        List.of(from, to));
  }
}
