package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.live.Faults;
import plenary.support.Await;
import plenary.support.Browsers;
import plenary.support.Cable;
import plenary.support.Client;
import plenary.support.Room;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/** A phone on a good day and on bad ones. */
@Timeout(120)
class AttendeeIT {
  private static final String MINE = "Does this hold for patients over eighty?";
  private static final int BOUND = 10;
  private static Browsers browsers;
  private static TestServer server;
  private static Client organiser;
  private final List<Page> windows = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private Cable cable;
  private Room room;
  private Page phone;

  @BeforeAll
  static void start() {
    browsers = Browsers.open();
    server =
        TestServer.start(
            TestPostgres.options(),
            Map.of(
                "PLENARY_LIVE_VIEW_QUESTIONS_MAX", "" + BOUND,
                "PLENARY_LIVE_VIEW_QUESTIONS_SLACK", "2",
                "PLENARY_LIVE_VIEW_BOUND_MS", "100"),
            Faults.NONE);
    organiser = Room.organiser(server);
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
  void arrive() {
    cable = new Cable(server.port());
    room = Room.open(organiser);
    phone = window(390, 844);
  }

  @AfterEach
  void leave() throws IOException {
    windows.forEach(each -> each.context().close());
    cable.close();
    Assertions.assertThat(faults).isEmpty();
  }

  private Page window(int width, int height) {
    Page page = browsers.window(width, height, 1);
    page.onPageError(faults::add);
    windows.add(page);
    return page;
  }

  private String address(String path) {
    return "http://127.0.0.1:" + cable.port() + path;
  }

  private void open(Page page) {
    page.navigate(address("/s/" + room.code()));
    assertThat(page.locator(".mark")).containsText("Live");
  }

  private static void ask(Page page, String text) {
    page.locator("#ask").fill(text);
    page.locator("button.send").click();
  }

  private static Locator mine(Page page, String text) {
    return page.locator(".mine .fate", new Page.LocatorOptions().setHasText(text));
  }

  private long asked(String text) {
    JsonArray all = organiser.get(room.path("/questions?limit=200")).ok().getJsonArray("questions");
    return all.stream().filter(each -> text.equals(((JsonObject) each).getString("text"))).count();
  }

  private Room direct() {
    JsonObject rules = new JsonObject().put("moderation", false);
    return Room.in(organiser, Room.meeting(organiser, rules));
  }

  /* ---- the door ---- */

  @Test
  void aWrongCodeSaysSoAndLeadsToTheDoor() {
    phone.navigate(address("/s/ZZZZZZ"));
    assertThat(phone.locator("h1")).hasText("There is no session with this code");
    phone.locator("a.primary").click();
    assertThat(phone.locator("#code")).isFocused();
    phone.keyboard().type("zz zz-zz");
    phone.keyboard().press("Enter");
    assertThat(phone.locator("#trouble")).containsText("There is no session");
  }

  @Test
  void aNameThatIsNotTakenIsToldBesideItsFieldInTheLanguageOfThePage() {
    JsonObject rules = new JsonObject().put("anonymity", "named");
    room = Room.in(organiser, Room.meeting(organiser, rules));
    phone.navigate(address("/s/" + room.code() + "?lang=de"));
    Locator name = phone.locator("input[name=name]");
    name.fill("Moderator");
    phone.keyboard().press("Enter");
    assertThat(phone.locator(".trouble")).containsText("denen vorbehalten, die die Tagung leiten");
    assertThat(name).hasValue("Moderator");
    name.fill("Mo Derat");
    phone.keyboard().press("Enter");
    assertThat(phone.locator("#ask")).isVisible();
  }

  @Test
  void aSessionThatIsAheadSaysWhenAndOpensByItself() {
    Instant starts = Instant.now().plus(Duration.ofHours(72)).truncatedTo(ChronoUnit.MINUTES);
    JsonObject draft =
        new JsonObject()
            .put("title", "Tomorrow's talk")
            .put("startsAt", starts.toString())
            .put("endsAt", starts.plus(Duration.ofHours(1)).toString());
    JsonObject made = organiser.post("/api/meetings/" + room.meeting() + "/sessions", draft).ok();
    phone.clock().install();
    phone.navigate(address("/s/" + made.getString("joinCode")));
    assertThat(phone.locator(".ahead h2")).hasText("Not open yet");
    assertThat(phone.locator(".count-down")).hasText(Pattern.compile("in (2 days|4[78] hours)"));
    assertThat(phone.locator("#ask")).hasCount(0);

    organiser
        .patch("/api/sessions/" + made.getString("id"), new JsonObject().put("state", "open"))
        .ok();
    // What a code shows may be two seconds old.
    Await.until(
        () ->
            organiser
                .get("/api/join/" + made.getString("joinCode"))
                .ok()
                .getJsonObject("session")
                .getString("state")
                .equals("open"));
    phone.clock().fastForward(40_000);
    assertThat(phone.locator("#ask")).isVisible();
  }

  @Test
  void whoIsTurnedAwayMayWriteAndIsLetInByItself() {
    AtomicInteger turnedAway = new AtomicInteger();
    phone.route(
        "**/api/join",
        route -> {
          if (turnedAway.getAndIncrement() > 0) {
            route.resume();
            return;
          }
          route.fulfill(
              new Route.FulfillOptions()
                  .setStatus(503)
                  .setContentType("application/problem+json")
                  .setHeaders(Map.of("Retry-After", "3"))
                  .setBody("{\"type\":\"urn:plenary:problem:busy\",\"status\":503}"));
        });
    phone.navigate(address("/s/" + room.code()));
    ask(phone, MINE);
    assertThat(phone.locator(".banner")).containsText("Very many people join");
    assertThat(mine(phone, MINE)).containsText("Received, in review");
    Assertions.assertThat(asked(MINE)).isEqualTo(1);
  }

  /* ---- bad days ---- */

  @Test
  void aSessionThatClosesLeavesTheDraftToItsWriter() {
    open(phone);
    String staged = room.ask(room.join(""), "What is on stage when the time is over?");
    for (String to : List.of("approved", "stage")) {
      room.move(organiser, staged, to).ok();
    }
    assertThat(phone.locator(".stage")).containsText("Being answered now");
    phone.locator("#ask").fill(MINE);
    organiser.patch(room.path(""), new JsonObject().put("state", "closed")).ok();
    assertThat(phone.locator(".left-over-text")).hasText(MINE);
    assertThat(phone.locator("#ask")).hasCount(0);
    assertThat(phone.locator(".stage")).hasCount(0);
    assertThat(phone.locator(".done summary")).hasText("1 answered");
    assertThat(phone.locator(".empty")).containsText("No question is waiting");
    phone.reload();
    assertThat(phone.locator(".left-over-text")).hasText(MINE);
    assertThat(phone.locator(".banner")).containsText("This session is over");
    organiser
        .patch("/api/meetings/" + room.meeting(), new JsonObject().put("endsOn", "2026-01-31"))
        .ok();
    assertThat(phone.locator(".thanks")).containsText("The meeting is over");
    assertThat(phone.locator(".left-over-text")).hasText(MINE);
  }

  @Test
  void aLostSignInIsMadeGoodWhileSomebodyWrites() {
    open(phone);
    ask(phone, "Is this recorded?");
    assertThat(mine(phone, "Is this recorded?")).containsText("Received");
    phone.locator("#ask").fill(MINE);
    phone.context().clearCookies();
    phone.locator("button.send").click();
    assertThat(mine(phone, MINE)).containsText("Received, in review");
    assertThat(phone.locator("#toasts")).containsText("has joined anew");
    assertThat(phone.locator(".mark")).containsText("Live");
    Assertions.assertThat(asked(MINE)).isEqualTo(1);
  }

  @Test
  void anOpenedSessionOpensAgainWithoutANetworkAndSendsOnce() {
    open(phone);
    ask(phone, "Is this recorded?");
    assertThat(mine(phone, "Is this recorded?")).containsText("Received");
    kept(phone);
    cable.cut();
    ask(phone, MINE);
    assertThat(mine(phone, MINE)).containsText("Not sent yet");

    phone.reload();
    Pattern asOf = Pattern.compile("Offline – as of \\d\\d:\\d\\d:\\d\\d");
    assertThat(phone.locator(".mark")).containsText(asOf);
    assertThat(mine(phone, "Is this recorded?")).containsText("Received");
    assertThat(mine(phone, MINE)).containsText("Not sent yet");
    phone.locator("#ask").fill("A draft");

    cable.mend();
    mine(phone, MINE).locator("button").click();
    assertThat(mine(phone, MINE)).containsText("Received, in review");
    assertThat(phone.locator(".mark")).containsText("Live");
    assertThat(phone.locator("#ask")).hasValue("A draft");
    Assertions.assertThat(asked(MINE)).isEqualTo(1);
  }

  @Test
  void aSessionThatWasNeverOpenedSaysThatThereIsNoNetwork() {
    open(phone);
    kept(phone);
    Room other = Room.open(organiser);
    phone.context().setOffline(true);
    phone.navigate(address("/s/" + other.code()));
    assertThat(phone.locator("h1")).hasText("You are offline");
    phone.context().setOffline(false);
    phone.locator("button.primary").click();
    assertThat(phone.locator(".mark")).containsText("Live");
  }

  /** Waits until the worker has the page and the state was written down. */
  private void kept(Page page) {
    String there =
        "async path => Boolean(navigator.serviceWorker.controller && await caches.match(path))";
    Await.until(() -> (Boolean) page.evaluate(there, "/s/" + room.code()));
  }

  @Test
  void twoTabsAndDoubleTapsAskOnce() {
    open(phone);
    Page other = phone.context().newPage();
    other.onPageError(faults::add);
    open(other);
    phone.locator("#ask").fill(MINE);
    phone.locator("button.send").dblclick();
    other.locator("#ask").fill("From the other tab?");
    other.locator("button.send").dblclick();
    assertThat(mine(phone, MINE)).containsText("Received");
    assertThat(mine(phone, "From the other tab?")).containsText("Received");
    assertThat(mine(other, MINE)).containsText("Received");
    phone.reload();
    assertThat(mine(phone, MINE)).hasCount(1);
    Assertions.assertThat(asked(MINE)).isEqualTo(1);
    Assertions.assertThat(asked("From the other tab?")).isEqualTo(1);
  }

  /* ---- writing ---- */

  @Test
  void aTextThatTellsWhoAPatientIsGetsAHintAndStaysOnThePhone() {
    open(phone);
    List<String> sent = new ArrayList<>();
    phone.onRequest(request -> sent.add(String.valueOf(request.postData())));
    phone.locator("#ask").fill("What of the patient with MRN 00482915?");
    assertThat(phone.locator(".caution")).containsText("looks like a record's");
    assertThat(phone.locator("button.send")).isEnabled();
    phone.waitForRequest(
        "**/questions/similar", () -> phone.locator("#ask").fill("What of such patients?"));
    assertThat(phone.locator(".caution")).hasCount(0);
    Assertions.assertThat(sent).noneMatch(body -> body.contains("00482915"));
  }

  @Test
  void whoWritesWhatIsAskedAlreadyMayVoteInstead() {
    room = direct();
    room.ask(room.join(""), MINE);
    open(phone);
    phone.locator("#ask").fill("Does this hold for patients above eighty?");
    Locator similar = phone.locator(".similar li");
    assertThat(similar).containsText(MINE);
    assertThat(similar).containsText("1 person asks this · vote instead");
    assertThat(phone.locator("button.send")).isEnabled();
    similar.locator("button").click();
    assertThat(phone.locator("#ask")).hasValue("");
    assertThat(phone.locator(".questions .vote")).hasAttribute("aria-pressed", "true");
    phone.locator(".toast-act").click();
    assertThat(phone.locator("#ask")).hasValue("Does this hold for patients above eighty?");
  }

  @Test
  void whileQuestionsArePausedOneWritesOnAndNothingIsSent() {
    open(phone);
    phone.locator("#ask").fill(MINE);
    organiser.patch(room.path(""), new JsonObject().put("asking", "paused")).ok();
    assertThat(phone.locator(".compose-foot")).containsText("New questions are paused");
    assertThat(phone.locator("button.send")).isDisabled();
    assertThat(phone.locator("#ask")).hasValue(MINE);
    organiser.patch(room.path(""), new JsonObject().put("asking", "open")).ok();
    phone.locator("button.send").click();
    assertThat(mine(phone, MINE)).containsText("Received");
  }

  @Test
  void fiveHundredEmojiAreAQuestion() {
    open(phone);
    String emoji =
        IntStream.range(0x1f400, 0x1f400 + 500)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    phone.locator("#ask").fill(emoji);
    assertThat(phone.locator(".left")).hasText("0 characters left");
    phone.locator("button.send").click();
    assertThat(mine(phone, emoji)).containsText("Received, in review");
    Assertions.assertThat(overflow(phone)).isZero();
    phone.locator("#ask").fill(emoji + "😀");
    assertThat(phone.locator("button.send")).isDisabled();
  }

  @Test
  void rightToLeftTextReadsRightToLeftInALeftToRightPage() {
    room = direct();
    room.ask(room.join(""), "هل ينطبق هذا على المرضى فوق الثمانين؟");
    open(phone);
    Locator text = phone.locator(".questions .card p").first();
    Assertions.assertThat(text.evaluate("e => getComputedStyle(e).direction")).isEqualTo("rtl");
    Assertions.assertThat(phone.evaluate("getComputedStyle(document.body).direction"))
        .isEqualTo("ltr");
  }

  @Test
  void everythingIsDoneByKeyboardAlone() {
    room = direct();
    room.ask(room.join(""), "May everybody vote for this?");
    phone.navigate(address("/"));
    phone.keyboard().type(room.code());
    phone.keyboard().press("Enter");
    assertThat(phone.locator(".mark")).containsText("Live");
    Keyboard.tabTo(phone, "#ask");
    phone.keyboard().type(MINE);
    phone.keyboard().press("Control+Enter");
    assertThat(mine(phone, MINE)).isVisible();
    Keyboard.tabTo(phone, ".vote:enabled");
    phone.keyboard().press(" ");
    assertThat(phone.locator(".vote:enabled")).hasAttribute("aria-pressed", "true");
  }

  @Test
  void theSmallestPhoneWithTwiceTheTextNeedsNoSidewaysScrolling() {
    Page small = window(320, 568);
    open(small);
    ask(small, MINE);
    assertThat(mine(small, MINE)).isVisible();
    small.evaluate("document.documentElement.style.fontSize = '200%'");
    small.locator("#ask").fill("What about the Donaudampfschifffahrtsgesellschaftskapitän?");
    Assertions.assertThat(overflow(small)).isZero();
    assertThat(small.locator("button.send")).isInViewport();
    assertThat(small.locator("#ask")).isInViewport();
  }

  private static int overflow(Page page) {
    return (Integer)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /* ---- another device, another language, more questions ---- */

  @Test
  void aSecondDeviceGoesOnAsTheSameParticipant() {
    open(phone);
    ask(phone, MINE);
    assertThat(mine(phone, MINE)).containsText("Received");
    String code = deviceCode();

    Page tablet = window(820, 1180);
    tablet.navigate(address("/s/" + room.code() + "#device=" + code));
    assertThat(tablet.locator("h1")).hasText("Go on here as on your other device?");
    Assertions.assertThat(tablet.url()).doesNotContain("#");
    tablet.locator("button.primary").click();
    assertThat(mine(tablet, MINE)).containsText("Received");

    Page late = window(390, 844);
    late.navigate(address("/s/" + room.code() + "#device=" + code));
    late.locator("button.primary").click();
    assertThat(late.locator(".trouble")).containsText("was used");
    late.locator("button.quiet-button").click();
    assertThat(late.locator(".mark")).containsText("Live");
    assertThat(mine(late, MINE)).hasCount(0);
  }

  @Test
  void theDoorTakesTheCodeOfAnotherDevice() {
    open(phone);
    ask(phone, MINE);
    assertThat(mine(phone, MINE)).containsText("Received");
    String code = deviceCode();
    Page laptop = window(1280, 800);
    laptop.navigate(address("/"));
    laptop.locator("#code").fill(code.substring(0, 4) + " " + code.substring(4));
    laptop.keyboard().press("Enter");
    assertThat(mine(laptop, MINE)).containsText("Received");
  }

  private String deviceCode() {
    phone.locator(".foot button").click();
    assertThat(phone.locator(".device-picture svg")).isVisible();
    String code = phone.locator(".device-text").textContent().replace(" ", "").trim();
    phone.keyboard().press("Escape");
    return code;
  }

  @Test
  void aChosenLanguageIsRememberedAndNothingIsLeftUntranslated() {
    room.ask(room.join(""), "1 + 1 = 2?");
    phone.navigate(address("/s/" + room.code() + "?lang=en-XA"));
    assertThat(phone.locator(".mark")).containsText("[Ļîṽé");
    Assertions.assertThat(phone.url()).doesNotContain("lang");
    assertThat(phone.locator("#ask")).hasAttribute("placeholder", Pattern.compile("^\\[.*]$"));
    phone.locator("#ask").fill("1");
    Locator choice = phone.locator(".language select");
    assertThat(choice).hasValue("en-XA");
    Object plain =
        phone.evaluate(
            "() => { const words = [];"
                + " const walk = document.createTreeWalker(document.querySelector('#app'), 4);"
                + " while (walk.nextNode()) { const { data, parentElement } = walk.currentNode;"
                + " if (/[A-Za-z]{2}/.test(data) && !parentElement.closest('[dir=auto],option,h1'))"
                + " words.push(data.trim()); } return words; }");
    Assertions.assertThat((List<?>) plain).isEmpty();

    phone.navigate(address("/s/" + room.code()));
    assertThat(phone.locator(".mark")).containsText("[Ļîṽé");
    phone.locator(".language select").selectOption("en");
    assertThat(phone.locator(".mark")).containsText("Live");
  }

  @Test
  void questionsBeyondTheStreamAreATapAway() {
    room = direct();
    Client asker = room.join("");
    for (int i = 1; i <= 3 * BOUND; i++) {
      room.ask(asker, "Question number " + i + " of this talk?");
    }
    open(phone);
    Locator cards = phone.locator(".questions .card");
    assertThat(cards).hasCount(BOUND + 2);
    phone.locator(".questions > .quiet-button").click();
    assertThat(cards).hasCount(3 * BOUND);
    Locator vote = phone.locator(".older .vote").first();
    vote.click();
    assertThat(vote).hasAttribute("aria-pressed", "true");
    assertThat(vote).hasText("1");
  }
}
