package plenary.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Client.Reply;
import plenary.support.Fold;
import plenary.support.Nodes;
import plenary.support.Room;
import plenary.support.StreamClient;

/** What moderators and the podium do with the stage, and what each view is told of it. */
class StageIT {
  private Room room;
  private Client mo;
  private Client nora;
  private Client maria;
  private Client ann;

  @BeforeEach
  void everybodyIsThere() {
    room = Room.open(Nodes.organiser());
    mo = room.staff("moderator", "Mo");
    nora = room.staff("moderator", "Nora");
    maria = room.staff("speaker", "Maria");
    ann = room.join("Ann");
  }

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private Reply act(Client who, JsonObject act, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Idempotency-Key";
    all[headers.length + 1] = Client.key();
    return Client.result(who.send("POST", room.path("/stage"), act.encode(), all));
  }

  private Reply next(Client who, JsonObject act) {
    return who.post(room.path("/stage/next"), act);
  }

  private Fold view(String view) {
    return room.state(room.organiser(), view);
  }

  private String status(String question) {
    return view("moderator").body("question/" + question).getString("status");
  }

  private String approved(String text) {
    String question = room.ask(ann, text);
    room.move(mo, question, "approved").ok();
    return question;
  }

  private String queued(String text) {
    String question = approved(text);
    room.move(mo, question, "queued").ok();
    return question;
  }

  @Test
  void aCueIsForModeratorsAloneAndGoIsTheMoveWithItsEntry() {
    String first = approved("Who goes first?");
    String second = room.ask(ann, "Who goes second?");
    act(mo, json("go", first)).ok();
    act(mo, json("cue", second)).ok();

    assertThat(view("moderator").body("desk").getString("cue")).isEqualTo(second);
    assertThat(view("moderator").body("desk").getString("cuedBy")).isEqualTo("Mo");
    for (String view : new String[] {"screen", "speaker", "attendee"}) {
      assertThat(view(view).shared()).doesNotContain(second).doesNotContain("desk@");
    }

    act(mo, json("blackout", true)).ok();
    JsonObject went = act(nora, json("go", true)).ok();
    assertThat(status(first)).isEqualTo("answered");
    assertThat(status(second)).isEqualTo("stage");
    assertThat(went.getBoolean("blackout")).isFalse();
    assertThat(view("moderator").body("desk").containsKey("cue")).isFalse();
    JsonObject entry =
        mo.get(room.path("/log?limit=1")).ok().getJsonArray("entries").getJsonObject(0);
    assertThat(entry.getString("id")).isEqualTo(went.getString("entry"));
    assertThat(entry.getString("by")).isEqualTo("Nora");
    assertThat(entry.getJsonArray("questions")).hasSize(2);

    room.undo(mo, went.getString("entry")).ok();
    assertThat(status(first)).isEqualTo("stage");
    assertThat(status(second)).isEqualTo("incoming");
  }

  @Test
  void whoSawAnOlderStageOrQuestionIsRefusedAndNothingChanges() {
    String question = approved("Was this seen?");
    long before = view("moderator").version("triage/" + question);
    act(mo, json("scene", "top")).ok();
    String seen = "\"" + view("moderator").version("desk") + "\"";
    act(nora, json("go", question), "If-Match", seen).ok();

    Reply late = act(mo, json("blackout", true), "If-Match", seen);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.problem()).isEqualTo("stale-version");
    assertThat(late.json().getString("detail")).startsWith("Nora changed the stage");
    assertThat(view("screen").body("stage").getBoolean("blackout")).isFalse();

