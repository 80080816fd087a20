package plenary.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import plenary.support.Client;
import plenary.support.Client.Reply;

/** Two moderators who act on the cards of a third, and what each of the three was told of it. */
final class Conflicts {
  /** When the others act, seen from the key. */
  enum When {
    NEVER,
    BEFORE,
    EDITED_BEFORE,
    AT_ONCE,
    AFTER,
    /** On the card before, as it was when they had last looked. */
    LATE
  }

  static final List<When> WHEN = List.of(When.values());

  /** One act of the desk: on which question, which way. */
  private record Press(String question, String to, boolean surely) {}

  /** One act that was answered: by whom, with which status, as which entry of the log. */
  private record Told(String by, String question, String to, int status, String entry) {}

  private final Hall hall;
  private final Page page;
  private final List<Client> others;
  private final List<String> names = List.of("Mo", "Nora");
  private final Map<String, Long> seen = new HashMap<>();
  private final List<Press> presses = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final Map<CompletableFuture<Reply>, JsonObject> acts = new HashMap<>();
  private String previous;
  private int turn;

  Conflicts(Hall hall, Page page) {
    this.hall = hall;
    this.page = page;
    this.others = names.stream().map(name -> hall.staff("moderator", name)).toList();
    for (Object each :
        hall.organiser().get(hall.path("/state?view=moderator")).ok().getJsonArray("put")) {
      JsonObject put = (JsonObject) each;
      if (put.getString("key").startsWith("triage/")) {
        seen.put(put.getString("key").substring("triage/".length()), put.getLong("version"));
      }
    }
    page.onRequest(
        request -> {
          if (request.method().equals("POST") && request.url().endsWith("/moves")) {
            requests.add(request);
          }
        });
  }

  /** What others do before the key. */
  void before(String at, When when) {
    if (when == When.BEFORE) {
      Client.result(act("POST", at, "/moves", "approved", "{\"to\":\"approved\"}"));
    } else if (when == When.EDITED_BEFORE) {
      Client.result(act("PATCH", at, "", null, "{\"labels\":[\"later\"]}"));
    } else if (when == When.AT_ONCE) {
      act("POST", at, "/moves", "queued", "{\"to\":\"queued\"}");
    }
  }

  /** What they do after it. */
  void after(String at, When when, String to) {
    boolean surely = when == When.BEFORE && taken(at);
    presses.add(new Press(at, to, surely));
    if (when == When.AFTER) {
      act("POST", at, "/moves", "dismissed", "{\"to\":\"dismissed\",\"reason\":\"unclear\"}");
    } else if (when == When.LATE && previous != null) {
      act("POST", previous, "/moves", "approved", "{\"to\":\"approved\"}");
    }
    previous = at;
  }

  /** Whether the act of another one on it, just before the key, took effect. */
  private boolean taken(String at) {
    return acts.entrySet().stream()
        .anyMatch(
            each ->
                each.getValue().getString("question").equals(at)
                    && each.getKey().isDone()
                    && each.getKey().join().status() == 200);
  }

  private CompletableFuture<Reply> act(
      String method, String question, String rest, @Nullable String to, String body) {
    int who = turn++ % others.size();
    CompletableFuture<Reply> reply =
        others
            .get(who)
            .send(
                method,
                hall.path("/questions/" + question + rest),
                body,
                "Idempotency-Key",
                Client.key(),
                "If-Match",
                "\"" + seen.get(question) + "\"");
    acts.put(
        reply, new JsonObject().put("by", names.get(who)).put("question", question).put("to", to));
    return reply;
  }

