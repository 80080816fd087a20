package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.Client.Reply;

/** The moderator's busiest minutes, by keyboard. */
@Timeout(240)
class TriageIT extends InHall {
  private static final int ITEMS = 60;

  private static final int TWO_MINUTES_MS = 120_000;

  /** So that what others take leaves enough. */
  private static final int SPARE = 6;

  private static final List<String[]> WAYS =
      List.of(
          new String[] {"approved", "a"},
          new String[] {"queued", "q"},
          new String[] {"dismissed", "x", "2"},
          new String[] {"answered", "d"});

  /** Notes when a key was pressed and when the card had left its column, as drawn. */
  private static final String STOPWATCH =
      """
      () => {
        window.drawn = [];
        document.addEventListener('keydown', (event) => {
          const at = document.activeElement;
          if (!at?.id.startsWith('card-') || !/^[aqd2]$/.test(event.key)) return;
          const column = at.closest('.column').id;
          const from = performance.now();
          const look = () => {
            const now = document.getElementById(at.id)?.closest('.column')?.id;
            if (now === column && performance.now() - from < 5000) requestAnimationFrame(look);
            else window.drawn.push(performance.now() - from);
          };
          requestAnimationFrame(look);
        }, true);
      }
      """;

  private static final String PER_MINUTE = "Questions in each of the last 20 minutes";

  private static final String WHERE =
      "() => document.activeElement?.id.startsWith('card-') &&"
          + " !document.querySelector('dialog[open]') ? document.activeElement.id.slice(5) : null";

  private static final String DRAWN =
      "async () => {"
          + " await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
          + " }";

  /** Keeps what each card ever said of somebody who was faster. */
  private static final String TOLD =
      """
      () => {
        window.told = {};
        new MutationObserver(() => {
          for (const card of document.querySelectorAll('.card.troubled')) {
            const words = (window.told[card.id.slice(5)] ??= []);
            const text = card.querySelector('.trouble').textContent;
            if (!words.includes(text)) words.push(text);
          }
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      }
      """;

  private Page page;

  @BeforeEach
  void sitDown() {
    page = window(1440, 900);
  }

  private void enter(int through) {
    hall.enter(page, "moderator", through);
    assertThat(page.locator(".mark")).containsText("Live");
    page.evaluate(STOPWATCH);
  }

  private List<String> ask(int count) {
    List<CompletableFuture<Reply>> asked = new ArrayList<>();
    Client attendee = hall.attendee();
    for (int i = 0; i < count; i++) {
      String body = new JsonObject().put("text", "Number " + i + ": is it so?").encode();
      asked.add(send(attendee, body, Client.key(), 5));
    }
    // In the order of the column: ids carry their time.
    return asked.stream().map(reply -> Client.result(reply).ok().getString("id")).sorted().toList();
  }

