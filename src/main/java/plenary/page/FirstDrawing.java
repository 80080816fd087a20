package plenary.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plenary.web.page.Template;

/**
 * What the attendee's page shows first, drawn here: somebody who comes for the first time can read
 * the questions while everything that can be done with them is still on its way. The page draws the
 * same over it ({@code pages/attendee.js}); {@code AttendeeBudgetIT} holds that nothing moves.
 */
final class FirstDrawing {
  /** Cards that fill a tall screen. What is below is drawn before anybody gets there. */
  private static final int CARDS = 10;

  private static final Set<String> OPEN = Set.of("approved", "queued");
  private static final Set<String> PUBLIC = Set.of("approved", "queued", "answered");
  private static final Map<String, String> NETWORKS =
      Map.of("bluesky", "Bluesky", "mastodon", "Mastodon", "x", "X");

  private FirstDrawing() {}

  /**
   * Nothing where the page itself has to know more before it draws: of who was here before it has
   * notes that the server cannot see.
   */
  static String of(JsonObject state, JsonObject words, String language) {
    JsonObject snapshot = state.getJsonObject("snapshot");
    if (snapshot == null || part(state, "me").containsKey("participant")) {
      return "";
    }
    Map<String, JsonObject> entities = new HashMap<>();
    for (Object each : list(snapshot, "put")) {
      if (each instanceof JsonObject entry) {
        entities.put(entry.getString("key"), part(entry, "body"));
      }
    }
    JsonObject session = entities.getOrDefault("session", state.getJsonObject("session"));
    if (!Set.of("open", "live").contains(session.getString("state", ""))
        || "named".equals(session.getString("anonymity"))) {
      return "";
    }
    Phrases phrases = new Phrases(words, language);
    JsonObject meeting = part(session.containsKey("meeting") ? session : state, "meeting");
    Instant now = Instant.parse(snapshot.getString("now", Instant.now().toString()));
    return head(session, meeting, snapshot.getLong("live", 0L), phrases)
        + new Page(entities, phrases, now).column();
  }

  private static String head(JsonObject session, JsonObject meeting, long live, Phrases words) {
    String name = text(meeting.getString("name"));
    String logo = part(meeting, "look").getString("logo");
    String who =
        list(session, "speakers").stream()
            .map(one -> one instanceof JsonObject person ? person.getString("name") : one)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    String room = text(session.getString("room"));
    return "<header class=\"head\"><div class=\"head-line\">"
        + (logo == null
            ? ""
            : "<img class=\"meeting-logo\" src=\"" + text(logo) + "\" alt=\"" + name + "\">")
        + "<span class=\"over\" dir=\"auto\">"
        + name
        + "</span><span class=\"mark mark-catching\"><i></i><span>"
        + text(words.of("link.catching"))
        + "</span></span></div><h1 dir=\"auto\">"
        + text(session.getString("title"))
        + "</h1><p class=\"meta\">"
        + (who.isEmpty() ? "" : auto(who))
        + (room.isEmpty() ? "" : "<span dir=\"auto\">" + room + "</span>")
        + (live > 1 ? span(words.of("live.people", live)) : "")
        + "</p></header>";
  }

  private static JsonObject part(JsonObject whole, String name) {
    JsonObject part = whole.getJsonObject(name);
    return part == null ? new JsonObject() : part;
  }

  private static JsonArray list(JsonObject whole, String name) {
    JsonArray list = whole.getJsonArray(name);
    return list == null ? new JsonArray() : list;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : Template.escape(text);
  }

  private static String auto(String text) {
    return "<span dir=\"auto\">" + text(text) + "</span>";
  }

  private static String span(String text) {
    return "<span>" + text(text) + "</span>";
  }

  /** What is below the head. */
  private record Page(Map<String, JsonObject> entities, Phrases words, Instant now) {
    String column() {
      String stage =
          questions().stream()
              .filter(one -> "stage".equals(one.getString("status")))
              .findFirst()
              .map(this::stage)
              .orElse("");
      return "<div class=\"column\">" + tabs() + stage + list() + "</div>";
    }

    private List<JsonObject> questions() {
      List<JsonObject> questions = new ArrayList<>();
      entities.forEach(
          (key, body) -> {
            if (key.startsWith("question/")) {
              questions.add(body);
            }
          });
      return questions;
    }

