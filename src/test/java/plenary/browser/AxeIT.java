package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plenary.support.Await;
import plenary.support.Browsers;
import plenary.support.Client;
import plenary.support.TestServer;

/**
 * axe finds nothing serious on any page and state. Theme and direction go pairwise with the states;
 * {@code -Dlong=true} tries all of them.
 */
@Timeout(180)
class AxeIT {
  private static final List<String> SERIOUS = List.of("serious", "critical");

  /** Whether nothing moves that comes to an end. */
  private static final String STILL =
      """
      () => document.getAnimations().every(
        one => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity)
      """;

  /** Leaves a few of a hundred operations that are drawn alike; axe takes long for all. */
  private static final String FEW_OPERATIONS =
      "() => [...document.querySelectorAll('article')].slice(12).forEach(one => one.remove())";

  private static Browsers browsers;
  private static TestServer server;
  private static Hall hall;

  /** Where a state is, how one gets into it, and what says that it is there. */
  private record State(String page, int width, String act, String there) {}

  private record Look(String language, ColorScheme theme) {}

  @BeforeAll
  static void open() {
    browsers = Browsers.open();
    server = TestServer.start();
    hall = new Hall(server.port());
    hall.question("What is being answered?", "stage");
    String next = hall.question("What comes next?", "queued");
    hall.act("/stage", new JsonObject().put("cue", next));
    hall.question("What may be voted for?", "approved");
    hall.question("هل ينطبق هذا على مرضى فوق الثمانين؟", "approved");
    hall.question("What is done?", "answered");
    hall.ask(hall.attendee(), "My 93-year-old patient, MRN 112-45-789: which dose?");
    // Nothing answers there: the pages say so.
    JsonObject account =
        new JsonObject()
            .put("network", "mastodon")
            .put("server", "http://127.0.0.1:9")
            .put("token", "any");
    hall.organiser().post(hall.ofMeeting("/networks"), account).ok();
    hall.act("/messages", new JsonObject().put("text", "Two minutes, please"));
    chat();
  }

  private static void chat() {
    JsonObject draft = new JsonObject().put("text", "Which dose do you use, and for whom?");
    hall.act("/prompts", draft);
    String prompt = hall.act("/prompts", draft).getString("id");
    hall.act("/prompts/" + prompt + "/moves", new JsonObject().put("to", "now"));
    for (String text : List.of("The small one, for all.", "It depends on the kidneys.")) {
      String answer =
          hall.attendee()
              .post(hall.path("/questions"), draft.copy().put("text", text).put("prompt", prompt))
              .ok()
              .getString("id");
      hall.act("/questions/" + answer + "/moves", new JsonObject().put("to", "approved"));
    }
  }

  @AfterAll
  static void close() {
    if (browsers != null) {
      browsers.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static List<State> states() {
    String session = hall.session;
    return List.of(
        new State("/", 390, "", "input"),
        new State("/s/" + hall.code, 390, "", ".questions .card"),
        new State("/s/" + hall.code, 320, "textarea", ".questions .card"),
        new State("/s/" + hall.code, 390, ".tabs button:last-child", ".prompt .card"),
        new State("/s/WRNG22", 390, "", "h1"),
        new State("/moderate/" + session, 1440, "", ".column .card"),
        new State("/moderate/" + session, 1440, "?", "dialog[open]"),
        new State("/moderate/" + session, 1440, "h", ".column .card"),
        new State("/moderate/" + session, 1440, "o", "dialog[open]"),
        new State("/moderate/" + session, 390, "", ".column .card"),
        new State("/moderate/" + session, 1440, "t", ".prompt-card"),
        new State("/speak/" + session, 1180, "", ".message-ok"),
        new State("/screen/" + session, 1280, "", "#question-text"),
        new State("/screen/" + session + "?scene=top", 1280, "", ".top li"),
        new State("/screen/" + session + "?scene=join", 1280, "", ".join-code"),
        new State("/screen/" + session + "?scene=prompt", 1280, "", ".prompt-cards li"),
        new State("/organise", 1280, "", "h1"),
        new State("/organise#-/networks", 1280, "", ".net-head"),
        new State("/organise#-/networks", 390, "", ".net-head"),
        new State("/organise#-/hashtags", 1280, "", ".tag-plot"),
        new State("/docs", 1280, "", "h1"));
  }

  private static Stream<Object[]> seen() {
    List<Look> looks =
        List.of(
            new Look("en", ColorScheme.LIGHT),
            new Look("ar", ColorScheme.DARK),
            new Look("ar", ColorScheme.LIGHT),
            new Look("de", ColorScheme.DARK));
    List<Object[]> seen = new ArrayList<>();
    List<State> states = states();
    for (int i = 0; i < states.size(); i++) {
      for (int j = 0; j < looks.size(); j++) {
        if (Boolean.getBoolean("long") || j / 2 == i % 2) {
          seen.add(new Object[] {states.get(i), looks.get(j)});
        }
      }
    }
    return seen.stream();
  }

  @ParameterizedTest
  @MethodSource("seen")
  void axeFindsNothingSerious(State state, Look look) {
    Page page = browsers.window(state.width(), 844, 1);
    String origin = "http://127.0.0.1:" + server.port();
    boolean attendee = state.page().equals("/") || state.page().startsWith("/s/");
    Client who = attendee ? hall.attendee() : hall.organiser();
    page.context()
        .addCookies(
            List.of(
                new Cookie("plenary", who.token()).setUrl(origin),
                new Cookie("lang", look.language()).setUrl(origin)));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.theme()));
    page.navigate(origin + state.page());
    if (state.act().startsWith(".")) {
      page.locator(state.act()).click();
    }
    if (!state.there().startsWith("dialog") && !state.act().equals("t")) {
      assertThat(page.locator(state.there()).first()).isVisible();
    }
    if (state.act().equals("textarea")) {
      page.locator("textarea").first().focus();
    } else if (state.act().length() == 1) {
      assertThat(page.locator(".column .card").first()).isVisible();
      page.keyboard().press(state.act());
      assertThat(page.locator(state.there()).first()).isVisible();
    }
    if (state.page().equals("/docs")) {
      page.evaluate(FEW_OPERATIONS);
    }
    // What is still on its way in is half transparent.
    Await.until(() -> (Boolean) page.evaluate(STILL));

    List<String> found =
        new AxeBuilder(page)
                .options(violationsAlone())
                // No page has a frame, so the results need no second window to be put together in.
                .setLegacyMode(true)
                .analyze()
                .getViolations()
                .stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .map(AxeIT::words)
                .toList();
    page.context().close();

    Assertions.assertThat(found).isEmpty();
  }

  private static AxeRunOptions violationsAlone() {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return options;
  }

  private static String words(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes().getFirst().getHtml();
  }
}
