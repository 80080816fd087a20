package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import plenary.demo.Demo;
import plenary.demo.Pace;
import plenary.support.Browsers;
import plenary.support.TestServer;

/** Makes the pictures of the README: {@code mvn -Pscreenshots verify}. */
class Screenshots {
  private static final Path DIRECTORY = Path.of("docs", "screenshots");
  private static final int BYTES_MAX = 300_000;
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
      assertThat(moderator.locator(".numbers strong").first()).hasText("41");
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
