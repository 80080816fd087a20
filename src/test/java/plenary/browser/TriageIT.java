package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.support.Await;
import plenary.support.Browsers;
import plenary.support.Cable;
import plenary.support.Client;
import plenary.support.Client.Reply;
import plenary.support.TestServer;

/** The moderator's busiest minutes, by keyboard. */
@Timeout(240)
class TriageIT {
  private static final int ITEMS = 60;

  private static final int TWO_MINUTES_MS = 120_000;

  /** What two others may take meanwhile. */
  private static final int OTHERS = 30;

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

  /** Whether the card says, by the next drawing, that somebody else was faster. */
  private static final String EXPLAINED =
      """
      async (id) => {
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return document.querySelector(`#card-${id} .trouble`) !== null;
      }
      """;

  private Browsers browsers;
  private TestServer server;
  private Cable cable;
  private Hall hall;
  private Page page;
  private final List<String> faults = new ArrayList<>();

  /** What the page was answered with 409, by question. */
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void start() {
    browsers = Browsers.open();
    server = TestServer.start();
    cable = new Cable(server.port());
    hall = new Hall(server.port());
    page = browsers.window(1440, 900, 1);
    page.onPageError(faults::add);
    page.onResponse(
        response -> {
          if (response.status() == 409 && response.url().contains("/questions/")) {
            refused.add(response.url().replaceAll(".*/questions/([^/]+).*", "$1"));
          }
        });
  }

  @AfterEach
  void end() throws IOException {
    if (browsers != null) {
      browsers.close();
    }
    cable.close();
    server.close();
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

  @Test
  void sixtyItemsWithTwoKeysEachWhileTwoOthersActAndNothingIsLostOrOverwritten() {
    List<String> questions = ask(ITEMS + OTHERS);
    enter(hall.port);
    assertThat(page.locator(".column-incoming .count")).hasText("" + (ITEMS + OTHERS));
    Client mo = hall.staff("moderator", "Mo");
    Client nora = hall.staff("moderator", "Nora");
    CompletableFuture<Integer> others =
        CompletableFuture.supplyAsync(() -> meddle(mo, questions, 1))
            .thenCombine(
                CompletableFuture.supplyAsync(() -> meddle(nora, questions, 2)), Integer::sum);

    Map<String, String> wanted = new HashMap<>();
    Set<String> explained = new HashSet<>();
    List<String[]> ways =
        List.of(
            new String[] {"approved", "a"},
            new String[] {"queued", "q"},
            new String[] {"dismissed", "x", "2"},
            new String[] {"answered", "d"});
    int keys = 0;
    int items = 0;
    long start = System.nanoTime();
    while (items < ITEMS) {
      String at = (String) page.evaluate(WHERE);
      Assertions.assertThat(at).as("focus after " + items + " items").isNotNull();
      String[] way = ways.get(items % ways.size());
      for (int i = 1; i < way.length; i++) {
        page.keyboard().press(way[i]);
        keys++;
      }
      wanted.put(at, way[0]);
      if ((boolean) page.evaluate(EXPLAINED, at)) {
        explained.add(at);
      }
      items++;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int done = others.join();
    System.out.printf(
        "triage: %d items and %d keys in %.1f s, %d acts of others, %d refused, %d told%n",
        items, keys, seconds, done, refused.size(), explained.size());
    reportDrawn("triage");

    Assertions.assertThat(keys).isLessThanOrEqualTo(2 * items);
    assertThat(page.locator(".unsent")).hasCount(0);
    Await.until(
        () -> {
          // Answers are heard of while the page is asked something.
          page.title();
          Map<String, List<String>> mine = movedBy("Anna");
          return wanted.entrySet().stream()
              .allMatch(
                  each ->
                      refused.contains(each.getKey())
                          || explained.contains(each.getKey())
                          || mine.getOrDefault(each.getKey(), List.of()).contains(each.getValue()));
        });
    nobodyWasOverwritten();
    Assertions.assertThat(faults).isEmpty();
  }

  /** Every act on a question began where the one before it had left it. */
  private void nobodyWasOverwritten() {
    Map<String, String> status = new HashMap<>();
    JsonArray entries = log();
    for (int i = entries.size() - 1; i >= 0; i--) {
      for (Object one : entries.getJsonObject(i).getJsonArray("questions")) {
        JsonObject change = (JsonObject) one;
        String from = change.getJsonObject("from").getString("status");
        String before = status.getOrDefault(change.getString("id"), "incoming");
        Assertions.assertThat(from).as(entries.getJsonObject(i).encode()).isEqualTo(before);
        status.put(change.getString("id"), change.getJsonObject("to").getString("status"));
      }
    }
  }

  /** Moves what is still incoming, with the version seen, a little slower than a person types. */
  private int meddle(Client who, List<String> questions, int seed) {
    Random random = new Random(seed);
    int done = 0;
    for (int i = 0; i < OTHERS / 2; i++) {
      String id = questions.get(random.nextInt(questions.size()));
      JsonObject state = who.get(hall.path("/state?view=moderator")).ok();
      for (Object each : state.getJsonArray("put")) {
        JsonObject put = (JsonObject) each;
        if (put.getString("key").equals("triage/" + id)
            && put.getJsonObject("body").getString("status").equals("incoming")) {
          int answer =
              Client.result(
                      who.send(
                          "POST",
                          hall.path("/questions/" + id + "/moves"),
                          "{\"to\":\"approved\"}",
                          "Idempotency-Key",
                          Client.key(),
                          "If-Match",
                          "\"" + put.getLong("version") + "\""))
                  .status();
          done += answer == 200 ? 1 : 0;
        }
      }
    }
    return done;
  }

  @Test
  void whatIsDoneWhileTheNetworkIsGoneForTwoMinutesHappensOnceItIsBackAndNobodyIsOverwritten() {
    List<String> questions = ask(8);
    // The page's clocks and timers are ours: two minutes pass for it in a moment.
    page.clock().install();
    enter(cable.port());
    assertThat(page.locator(".column-incoming .count")).hasText("8");
    cable.cut();
    List<String> wanted = new ArrayList<>();
    for (String key : List.of("a", "q", "a", "d", "a")) {
      String at = (String) page.evaluate(WHERE);
      wanted.add(at);
      page.keyboard().press(key);
      Assertions.assertThat(page.evaluate(EXPLAINED, at))
          .as("nobody was faster yet")
          .isEqualTo(false);
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

    cable.mend();
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
    Assertions.assertThat(faults).isEmpty();
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
  }

  @Test
  void theStageIsRunByKeysAndThePaneShowsWhatTheHallSees() {
    List<String> questions = ask(2);
    Page screen = browsers.window(1280, 720, 1);
    hall.enter(screen, "screen", hall.port);
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
    Assertions.assertThat(faults).isEmpty();
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
    Assertions.assertThat(faults).isEmpty();
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
    Assertions.assertThat(faults).isEmpty();
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
