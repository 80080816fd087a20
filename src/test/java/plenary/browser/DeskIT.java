package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.support.Browsers;
import plenary.support.TestServer;

/** Several at one desk: who is at which card, who takes over, what goes along, and on a phone. */
@Timeout(120)
class DeskIT {
  private static Browsers browsers;
  private static TestServer server;
  private static Hall first;
  private final List<Page> windows = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private Hall hall;

  @BeforeAll
  static void start() {
    browsers = Browsers.open();
    server = TestServer.start();
    first = new Hall(server.port());
  }

  @AfterAll
  static void stop() {
    if (browsers != null) {
      browsers.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void anotherSession() {
    hall = first.another();
  }

  @AfterEach
  void everybodyLeaves() {
    windows.forEach(each -> each.context().close());
    Assertions.assertThat(faults).isEmpty();
  }

  private Page window(int width, int height) {
    Page page = browsers.window(width, height, 1);
    page.onPageError(faults::add);
    windows.add(page);
    return page;
  }

  private Page moderator(String name, int width, int height) {
    Page page = window(width, height);
    hall.enter(page, "moderator", name, hall.port);
    assertThat(page.locator(".mark")).containsText("Live");
    return page;
  }

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