    private String tabs() {
      boolean chat =
          entities.entrySet().stream()
                  .anyMatch(
                      each ->
                          each.getKey().startsWith("prompt/")
                              && "out".equals(each.getValue().getString("state")))
              || questions().stream()
                  .anyMatch(
                      one ->
                          "wall".equals(one.getString("place"))
                              && PUBLIC.contains(one.getString("status")));
      return chat
          ? "<div class=\"segments tabs\">"
              + button(true, "questions.title")
              + button(false, "chat.title")
              + "</div>"
          : "";
    }

    private String button(boolean pressed, String key) {
      return "<button type=\"button\" disabled aria-pressed=\""
          + pressed
          + "\">"
          + text(words.of(key))
          + "</button>";
    }

    private String stage(JsonObject question) {
      return "<section class=\"stage\"><h2><i></i>"
          + text(words.of("stage.now"))
          + "</h2><p class=\"stage-text\" dir=\"auto\">"
          + text(question.getString("text"))
          + "</p><p class=\"meta\">"
          + auto(author(question))
          + found(question)
          + span(words.of("votes", votes(question)))
          + "</p></section>";
    }

    private String list() {
      List<JsonObject> open =
          questions().stream()
              .filter(
                  one -> one.getValue("place") == null && OPEN.contains(one.getString("status")))
              .sorted(
                  Comparator.comparing(
                          (JsonObject one) -> !Boolean.TRUE.equals(one.getBoolean("pinned")))
                      .thenComparing(one -> -votes(one))
                      .thenComparing(one -> one.getString("id")))
              .toList();
      String cards = open.stream().limit(CARDS).map(this::card).collect(Collectors.joining());
      return "<section class=\"questions\"><header class=\"list-head\"><h2>"
          + text(words.of("questions.title"))
          + "<span class=\"count\">"
          + words.number(open.size())
          + "</span></h2><div class=\"segments\">"
          + button(true, "questions.top")
          + button(false, "questions.new")
          + "</div></header>"
          + (open.isEmpty() ? empty() : "<ol class=\"cards\">" + cards + "</ol>")
          + "</section>";
    }

    private String empty() {
      boolean taken =
          questions().stream()
              .map(one -> one.getString("status", ""))
              .anyMatch(Set.of("stage", "answered")::contains);
      boolean paused =
          "paused".equals(entities.getOrDefault("session", new JsonObject()).getString("asking"));
      String key = taken ? "noneLeft" : paused ? "noneAsked" : "none";
      return "<p class=\"empty\">" + text(words.of("questions." + key)) + "</p>";
    }

    private String card(JsonObject question) {
      String role = part(question, "author").getString("role");
      Duration age = Duration.between(Instant.parse(question.getString("askedAt")), now);
      return "<li class=\"card\"><div class=\"card-text\"><p dir=\"auto\">"
          + text(question.getString("text"))
          + "</p><p class=\"meta\">"
          + auto(author(question))
          + found(question)
          + (role == null ? "" : chip("badge", "role." + role))
          + span(words.age(age))
          + ("queued".equals(question.getString("status"))
              ? chip("chip chip-queued", "fate.queued")
              : "")
          + FirstDrawing.list(question, "labels").stream()
              .map(label -> "<span class=\"chip\" dir=\"auto\">" + text("" + label) + "</span>")
              .collect(Collectors.joining())
          + "</p></div><button type=\"button\" class=\"vote\" disabled>"
          + "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">"
          + "<path d=\"M12 19V6M6 12l6-6 6 6\"/></svg><span>"
          + words.number(votes(question))
          + "</span></button></li>";
    }

    private String chip(String look, String key) {
      return "<span class=\"" + look + "\">" + text(words.of(key)) + "</span>";
    }

    private String author(JsonObject question) {
      String name = part(question, "author").getString("name");
      return name == null ? words.of("author.anonymous") : name;
    }

    private static String found(JsonObject question) {
      JsonObject origin = question.getJsonObject("origin");
      String source = question.getString("source", "");
      return origin == null
          ? ""
          : "<span class=\"found\">"
              + text(NETWORKS.getOrDefault(source, source))
              + " <bdi>@"
              + text(origin.getString("handle"))
              + "</bdi></span>";
    }

    private long votes(JsonObject question) {
      JsonObject tally = entities.get("tally/" + question.getString("id"));
      return tally == null ? 0 : tally.getLong("votes", 0L);
    }
  }
}