  /** As a phone does it: what the server had no time for is sent again, once in effect. */
  private CompletableFuture<Reply> send(Client attendee, String body, String key, int tries) {
    return attendee
        .send("POST", hall.path("/questions"), body, "Idempotency-Key", key)
        .thenCompose(
            reply ->
                reply.status() == 503 && tries > 1
                    ? CompletableFuture.supplyAsync(
                            () -> tries - 1, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS))
                        .thenCompose(left -> send(attendee, body, key, left))
                    : CompletableFuture.completedFuture(reply));
  }

  private JsonArray log() {
    return hall.organiser().get(hall.path("/log?limit=200")).ok().getJsonArray("entries");
  }

  /** What one person moved, by question: where to. */
  private Map<String, List<String>> movedBy(String name) {
    Map<String, List<String>> moved = new HashMap<>();
    for (Object each : log()) {
      JsonObject entry = (JsonObject) each;
      if (entry.getString("by").equals(name) && entry.getString("action").equals("move")) {
        entry
            .getJsonArray("questions")
            .forEach(
                one -> {
                  JsonObject change = (JsonObject) one;
                  moved
                      .computeIfAbsent(change.getString("id"), id -> new ArrayList<>())
                      .add(change.getJsonObject("to").getString("status"));
                });
      }
    }
    return moved;
  }

  private void reportDrawn(String what) {
    @SuppressWarnings("unchecked")
    List<Number> drawn = (List<Number>) page.evaluate("() => window.drawn");
    double[] sorted = drawn.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    System.out.printf(
        "%s: %d keys, drawn after median %.0f ms, p95 %.0f ms, at most %.0f ms%n",
        what,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.95)],
        sorted[sorted.length - 1]);
    Assertions.assertThat(sorted[sorted.length / 2]).isLessThan(500);
  }

  /**
   * Two others act on the very card the keys act on: before the key, at the same time, after it, or
   * on the one before as they last saw it. Whoever was told that something happened finds it in the
   * log once, whoever was refused does not, and the log has nothing that nobody was told of.
   */
  @Test
  void sixtyItemsWithTwoKeysEachWhileTwoOthersTakeThemAndNothingIsLostOrOverwritten() {
    ask(ITEMS + SPARE);
    Conflicts conflicts = new Conflicts(hall, page);
    enter(hall.port);
    assertThat(page.locator(".column-incoming .count")).hasText("" + (ITEMS + SPARE));
    page.evaluate(TOLD);
    Random schedule = new Random(7);
    int keys = 0;
    long start = System.nanoTime();
    for (int item = 0; item < ITEMS; item++) {
      String at = (String) page.evaluate(WHERE);
      Assertions.assertThat(at).as("focus after " + item + " items").isNotNull();
      String[] way = WAYS.get(schedule.nextInt(WAYS.size()));
      Conflicts.When when = Conflicts.WHEN.get(schedule.nextInt(Conflicts.WHEN.size()));
      conflicts.before(at, when);
      for (int i = 1; i < way.length; i++) {
        page.keyboard().press(way[i]);
        keys++;
      }
      conflicts.after(at, when, way[0]);
      page.evaluate(DRAWN);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(page.locator(".unsent")).hasCount(0);
    Assertions.assertThat(keys).isLessThanOrEqualTo(2 * ITEMS);
    System.out.printf(
        "triage: %d items and %d keys in %.1f s, %s%n", ITEMS, keys, seconds, conflicts.check());
    reportDrawn("triage");
  }

  @Test
  void whatIsDoneWhileTheNetworkIsGoneForTwoMinutesHappensOnceItIsBackAndNobodyIsOverwritten() {
    List<String> questions = ask(8);
    // The page's clocks and timers are ours: two minutes pass for it in a moment.
    page.clock().install();
    enter(cable(page).port());
    assertThat(page.locator(".column-incoming .count")).hasText("8");
    cable(page).cut();
    List<String> wanted = new ArrayList<>();
    for (String key : List.of("a", "q", "a", "d", "a")) {
      String at = (String) page.evaluate(WHERE);
      wanted.add(at);
      page.keyboard().press(key);
      page.evaluate(DRAWN);
      assertThat(page.locator("#card-" + at + " .trouble")).hasCount(0);
    }
    assertThat(page.locator(".unsent")).containsText("5 acts wait for the network");
    assertThat(page.locator(".column-incoming .count")).hasText("3");
    page.clock().runFor(TWO_MINUTES_MS);
    assertThat(page.locator(".mark")).containsText("Offline – as of");
    assertThat(page.locator(".unsent")).containsText("5 acts wait for the network");
    Client mo = hall.staff("moderator", "Mo");
    mo.post(
            hall.path("/questions/" + wanted.get(2) + "/moves"),
            new JsonObject().put("to", "dismissed").put("reason", "unclear"))
        .ok();

    cable(page).mend();
    // No try is further away than this.
    page.clock().runFor(TWO_MINUTES_MS / 4);
    assertThat(page.locator(".unsent")).hasCount(0);
    assertThat(card("done", wanted.get(2))).isVisible();
    assertThat(page.locator(".mark")).containsText("Live");
    Map<String, List<String>> mine = movedBy("Anna");
    Assertions.assertThat(mine.get(wanted.get(0))).containsExactly("approved");
    Assertions.assertThat(mine.get(wanted.get(1))).containsExactly("queued");
    Assertions.assertThat(mine.get(wanted.get(2))).isNull();
    Assertions.assertThat(mine.get(wanted.get(3))).containsExactly("answered");
    Assertions.assertThat(mine.get(wanted.get(4))).containsExactly("approved");
    assertThat(card("done", wanted.get(2))).containsText("Unclear");
    Assertions.assertThat(questions).containsAll(wanted);
  }

  @Test
  void fiveHundredAtOnceNeitherMoveTheFocusNorStopTheKeys() {
    ask(5);
    enter(hall.port);
    String at = (String) page.evaluate(WHERE);
    page.evaluate(
        """
        () => {
          window.longest = 0;
          let last = performance.now();
          const frame = (now) => {
            window.longest = Math.max(window.longest, now - last);
            last = now;
            requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }
        """);
    ask(500);
    assertThat(page.locator(".column-incoming .count")).hasText("505");
    Assertions.assertThat(page.evaluate(WHERE)).isEqualTo(at);
    for (int i = 0; i < 10; i++) {
      page.keyboard().press(i % 2 == 0 ? "a" : "q");
    }
    assertThat(page.locator(".column-incoming .count")).hasText("495");
    System.out.printf(
        "500 at once: longest time without a frame %.0f ms%n",
        ((Number) page.evaluate("() => window.longest")).doubleValue());
    reportDrawn("among 500");
  }

  @Test
  void aDeskIsAsItWasAfterAReload() {
    List<String> questions = ask(5);
    enter(hall.port);
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press(" ");
    page.locator(".filter select").selectOption("all");
    page.locator("#search").fill("Number");
    page.reload();
    assertThat(page.locator(".mark")).containsText("Live");
    assertThat(page.locator("#search")).hasValue("Number");
    assertThat(page.locator(".card.marked")).hasCount(1);
    assertThat(page.locator(".card.at")).hasAttribute("id", "card-" + questions.get(2));
  }

  @Test
  void whatIsAskedTwiceIsMergedWithThreeKeysAndItsVotersAreUnited() {
    Client ann = hall.attendee();
    Client ben = hall.attendee();
    String first = hall.ask(ann, "Does this hold for patients over eighty?");
    String second = hall.ask(ben, "Does this hold for patients over eighty as well?");
    enter(hall.port);
    assertThat(card("incoming", second).locator(".chip-near")).isVisible();
    page.keyboard().press("m");
    assertThat(page.locator("dialog .pick li")).hasCount(2);
    page.keyboard().press("Enter");
    assertThat(card("done", second)).containsText("Merged");
    assertThat(card("incoming", first)).isVisible();
    page.keyboard().press("z");
    assertThat(card("incoming", second)).isVisible();

    // What is in line stays there; who merged goes on where they were.
    String third = hall.ask(ann, "Who paid for it?");
    hall.act("/questions/" + second + "/moves", new JsonObject().put("to", "queued"));
    assertThat(card("queued", second)).isVisible();
    card("incoming", first).click();
    page.keyboard().press("m");
    page.keyboard().press("Enter");
    assertThat(card("done", first)).containsText("Merged");
    assertThat(card("queued", second)).isVisible();
    assertThat(card("incoming", third)).isFocused();
  }

  @Test
  void theStageIsRunByKeysAndThePaneShowsWhatTheHallSees() {
    List<String> questions = ask(2);
    Page screen = window("screen", "Hall", 1280, 720);
    enter(hall.port);
    page.keyboard().press("s");
    String first = card("incoming", questions.get(0)).locator(".text").textContent();
    String second = card("incoming", questions.get(1)).locator(".text").textContent();
    assertThat(page.locator(".cued")).containsText(first);
    assertThat(page.locator(".preview")).not().containsText(first);
    page.keyboard().press("Enter");
    assertThat(page.locator(".preview")).containsText(first);
    assertThat(screen.locator("body")).containsText(first);
    page.keyboard().press("f");
    assertThat(page.locator(".preview")).hasClass(java.util.regex.Pattern.compile("is-frozen"));
    page.keyboard().press("Enter");
    assertThat(card("stage", questions.get(1))).isVisible();
    assertThat(page.locator(".preview")).containsText(first);
    page.keyboard().press("f");
    assertThat(page.locator(".preview")).containsText(second);
    page.keyboard().press("b");
    assertThat(page.locator(".preview")).containsText("dark");
    assertThat(screen.locator("body")).not().containsText(second);
    page.keyboard().press("b");
    assertThat(page.locator(".preview")).containsText(second);
    // The policy lets the plots be drawn, and they say in words what they show.
    assertThat(page.locator(".plot live-plot canvas").first()).isVisible();
    Locator rate = page.getByLabel(PER_MINUTE);
    assertThat(rate.locator("canvas")).hasCount(1);
  }

  @Test
  void aKeyThatComesTooLateForACardMeetsNoOther() {
    List<String> questions = ask(2);
    enter(hall.port);
    page.evaluate(
        """
        () => new MutationObserver((changes, observer) => {
          const gone = document.querySelector('.column-incoming .card.ghost');
          if (!gone) return;
          observer.disconnect();
          gone.dispatchEvent(new KeyboardEvent('keydown', { key: 'd', bubbles: true }));
        }).observe(document.body, { subtree: true, childList: true, attributes: true })
        """);
    hall.staff("moderator", "Mo")
        .post(
            hall.path("/questions/" + questions.get(0) + "/moves"),
            new JsonObject().put("to", "approved"))
        .ok();
    assertThat(page.locator("#toasts")).containsText("Mo was faster");
    assertThat(card("approved", questions.get(0))).isVisible();
    assertThat(card("incoming", questions.get(1))).isFocused();
    Assertions.assertThat(log()).hasSize(1);
  }

  @Test
  void draggingIsTheSecondWay() {
    List<String> questions = ask(3);
    enter(hall.port);
    page.keyboard().press("q");
    page.keyboard().press("q");
    assertThat(page.locator(".column-queued .count")).hasText("2");
    Locator firstInLine = page.locator(".column-queued .card").first();
    card("incoming", questions.get(2))
        .dragTo(firstInLine, new Locator.DragToOptions().setTargetPosition(40, 4));
    assertThat(page.locator(".column-queued .card").first())
        .hasAttribute("id", "card-" + questions.get(2));
    card("queued", questions.get(0)).dragTo(page.locator(".column-done .scroll"));
    assertThat(card("done", questions.get(0))).isVisible();
    Await.until(() -> log().size() == 4);
    JsonArray line =
        hall.organiser()
            .get(hall.path("/questions?status=queued&sort=queue"))
            .ok()
            .getJsonArray("questions");
    Assertions.assertThat(line.getJsonObject(0).getString("id")).isEqualTo(questions.get(2));
  }

  @Test
  void aKeyCanBeAnotherOneOrNone() {
    List<String> questions = ask(3);
    enter(hall.port);
    page.keyboard().press("?");
    page.locator("dialog .key").first().click();
    page.keyboard().press("g");
    page.keyboard().press("Escape");
    page.keyboard().press("g");
    assertThat(card("approved", questions.get(0))).isVisible();
    page.reload();
    assertThat(page.locator(".do-approve kbd")).hasText("G");
    page.keyboard().press("a");
    assertThat(card("incoming", questions.get(1))).isVisible();
    page.keyboard().press("?");
    page.locator("dialog input[type=checkbox]").uncheck();
    page.keyboard().press("Escape");
    page.keyboard().press("g");
    assertThat(card("incoming", questions.get(1))).isVisible();
    page.locator(".do-approve").click();
    assertThat(card("approved", questions.get(1))).isVisible();
  }

  private Locator card(String column, String id) {
    return page.locator(".column-" + column + " #card-" + id);
  }
}
