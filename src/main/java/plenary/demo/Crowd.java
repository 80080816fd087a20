package plenary.demo;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Forty attendees, who come, ask from the list, and vote for what others vote for. */
final class Crowd {
  static final int PEOPLE = 40;

  /** Those who sit there before the newcomer looks in. */
  private static final int EARLY = 12;

  private static final int CALM = 10;
  private static final int REFUSALS_MAX = 200;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
  private static final long SEED = 2026;

  private final Calls calls;
  private final String session;
  private final String joinCode;
  private final Pace pace;
  private final Random random = new Random(SEED);
  private final List<String> tokens = new ArrayList<>();
  private final Deque<String> questions = new ArrayDeque<>(Sample.questions());
  private List<JsonObject> seen = List.of();
  private long seenAt;
  private int asked;
  private int refusals;

  Crowd(Calls calls, String session, String joinCode, Pace pace) {
    this.calls = calls;
    this.session = session;
    this.joinCode = joinCode;
    this.pace = pace;
  }

  /** The first ones come, and what a moderator made of their questions is there. */
  void open(SampleMeeting meeting) {
    Set<String> before = meeting.asked();
    for (int i = 0; i < EARLY; i++) {
      come();
    }
    if (before.isEmpty()) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < Sample.OPENING; i++) {
        ids.add(ask(questions.removeFirst()));
      }
      ids.forEach(id -> meeting.move(id, "approved"));
      for (int i = 0; i < ids.size() * EARLY / 3; i++) {
        vote();
      }
      meeting.move(ids.get(2), "stage");
      meeting.move(ids.get(2), "answered");
      meeting.move(ids.get(0), "stage");
      meeting.move(ids.get(3), "queued");
      meeting.move(ids.get(1), "queued");
      chat(meeting);
    }
    questions.removeIf(before::contains);
  }

  /** The host's welcome and first prompt are out and answered; the others wait for the newcomer. */
  private void chat(SampleMeeting meeting) {
    String said = null;
    for (String line : Sample.chat()) {
      String text = line.substring(2);
      switch (line.charAt(0)) {
        case '!' -> meeting.say(meeting.prompt("welcome", text));
        case '?' -> {
          String prompt = meeting.prompt("prompt", text);
          if (said == null) {
            said = prompt;
            meeting.say(prompt);
          }
        }
        default ->
            meeting.move(ask(new JsonObject().put("text", text).put("prompt", said)), "approved");
      }
    }
  }

  /** Lives on until the time is over or the server does not answer any more. */
  void run() throws InterruptedException {
    long start = System.nanoTime();
    long nextAsk = 0;
    while (refusals < REFUSALS_MAX) {
      long now = System.nanoTime() - start;
      if (now > pace.end().toNanos()) {
        return;
      }
      boolean lively = now < pace.lively().toNanos();
      try {
        if (tokens.size() < Math.min(PEOPLE, due(now))) {
          come();
        } else if (now >= nextAsk && !questions.isEmpty()) {
          nextAsk = now + pace.askEvery().toNanos() * (lively ? 1 : CALM);
          ask(questions.removeFirst());
        } else {
          vote();
        }
        refusals = 0;
      } catch (Calls.Refused refused) {
        // Too fast, or the newcomer closed the session: people try again, but not for ever.
        refusals++;
      }
      Thread.sleep(pace.tick().multipliedBy(lively ? 1 : CALM));
    }
  }

  private long due(long now) {
    return EARLY + (PEOPLE - EARLY) * now / Math.max(1, pace.arrival().toNanos());
  }

  private void come() {
    JsonObject who = new JsonObject().put("code", joinCode);
    if (tokens.size() % 2 == 0 && tokens.size() / 2 < Sample.NAMES.size()) {
      who.put("name", Sample.NAMES.get(tokens.size() / 2));
    }
    String token = calls.json(HttpMethod.POST, "/api/join", null, who).getString("token");
    tokens.add(token);
    calls.watch(session, token);
  }

  private String ask(String text) {
    return ask(new JsonObject().put("text", text));
  }

  private String ask(JsonObject body) {
    String token = tokens.get(asked++ * 7 % tokens.size());
    return calls.json(HttpMethod.POST, path("/questions"), token, body).getString("id");
  }

  /** The more votes a question has, the more people see it, and vote for it. */
  private void vote() {
    if (System.nanoTime() - seenAt > LOOK_EVERY.toNanos() || seen.isEmpty()) {
      seen = votable();
      seenAt = System.nanoTime();
    }
    if (seen.isEmpty()) {
      return;
    }
    int sum = 0;
    for (JsonObject question : seen) {
      sum += weight(question);
    }
    int at = random.nextInt(sum);
    for (JsonObject question : seen) {
      at -= weight(question);
      if (at < 0) {
        vote(question.getString("id"));
        return;
      }
    }
  }

  private void vote(String question) {
    String token = tokens.get(random.nextInt(tokens.size()));
    try {
      calls.json(HttpMethod.PUT, path("/questions/" + question + "/vote"), token, null);
    } catch (Calls.Refused refused) {
      // 403 is the asker's own question, 404 one that a moderator just took away.
      if (refused.status() != 403 && refused.status() != 404) {
        throw refused;
      }
    }
  }

  private static int weight(JsonObject question) {
    return 2 + question.getInteger("votes", 0);
  }

  private List<JsonObject> votable() {
    JsonArray all =
        calls
            .json(HttpMethod.GET, path("/questions?sort=votes&limit=60"), tokens.getFirst(), null)
            .getJsonArray("questions");
    List<JsonObject> open = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      JsonObject question = all.getJsonObject(i);
      if (Set.of("approved", "queued", "stage").contains(question.getString("status"))) {
        open.add(question);
      }
    }
    return open;
  }

  private String path(String rest) {
    return "/api/sessions/" + session + rest;
  }
}