  /** Compares the log with what everybody was told; gives the figures. */
  String check() {
    List<Told> told = new ArrayList<>();
    acts.forEach(
        (reply, act) -> {
          Reply answer = Client.result(reply);
          told.add(
              new Told(
                  act.getString("by"),
                  act.getString("question"),
                  act.getString("to"),
                  answer.status(),
                  answer.json().getString("entry")));
        });
    for (Request request : requests) {
      JsonObject answer = new JsonObject(request.response().text());
      told.add(
          new Told(
              "Anna",
              request.url().replaceAll(".*/questions/([^/]+)/moves", "$1"),
              new JsonObject(request.postData()).getString("to"),
              request.response().status(),
              answer.getString("entry")));
    }
    Assertions.assertThat(told).allMatch(each -> each.status() == 200 || each.status() == 409);
    JsonArray log = hall.organiser().get(hall.path("/log?limit=200")).ok().getJsonArray("entries");
    theLogIsWhatWasTold(told, log);
    everyKeyHasItsOutcome(told, log);
    nobodyWasOverwritten(log);
    long refused = told.stream().filter(each -> each.status() == 409).count();
    long refusedOthers =
        told.stream().filter(each -> each.status() == 409 && !each.by().equals("Anna")).count();
    Assertions.assertThat(refusedOthers).as("the others lose too").isPositive();
    return String.format(
        "%d acts of others, %d of them refused, %d of the desk refused",
        acts.size(), refusedOthers, refused - refusedOthers);
  }

  private static void theLogIsWhatWasTold(List<Told> told, JsonArray log) {
    List<String> written =
        log.stream()
            .map(JsonObject.class::cast)
            .flatMap(
                entry ->
                    entry.getJsonArray("questions").stream()
                        .map(JsonObject.class::cast)
                        .map(
                            one ->
                                entry.getString("id")
                                    + " "
                                    + entry.getString("by")
                                    + " "
                                    + one.getString("id")
                                    + " "
                                    + one.getJsonObject("to").getString("status")))
            .toList();
    List<String> acknowledged =
        told.stream()
            .filter(each -> each.entry() != null)
            .map(each -> each.entry() + " " + each.by() + " " + each.question() + " " + each.to())
            .toList();
    Assertions.assertThat(acknowledged).containsExactlyInAnyOrderElementsOf(written);
  }

  /** Done, or said on the card with the name of who was faster. */
  private void everyKeyHasItsOutcome(List<Told> told, JsonArray log) {
    @SuppressWarnings("unchecked")
    Map<String, List<String>> said = (Map<String, List<String>>) page.evaluate("() => window.told");
    int sure = 0;
    for (String question : presses.stream().map(Press::question).distinct().toList()) {
      List<Press> mine = presses.stream().filter(each -> each.question().equals(question)).toList();
      List<Told> answers =
          told.stream()
              .filter(each -> each.by().equals("Anna") && each.question().equals(question))
              .toList();
      long done = answers.stream().filter(each -> each.status() == 200).count();
      Assertions.assertThat(answers.size()).as(question).isLessThanOrEqualTo(mine.size());
      if (done < mine.size()) {
        Assertions.assertThat(said.getOrDefault(question, List.of()))
            .as("%s, pressed %s, answered %s", question, mine, answers)
            .anyMatch(
                words -> words.contains("Mo was faster") || words.contains("Nora was faster"));
      }
      if (mine.stream().anyMatch(Press::surely)) {
        Assertions.assertThat(done).as(question).isLessThan(mine.size());
        sure++;
      }
    }
    Assertions.assertThat(sure).as("cards taken from under the cursor").isGreaterThan(5);
    Assertions.assertThat(log.size()).isLessThan(200);
  }

  /** Every act on a question began where the one before it had left it. */
  private static void nobodyWasOverwritten(JsonArray log) {
    Map<String, String> status = new HashMap<>();
    for (int i = log.size() - 1; i >= 0; i--) {
      for (Object one : log.getJsonObject(i).getJsonArray("questions")) {
        JsonObject change = (JsonObject) one;
        if (change.getJsonObject("to").getString("status") == null) {
          continue;
        }
        String from = change.getJsonObject("from").getString("status");
        String before = status.getOrDefault(change.getString("id"), "incoming");
        Assertions.assertThat(from).as(log.getJsonObject(i).encode()).isEqualTo(before);
        status.put(change.getString("id"), change.getJsonObject("to").getString("status"));
      }
    }
  }
}
