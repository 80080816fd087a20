package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Client.Reply;
import plenary.support.Fold;
import plenary.support.Nodes;
import plenary.support.Room;

/**
 * What a client has after the changes is what it would fetch, for every command and every view:
 * while it watches, when it comes back from any version, and at a node that never saw the session.
 */
class FoldIT {
  private final List<Map<String, Fold>> before = new ArrayList<>();

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  /** One step: the command, then every way of knowing its effect. */
  private Reply step(Watchers watchers, String what, Reply reply) {
    reply.ok();
    Map<String, Fold> now = watchers.check(what);
    watchers.resume(what, Nodes.first().port(), before.getLast(), now);
    before.add(now);
    return reply;
  }

  @Test
  void everyCommandShowsInEveryViewAsWhatIsFetched() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    Client ben = room.join("");
    Client mo = room.staff("moderator", "Mo Derator");
    try (Watchers watchers = new Watchers(room, List.of(ann, ben))) {
      before.add(watchers.check("the beginning"));
      String a = ask(watchers, room, ann, "Does this hold over 80?");
      String b = ask(watchers, room, ben, "And what about patients over 80?");
      String c = ask(watchers, room, ann, "Which dose was used?");
      String d = ask(watchers, room, ben, "Was this a sponsored trial?");
      lifeOf(watchers, room, mo, List.of(a, b, c, d), List.of(ann, ben));
      group(watchers, room, mo, List.of(a, b), List.of(ann, ben));
      stage(watchers, room, mo, List.of(a, b, c));
      chat(watchers, room, mo);
      undoAll(watchers, room, mo);
      step(watchers, "withdraw", ann.delete(room.path(c, "")));
      additions(watchers, room, mo, ann);
      session(watchers, room);

      Map<String, Fold> last = before.getLast();
      for (int i = 0; i < before.size(); i += 4) {
        watchers.resume("version of step " + i, Nodes.second().port(), before.get(i), last);
      }
      last.forEach(
          (view, fold) ->
              assertThat(room.state(room.organiser().at(Nodes.second().port()), view).shared())
                  .isEqualTo(fold.shared()));
    }
  }

  private String ask(Watchers watchers, Room room, Client who, String text) {
    return step(watchers, "ask", who.post(room.path("/questions"), json("text", text)))
        .json()
        .getString("id");
  }

  private void lifeOf(
      Watchers watchers, Room room, Client mo, List<String> questions, List<Client> people) {
    String a = questions.get(0);
    String b = questions.get(1);
    String c = questions.get(2);
    String d = questions.get(3);
    step(watchers, "approve", room.move(mo, a, "approved"));
    step(watchers, "vote", room.vote(people.get(1), a));
    step(watchers, "unvote", people.get(1).delete(room.path(a, "/vote")));
    step(watchers, "vote again", room.vote(people.get(1), a));
    step(watchers, "queue", room.move(mo, a, "queued"));
    step(watchers, "queue at the end", room.move(mo, b, "queued"));
    step(watchers, "queue before", move(mo, room, c, json("to", "queued").put("before", a)));
    step(watchers, "queue after", move(mo, room, c, json("to", "queued").put("after", a)));
    step(watchers, "stage", room.move(mo, a, "stage"));
    step(watchers, "stage another", room.move(mo, b, "stage"));
    assertThat(before.getLast().get("screen").body("question/" + a).getString("status"))
        .isEqualTo("answered");
    step(watchers, "send back", room.move(mo, b, "approved"));
    step(watchers, "answer", room.move(mo, b, "answered"));
    step(watchers, "reopen", room.move(mo, b, "incoming"));
    step(watchers, "dismiss", move(mo, room, d, json("to", "dismissed").put("reason", "no-time")));
    step(watchers, "restore", room.move(mo, d, "incoming"));
    step(watchers, "stay", room.move(mo, d, "incoming"));
    JsonArray both = new JsonArray().add(json("id", a)).add(json("id", d));
    step(watchers, "bulk", bulk(mo, room, json("to", "approved").put("questions", both)));
    step(watchers, "bulk queue", bulk(mo, room, json("to", "queued").put("questions", both)));
    JsonArray turned = new JsonArray().add(json("id", d)).add(json("id", a)).add(json("id", c));
    step(watchers, "turn the queue", bulk(mo, room, json("to", "queued").put("questions", turned)));
    step(watchers, "edit", patch(mo, room, a, json("text", "Does it hold for people over 80?")));
    step(watchers, "label", patch(mo, room, a, json("labels", new JsonArray().add("age"))));
    step(watchers, "pin", patch(mo, room, a, json("pinned", true)));
    step(watchers, "note", patch(mo, room, a, json("note", "The chair knows more.")));
    step(watchers, "assign", patch(mo, room, a, json("assignee", "Maria Okafor")));
    step(watchers, "clear", patch(mo, room, a, new JsonObject().putNull("note")));
  }

  private void group(
      Watchers watchers, Room room, Client mo, List<String> questions, List<Client> people) {
    String a = questions.get(0);
    String b = questions.get(1);
    step(watchers, "approve", room.move(mo, b, "approved"));
    step(watchers, "vote of its root's asker", room.vote(people.get(0), b));
    step(watchers, "merge", mo.post(room.path(b, "/merge"), json("into", a)));
    // Not with Ann's: she asked the root, and nobody votes for their own question.
    assertThat(before.getLast().get("attendee").body("tally/" + a)).isEqualTo(json("votes", 1));
    assertThat(before.getLast().get("attendee").version("tally/" + b)).isEqualTo(-1);
    step(watchers, "unmerge", room.move(mo, b, "incoming"));
    step(watchers, "merge again", mo.post(room.path(b, "/merge"), json("into", a)));
  }

  private void stage(Watchers watchers, Room room, Client mo, List<String> questions) {
    String a = questions.get(0);
    String c = questions.get(2);
    step(watchers, "cue", act(mo, room, json("cue", a)));
    step(watchers, "blackout", act(mo, room, json("blackout", true)));
    step(watchers, "go", act(mo, room, json("go", true)));
    step(watchers, "freeze", act(mo, room, json("freeze", true)));
    step(watchers, "edit while frozen", patch(mo, room, a, json("text", "Over 80, does it hold?")));
    step(watchers, "go while frozen", act(mo, room, json("go", c)));
    step(watchers, "dismiss while frozen", room.move(mo, a, "dismissed"));
    step(watchers, "thaw", act(mo, room, json("freeze", false)));
    step(watchers, "scene", act(mo, room, json("scene", "top").put("chair", true)));
    step(watchers, "next", mo.post(room.path("/stage/next"), json("skip", true)));
    step(
        watchers,
        "clock",
        mo.post(room.path("/stage/clock"), json("action", "start").put("minutes", 5)));
    step(watchers, "pause", mo.post(room.path("/stage/clock"), json("action", "pause")));
    step(watchers, "note", patch(mo, room, c, json("note", "Slide 7")));
    Reply sent = step(watchers, "message", mo.post(room.path("/messages"), json("text", "Soon")));
    String message = room.path("/messages/" + sent.json().getString("id"));
    step(watchers, "receipt", mo.post(message + "/receipt", new JsonObject()));
    step(watchers, "withdraw message", mo.delete(message));
    step(watchers, "claim", mo.put(room.path(a, "/claim")));
    step(watchers, "release", mo.delete(room.path(a, "/claim")));
    step(watchers, "pause asking", mo.patch(room.path(""), json("asking", "paused")));
    step(watchers, "ask again", mo.patch(room.path(""), json("asking", "open")));
  }

  private void chat(Watchers watchers, Room room, Client mo) {
    String first = room.path("/prompts/" + prompt(watchers, room, mo, "Which dose?"));
    String second = room.path("/prompts/" + prompt(watchers, room, mo, "Which patients?"));
    step(watchers, "edit prompt", mo.patch(second, json("at", "2036-08-28T10:00:00Z")));
    step(watchers, "skip prompt", mo.post(first + "/moves", json("to", "skipped")));
    step(watchers, "send prompt", mo.post(first + "/moves", json("to", "now")));
    step(watchers, "remove prompt", mo.delete(second));
    step(watchers, "pause wall", mo.patch(room.path("/chat"), json("wallPaused", true)));
  }

  private String prompt(Watchers watchers, Room room, Client mo, String text) {
    return step(watchers, "prompt", mo.post(room.path("/prompts"), json("text", text)))
        .json()
        .getString("id");
  }

  /** Takes everything back that can be, newest first. */
  private void undoAll(Watchers watchers, Room room, Client mo) {
    JsonArray entries = mo.get(room.path("/log?limit=200")).ok().getJsonArray("entries");
    int done = 0;
    for (Object each : entries) {
      JsonObject entry = (JsonObject) each;
      Reply reply = room.undo(mo, entry.getString("id"));
      assertThat(reply.status()).as("%s: %s", entry, reply.json()).isEqualTo(200);
      step(watchers, "undo of " + entry.getString("action"), reply);
      done++;
    }
    assertThat(done).isGreaterThan(20);
    before.getLast().get("moderator").all("question").stream()
        .map(question -> question.getString("status"))
        .forEach(status -> assertThat(status).isEqualTo("incoming"));
  }

  /** What moderators bring in: from the hall's microphone, and from the talk before. */
  private void additions(Watchers watchers, Room room, Client mo, Client ann) {
    JsonObject hall = json("text", "Who asks here?").put("author", json("name", "Row three"));
    String entry =
        step(watchers, "ask on behalf", mo.post(room.path("/questions"), hall))
            .json()
            .getString("entry");
    step(watchers, "undo of ask", room.undo(mo, entry));
    Room earlier = Room.in(room.organiser(), room.meeting());
    String origin = earlier.ask(ann, "And what about the next talk?");
    earlier.move(room.organiser(), origin, "approved").ok();
    earlier.vote(room.join(""), origin).ok();
    JsonObject taken =
        json("from", earlier.session()).put("questions", new JsonArray().add(origin));
    Reply carried =
        step(watchers, "carry over", room.organiser().post(room.path("/carry-over"), taken));
    String copy = carried.json().getJsonArray("questions").getJsonObject(0).getString("id");
    assertThat(before.getLast().get("attendee").body("tally/" + copy)).isEqualTo(json("votes", 1));
    step(watchers, "undo of carry", room.undo(mo, carried.json().getString("entry")));
  }

  private void session(Watchers watchers, Room room) {
    step(
        watchers,
        "title",
        room.organiser().patch(room.path(""), json("title", "Heart failure II")));
    step(watchers, "close", room.organiser().patch(room.path(""), json("state", "closed")));
    step(watchers, "reopen", room.organiser().patch(room.path(""), json("state", "live")));
  }

  private static Reply move(Client who, Room room, String question, JsonObject body) {
    return who.post(room.path(question, "/moves"), body);
  }

  private static Reply act(Client who, Room room, JsonObject act) {
    return who.post(room.path("/stage"), act);
  }

  private static Reply bulk(Client who, Room room, JsonObject body) {
    return who.post(room.path("/moves"), body);
  }

  private static Reply patch(Client who, Room room, String question, JsonObject body) {
    return who.patch(room.path(question, ""), body);
  }
}
