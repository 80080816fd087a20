package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.live.Faults;
import plenary.network.mastodon.Town;
import plenary.support.Browsers;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/** A network from the organiser's form to the hall's screen, and back when its writer deletes. */
@Timeout(180)
class NetworksIT {
  private static Browsers browsers;
  private static TestServer server;
  private static Town town;
  private static Hall hall;

  @BeforeAll
  static void open() {
    browsers = Browsers.open();
    town = new Town();
    server =
        TestServer.start(
            TestPostgres.options(),
            Map.of(
                "PLENARY_LIVE_VIEW_QUESTIONS_MAX", "10",
                "PLENARY_LIVE_VIEW_QUESTIONS_SLACK", "1",
                "PLENARY_LIVE_VIEW_BOUND_MS", "100"),
            Faults.NONE);
    hall = new Hall(server.port());
  }

  @AfterAll
  static void close() {
    if (browsers != null) {
      browsers.close();
    }
    if (server != null) {
      server.close();
    }
    if (town != null) {
      town.close();
    }
  }

  private static Page visit(String path) {
    Page page = browsers.window(1440, 900, 1);
    String origin = "http://127.0.0.1:" + server.port();
    page.context()
        .addCookies(List.of(new Cookie("plenary", hall.organiser().token()).setUrl(origin)));
    page.navigate(origin + path);
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** The organiser names a server, once with a token that is wrong. */
  private static void connect() {
    Page page = visit("/organise#-/networks");
    assertThat(page.locator(".sheet").first()).containsText("#cardio26");
    button(page, "Add Mastodon").click();
    Locator form = page.locator("#net-account");
    form.locator("[name=server]").fill(town.base());
    button(page, "Save").click();
    assertThat(form.locator("label:has([name=token]) .field-bad")).containsText("access token");
    assertThat(form.locator("[name=token]")).isFocused();

    form.locator("[name=token]").fill("wrong-secret");
    button(page, "Save").click();
    Locator account = page.locator(".net");
    assertThat(account.locator(".chip").first()).hasText("Needs you");
    assertThat(account.locator(".net-problem"))
        .containsText(Pattern.compile("token", Pattern.CASE_INSENSITIVE));

    button(page, "Change Mastodon").click();
    assertThat(form.locator("[name=token]")).hasValue("");
    assertThat(form.locator("[name=server]")).hasValue(town.base());
    form.locator("[name=token]").fill(Town.TOKEN);
    button(page, "Save").click();
    assertThat(account.locator(".chip").first()).hasText("Live");
    assertThat(account.locator(".net-problem")).hasCount(0);
    page.context().close();
  }

  @Test
  void aPostIsConnectedSeenApprovedShownAndTakenAway() {
    connect();
    Page desk = visit("/moderate/" + hall.session);
    assertThat(desk.locator(".nets")).containsText("Mastodon");
    assertThat(desk.locator(".nets .mark-live")).isVisible();
    Page screen = visit("/screen/" + hall.session);

    Town.Letter letter = town.post("Does it help women too?", "cardio26");
    Locator card = desk.locator("#column-incoming .card", text("help women"));
    Locator link = card.locator("a.handle");
    assertThat(card.locator(".source")).hasText("Mastodon");
    assertThat(link).containsText("@ann");
    assertThat(link).hasAttribute("rel", "noopener noreferrer");
    card.focus();
    assertThat(link).hasAttribute("tabindex", "0");
    desk.keyboard().press("Tab");
    assertThat(link).isFocused();
    card.focus();
    desk.keyboard().press("a");
    assertThat(screen.locator(".top")).containsText("help women");
    hall.act("/stage", new JsonObject().put("go", id(desk, "help women")));
    assertThat(screen.locator(".question .found")).containsText("Mastodon @ann");

    letter.delete();
    assertThat(screen.locator(".question")).hasCount(0);
    assertThat(desk.locator(".card", text("help women"))).hasCount(0);

    for (int i = 0; i < 16; i++) {
      town.post("Is this number " + i + "?", "cardio26");
    }
    Locator more = desk.locator("#column-incoming .older");
    assertThat(more).hasText("5 more posts wait");
    more.focus();
    desk.keyboard().press("Enter");
    assertThat(desk.locator("#column-incoming .card")).hasCount(16);
    assertThat(more).hasCount(0);
    Locator oldest = desk.locator("#column-incoming .card", text("number 0"));
    oldest.focus();
    desk.keyboard().press("a");
    assertThat(desk.locator("#column-approved .card", text("number 0"))).isVisible();
    desk.locator(".filter select").selectOption("here");
    assertThat(desk.locator(".card")).hasCount(0);
  }

  private static Page.LocatorOptions text(String words) {
    return new Page.LocatorOptions().setHasText(words);
  }

  private static String id(Page desk, String words) {
    return desk.locator("#column-approved .card", text(words))
        .getAttribute("id")
        .substring("card-".length());
  }
}