    room.move(mo, question, "approved").ok();
    Reply stale = act(mo, json("go", question).put("version", before).put("scene", "join"));
    assertThat(stale.problem()).isEqualTo("stale-version");
    assertThat(view("screen").body("stage").getString("scene")).isEqualTo("top");
    assertThat(act(mo, json("go", true)).problem()).isEqualTo("nothing-cued");
    assertThat(act(mo, json("go", UUID.randomUUID().toString())).status()).isEqualTo(404);
  }

  @Test
  void aFrozenHallKeepsItsPictureWhileModeratorsGoOn() {
    String shown = approved("What does the hall see?");
    String other = queued("What comes after?");
    room.vote(room.join(""), shown).ok();
    act(mo, json("go", shown)).ok();
    act(mo, json("freeze", true)).ok();
    JsonObject picture = view("screen").body("frozen");
    assertThat(picture.getJsonObject("question").getString("text"))
        .isEqualTo("What does the hall see?");
    assertThat(picture.getJsonObject("question").getInteger("votes")).isEqualTo(1);
    assertThat(picture.getJsonArray("top")).hasSize(1);

    act(mo, json("go", other).put("scene", "join")).ok();
    act(mo, json("freeze", true)).ok();
    assertThat(view("screen").body("frozen")).isEqualTo(picture);
    assertThat(view("speaker").version("frozen")).isEqualTo(-1);

    act(mo, json("freeze", false)).ok();
    assertThat(view("screen").version("frozen")).isEqualTo(-1);
    assertThat(view("screen").body("stage").getBoolean("frozen")).isFalse();
  }

  @Test
  void whatIsTakenBackLeavesTheFrozenPictureAndACorrectionTakesItsPlace() {
    String named = approved("Is Mr Smith better now?");
    String top = approved("What do others do?");
    act(mo, json("go", named)).ok();
    act(mo, json("freeze", true)).ok();

    mo.patch(room.path(named, ""), json("text", "Is the patient better now?")).ok();
    assertThat(view("screen").body("frozen").encode())
        .contains("Is the patient better now?")
        .doesNotContain("Smith");

    String entry = room.move(mo, named, "incoming").ok().getString("entry");
    assertThat(view("screen").body("frozen").containsKey("question")).isFalse();
    assertThat(view("screen").shared()).doesNotContain("the patient better");
    room.undo(mo, entry).ok();
    assertThat(view("screen").body("frozen").containsKey("question")).isFalse();

    ann.delete(room.path(top, "")).ok();
    assertThat(view("screen").body("frozen").getJsonArray("top")).isEmpty();
  }

  @Test
  void blackoutBeatsFreezeAndAGoWhileFrozenDoesNotLightTheHall() {
    String question = approved("Is it dark?");
    act(mo, json("freeze", true).put("blackout", true)).ok();
    act(mo, json("go", question)).ok();
    assertThat(view("screen").body("stage").getBoolean("blackout")).isTrue();
    act(mo, json("freeze", false)).ok();
    act(mo, json("go", question).put("blackout", false)).ok();
    assertThat(view("screen").body("stage").getBoolean("blackout")).isFalse();
  }

  @Test
  void theSameAgainChangesNothing() {
    act(mo, json("scene", "top").put("chair", true)).ok();
    long version = view("moderator").version("desk");
    act(nora, json("scene", "top").put("freeze", false)).ok();
    assertThat(view("moderator").version("desk")).isEqualTo(version);
    act(nora, new JsonObject().putNull("scene")).ok();
    assertThat(view("screen").body("stage").containsKey("scene")).isFalse();
  }

  @Test
  void aChairHasNextAndSkipWhileModeratorsGiveThem() {
    String first = queued("First?");
    String second = queued("Second?");
    Reply refused = next(maria, new JsonObject());
    assertThat(refused.problem()).isEqualTo("not-chair");

    act(mo, json("chair", true)).ok();
    assertThat(next(maria, new JsonObject().putNull("from")).ok().getString("question"))
        .isEqualTo(first);
    assertThat(next(maria, new JsonObject().putNull("from")).problem()).isEqualTo("stale-version");
    next(maria, json("skip", true).put("from", first)).ok();
    assertThat(status(first)).isEqualTo("approved");
    assertThat(status(second)).isEqualTo("stage");
    JsonObject entry =
        mo.get(room.path("/log?limit=1")).ok().getJsonArray("entries").getJsonObject(0);
    assertThat(entry.getString("by")).isEqualTo("Maria");
    assertThat(entry.getString("role")).isEqualTo("speaker");

    next(maria, new JsonObject()).ok();
    assertThat(status(second)).isEqualTo("answered");
    assertThat(next(maria, new JsonObject()).problem()).isEqualTo("nothing-next");
  }

  @Test
  void theClockIsSetFromThePodiumTooAndTellsAbsoluteTimes() {
    assertThat(maria.post(room.path("/stage/clock"), json("action", "pause")).problem())
        .isEqualTo("no-clock");
    maria.post(room.path("/stage/clock"), json("action", "start").put("minutes", 5)).ok();
    String end = view("screen").body("stage").getJsonObject("clock").getString("endsAt");
    assertThat(end).endsWith("Z");
    act(mo, json("clock", json("action", "pause"))).ok();
    long left = view("speaker").body("stage").getJsonObject("clock").getLong("leftMs");
    assertThat(left).isBetween(240_000L, 300_000L);
    assertThat(view("moderator").body("desk").getString("by")).isEqualTo("Mo");
    assertThat(view("attendee").version("stage")).isEqualTo(-1);
  }

  @Test
  void thePodiumSaysOkToAMessageAndOldOnesGo() {
    String message =
        mo.post(room.path("/messages"), json("text", "Two more minutes")).ok().getString("id");
    JsonObject told = view("speaker").body("message/" + message);
    assertThat(told.getString("by")).isEqualTo("Mo");
    assertThat(view("screen").shared() + view("attendee").shared())
        .doesNotContain("Two more minutes");

    maria.post(room.path("/messages/" + message + "/receipt"), new JsonObject()).ok();
    nora.post(room.path("/messages/" + message + "/receipt"), new JsonObject()).ok();
    assertThat(view("moderator").body("message/" + message).getString("receivedBy"))
        .isEqualTo("Maria");

    for (int i = 0; i < 20; i++) {
      mo.post(room.path("/messages"), json("text", "Number " + i)).ok();
    }
    assertThat(view("speaker").all("message")).hasSize(20);
    assertThat(view("speaker").version("message/" + message)).isEqualTo(-1);
    String last = view("speaker").all("message").getLast().getString("id");
    mo.delete(room.path("/messages/" + last)).ok();
    mo.delete(room.path("/messages/" + last)).ok();
    assertThat(view("speaker").all("message")).hasSize(19);
    assertThat(maria.post(room.path("/messages/" + last + "/receipt"), new JsonObject()).status())
        .isEqualTo(404);
    assertThat(mo.post(room.path("/messages"), json("text", "x".repeat(201))).status())
        .isEqualTo(422);
  }

  @Test
  void notesReachThePodiumOnceTheirQuestionIsPublic() {
    String question = room.ask(ann, "What is noted?");
    mo.patch(room.path(question, ""), json("note", "She means the second slide")).ok();
    assertThat(view("speaker").version("note/" + question)).isEqualTo(-1);
    room.move(mo, question, "approved").ok();
    assertThat(view("speaker").body("note/" + question).getString("note"))
        .isEqualTo("She means the second slide");
    assertThat(view("screen").shared() + view("attendee").shared()).doesNotContain("second slide");
    room.move(mo, question, "dismissed").ok();
    assertThat(view("speaker").version("note/" + question)).isEqualTo(-1);
  }

  @Test
  void whileAskingIsPausedOnlyNewQuestionsAreRefused() {
    String question = approved("Was this asked before?");
    mo.patch(room.path(""), json("asking", "paused")).ok();
    assertThat(view("attendee").body("session").getString("asking")).isEqualTo("paused");
    Reply refused = ann.post(room.path("/questions"), json("text", "And this?"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("asking-paused");
    room.vote(room.join(""), question).ok();
    room.move(mo, question, "queued").ok();
    assertThat(mo.patch(room.path(""), json("title", "Mine")).status()).isEqualTo(403);
    mo.patch(room.path(""), json("asking", "open")).ok();
    room.ask(ann, "And this?");
  }

  @Test
  void aQuestionHasOneHolderUntilItIsTakenOrNobodyRenewsIt() {
    String question = room.ask(ann, "Who is at this?");
    String path = room.path(question, "/claim");
    JsonObject mine = mo.put(path).ok();
    assertThat(view("moderator").body("claim/" + question).getString("name")).isEqualTo("Mo");
    assertThat(view("speaker").version("claim/" + question)).isEqualTo(-1);
    assertThat(mo.put(path).ok().getString("at")).isEqualTo(mine.getString("at"));

    Reply refused = nora.put(path);
    assertThat(refused.problem()).isEqualTo("claimed");
    assertThat(refused.json().getJsonObject("current").getString("name")).isEqualTo("Mo");
    assertThat(nora.delete(path).problem()).isEqualTo("claimed");
    nora.put(path + "?take=true").ok();
    assertThat(mo.put(path).problem()).isEqualTo("claimed");

    try (StreamClient watcher = StreamClient.open(room.organiser(), room.session(), "moderator")) {
      makeOld(question);
      watcher.await("the claim ends", fold -> fold.version("claim/" + question) == -1);
    }
    mo.put(path).ok();
    mo.delete(path).ok();
    mo.delete(path).ok();
    assertThat(view("moderator").version("claim/" + question)).isEqualTo(-1);
  }

  private static void makeOld(String question) {
    Vertx vertx = Vertx.vertx();
    try {
      result(
          PgConnection.connect(vertx, Nodes.database())
              .compose(
                  sql ->
                      sql.preparedQuery(
                              """
                              update question_claim set expires_at = now() - interval '1 second'
                              where question_id = $1
                              """)
                          .execute(Tuple.of(UUID.fromString(question)))
                          .eventually(sql::close)));
    } finally {
      result(vertx.close());
    }
  }

  @Test
  void aStageOfManyActsAtOnceIsAllOrNothing() {
    String question = approved("All or nothing?");
    JsonObject both =
        json("cue", question).put("clock", json("action", "pause")).put("blackout", true);
    assertThat(act(mo, both).problem()).isEqualTo("no-clock");
    assertThat(view("moderator").version("desk")).isEqualTo(-1);
    JsonObject act =
        json("go", question)
            .put("scene", "stage")
            .put("clock", json("action", "start").put("minutes", 3));
    JsonObject set = act(mo, act).ok();
    assertThat(set.getString("question")).isEqualTo(question);
    assertThat(set.getJsonObject("clock").getString("endsAt")).isNotBlank();
    assertThat(set.getString("scene")).isEqualTo("stage");
  }
}
