package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.support.Browsers;
import plenary.support.Client;
import plenary.support.Room;
import plenary.support.TestServer;
import plenary.web.Assets;
import plenary.web.page.Imports;

/** What a phone on a bad network pays before somebody can ask. */
@Timeout(120)
class AttendeeBudgetIT {
  private static final int BYTES_MAX = 60_000;
  private static final int REQUESTS_MAX = 14;
  private static final double SHIFT_MAX = 0.02;
  private static final int LATENCY_MS = 400;
  private static final int BYTES_PER_SECOND = 400_000 / 8;
  private static final double DRAWN_MS_MAX = 3_000;
  private static final int QUESTIONS = 30;

  /** What the page loads before it runs; what it loads after that nobody waits for. */
  private static final Set<String> SHELL =
      Set.copyOf(Imports.closure("pages/attendee.js", Assets.load().files()));

  /**
   * Notes, in the page, when a question was drawn, when one could be asked, what moved, and what
   * the server had drawn beside what the page then drew over it.
   */
  private static final String WATCH =
      """
      window.seen = { shift: 0, moved: '' };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (entry.hadRecentInput) continue;
          seen.shift += entry.value;
          for (const { node } of entry.sources) seen.moved += ` ${node?.className || node?.nodeName}`;
        }
      }).observe({ type: 'layout-shift', buffered: true });
      const parts = '.head, .tabs, .stage, .list-head, .cards > :nth-child(-n + 10)';
      const shape = () => [...document.querySelectorAll(parts)].flatMap((part) => [part, ...part.querySelectorAll('*')]).map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const words = [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join('');
        return [one.localName, one.getAttribute('class'), x, y, width, height, words].join(' ');
      });
      const look = () => {
        if (document.querySelector('.questions .card')) {
          seen.drawn ??= performance.now();
          if (document.querySelector('[data-shell]')) seen.before = shape();
          else seen.after ??= shape();
        }
        if (document.querySelector('#ask')) {
          seen.askable ??= performance.now();
          seen.requests ??= 1 + performance.getEntriesByType('resource').length;
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      """;

  @Test
  void aQuestionCanBeAskedWithinTheBudget() {
    try (Browsers browsers = Browsers.open();
        TestServer server = TestServer.start()) {
      Room room = full(server);
      Page phone = browsers.window(390, 844, 2);
      phone.addInitScript(WATCH);
      CDPSession devtools = phone.context().newCDPSession(phone);
      Map<String, Double> bytes = new ConcurrentHashMap<>();
      Map<String, String> addresses = new ConcurrentHashMap<>();
      listen(devtools, bytes, addresses);
      slow(devtools);

      phone.navigate("http://127.0.0.1:" + server.port() + "/s/" + room.code());
      assertThat(phone.locator(".mark")).containsText("Live");
      assertThat(phone.locator("button.send")).isVisible();
      // By touch and keys, as people do: what moves under their hand is theirs, the rest is ours.
      phone.locator("#ask").click();
      phone.keyboard().type("Can this be asked?");
      phone.locator("button.send").click();
      assertThat(phone.locator(".mine")).containsText("Received, in review");

      double drawn = number(phone, "seen.drawn");
      double askable = number(phone, "seen.askable");
      double shift = number(phone, "seen.shift");
      int requests = (int) number(phone, "seen.requests");
      double paid =
          bytes.entrySet().stream()
              .filter(each -> isShell(addresses.getOrDefault(each.getKey(), "")))
              .mapToDouble(Map.Entry::getValue)
              .sum();
      assertThat(shape(phone, "after"))
          .as("drawn again as it was")
          .isEqualTo(shape(phone, "before"));
      System.out.printf(
          "attendee at %d ms, 400 kbit/s: first question drawn %.0f ms, askable %.0f ms;"
              + " %d requests, %.1f kB, layout shift %.4f%n",
          LATENCY_MS, drawn, askable, requests, paid / 1000, shift);
      assertThat(requests).isLessThanOrEqualTo(REQUESTS_MAX);
      assertThat(paid).isBetween(10_000.0, (double) BYTES_MAX);
      assertThat(shift).as("moved:" + phone.evaluate("seen.moved")).isLessThan(SHIFT_MAX);
      assertThat(drawn).isLessThan(DRAWN_MS_MAX);
    }
  }

  private static Room full(TestServer server) {
    Client organiser = Room.organiser(server);
    JsonObject rules = new JsonObject().put("anonymity", "choice");
    Room room = Room.in(organiser, Room.meeting(organiser, rules));
    Client asker = room.join("");
    for (int i = 1; i <= QUESTIONS; i++) {
      String text = "Question " + i + ": does this hold for patients over eighty with CKD, too?";
      room.move(organiser, room.ask(asker, text), "approved").ok();
    }
    Client named = room.join("مريم <Ng>");
    String queued = room.ask(named, "Was tun bei „stillem“ Vorhofflimmern? & warum <b>so</b>?");
    for (String to : List.of("approved", "queued")) {
      room.move(organiser, queued, to).ok();
    }
    room.vote(room.join(""), queued).ok();
    String staged = room.ask(named, "Is this the one being answered?");
    for (String to : List.of("approved", "stage")) {
      room.move(organiser, staged, to).ok();
    }
    return room;
  }

  private static boolean isShell(String address) {
    return address.startsWith("/s/") || SHELL.contains(address.replaceFirst("^/a/[^/]+/", ""));
  }

  private static void listen(
      CDPSession devtools, Map<String, Double> bytes, Map<String, String> addresses) {
    devtools.on(
        "Network.requestWillBeSent",
        event ->
            addresses.put(
                event.get("requestId").getAsString(),
                URI.create(event.getAsJsonObject("request").get("url").getAsString()).getPath()));
    devtools.on(
        "Network.loadingFinished",
        event ->
            bytes.merge(
                event.get("requestId").getAsString(),
                event.get("encodedDataLength").getAsDouble(),
                Double::sum));
    devtools.send("Network.enable");
  }

  private static void slow(CDPSession devtools) {
    com.google.gson.JsonObject network = new com.google.gson.JsonObject();
    network.addProperty("offline", false);
    network.addProperty("latency", LATENCY_MS);
    network.addProperty("downloadThroughput", BYTES_PER_SECOND);
    network.addProperty("uploadThroughput", BYTES_PER_SECOND);
    devtools.send("Network.emulateNetworkConditions", network);
  }

  private static List<String> shape(Page page, String when) {
    List<?> lines = (List<?>) page.evaluate("seen." + when);
    assertThat(lines).as(when).hasSizeGreaterThan(100);
    return lines.stream().map(String::valueOf).toList();
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }
}
