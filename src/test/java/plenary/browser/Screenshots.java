package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import plenary.demo.Demo;
import plenary.demo.Pace;
import plenary.support.Browsers;
import plenary.support.TestServer;

/**
 * Makes the pictures of the README, and under {@code target/screenshots} one of every screen and
 * scene in light, dark and Arabic, to be looked at: {@code mvn -Pscreenshots verify}.
 */
class Screenshots {
  private static final Path DIRECTORY = Path.of("docs", "screenshots");
  private static final Path EVERYTHING = Path.of("target", "screenshots");
  private static final int BYTES_MAX = 400_000;
  private static final Pace QUICK =
      new Pace(
          Duration.ofMillis(40),
          Duration.ofMinutes(5),
          Duration.ofSeconds(3),
          Duration.ofMillis(900),
          Duration.ofMinutes(10));

  @Test
  void theFourPagesAreDrawnFromTheDemo() {
    try (Browsers browsers = Browsers.open();
        TestServer server = TestServer.start()) {
      String address = "http://localhost:" + server.port();
      Demo.Links links =
          Demo.start(
              server.server().vertx(),
              server.server().meetings(),
              server.server().access(),
              InstantSource.system(),
              URI.create("http://127.0.0.1:" + server.port()),
              address,
              QUICK);
      Page attendee = browsers.window(390, 844, 2);
      Page moderator = browsers.window(1440, 900, 1);
      Page speaker = browsers.window(1180, 820, 1);
      Page screen = browsers.window(1280, 720, 1);
      attendee.navigate(links.attendee());
      enter(moderator, links.moderator());
      enter(speaker, links.speaker());
      enter(screen, links.screen());

      assertThat(attendee.locator(".mark")).containsText("Live");
      assertThat(moderator.locator(".numbers strong").first()).not().hasText("0");
      Locator vote = attendee.locator(".questions .vote").first();
      vote.click();
      assertThat(vote).hasAttribute("aria-pressed", "true");
      assertThat(speaker.locator("#stage-text")).isVisible();
      assertThat(screen.locator("#question-text")).isVisible();
      take(attendee, "attendee");
      take(moderator, "moderator");
      take(speaker, "speaker");
      take(screen, "screen");
    }
  }

  private record Shot(String name, String path, int width, int height, String there) {}

  @Test
  void everyScreenAndSceneInEveryLook() {
    try (Browsers browsers = Browsers.open();
        TestServer server = TestServer.start()) {
      Hall hall = new Hall(server.port());
      hall.question("Was the trial stopped early, and would the effect shrink?", "stage");
      hall.question("Does this hold for patients over 80 with an eGFR below 30?", "queued");
      hall.question("How soon after discharge did you start?", "approved");
      hall.question("هل ينطبق هذا على مرضى فوق الثمانين؟", "approved");
      hall.question("Which dose was used?", "answered");
      hall.ask(hall.attendee(), "My 93-year-old patient, MRN 112-45-789: which dose?");
      String session = hall.session;
      String screen = "/screen/" + session;
      List<Shot> shots =
          List.of(
              new Shot("landing", "/", 390, 844, "input"),
              new Shot("attendee", "/s/" + hall.code, 390, 844, ".questions .card"),
              new Shot("attendee-narrow", "/s/" + hall.code, 320, 568, ".questions .card"),
              new Shot("wrong-code", "/s/WRNG22", 390, 844, "h1"),
              new Shot("moderator", "/moderate/" + session, 1440, 900, ".column .card"),
              new Shot("moderator-phone", "/moderate/" + session, 390, 844, ".column .card"),
              new Shot("speaker", "/speak/" + session, 1180, 820, "#stage-text"),
              new Shot("screen-stage", screen, 1920, 1080, "#question-text"),
              new Shot("screen-top", screen + "?scene=top", 1920, 1080, ".top li"),
              new Shot("screen-join", screen + "?scene=join", 1920, 1080, ".join-code"),
              new Shot("screen-wide", screen, 3840, 1080, "#question-text"),
              new Shot("organise", "/organise", 1280, 900, "h1"));
      for (Shot shot : shots) {
        for (String look : List.of("en-light", "en-dark", "ar-light")) {
          look(browsers, hall, shot, look);
        }
      }
    }
  }

  private static void look(Browsers browsers, Hall hall, Shot shot, String look) {
    Page page = browsers.window(shot.width(), shot.height(), 1);
    String origin = "http://localhost:" + hall.port;
    boolean phone = shot.path().equals("/") || shot.path().startsWith("/s/");
    String token = (phone ? hall.attendee() : hall.organiser()).token();
    page.context()
        .addCookies(
            List.of(
                new Cookie("plenary", token).setUrl(origin),
                new Cookie("lang", look.substring(0, 2)).setUrl(origin)));
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(look.endsWith("dark") ? ColorScheme.DARK : ColorScheme.LIGHT));
    page.navigate(origin + shot.path());
    assertThat(page.locator(shot.there()).first()).isVisible();
    page.evaluate("document.fonts.ready");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(EVERYTHING.resolve(shot.name() + "-" + look + ".png"))
            .setAnimations(ScreenshotAnimations.DISABLED));
    page.context().close();
  }

  private static void enter(Page page, String link) {
    page.navigate(link);
    page.locator("button.primary").click();
    page.waitForURL(url -> !url.contains("/invite"));
  }

  private static void take(Page page, String name) {
    page.evaluate("document.fonts.ready");
    byte[] picture =
        page.screenshot(new Page.ScreenshotOptions().setPath(DIRECTORY.resolve(name + ".png")));
    Assertions.assertThat(picture.length).as(name).isLessThan(BYTES_MAX);
  }
}
