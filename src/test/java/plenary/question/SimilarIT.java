package plenary.question;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Client.Reply;
import plenary.support.Fold;
import plenary.support.Nodes;
import plenary.support.Room;

/** Asked already; asked for somebody in the hall; taken along to the next talk. */
class SimilarIT {
  private static final String OVER_EIGHTY = "Does this hold for patients over eighty?";

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private static JsonArray similar(Client who, Room room, String text) {
    return who.post(room.path("/questions/similar"), json("text", text))
        .ok()
        .getJsonArray("questions");
  }

  @Test
  void whoIsAboutToAskIsShownWhatIsPublicAndAlikeWithItsVotes() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    String first = room.ask(ann, OVER_EIGHTY);
    room.ask(ann, "Which dose was used in the second arm?");
    assertThat(similar(room.join(""), room, "does this hold for patients over 80"))
        .as("nobody has approved it yet")
        .isEmpty();

    room.move(room.organiser(), first, "approved").ok();
    Client ben = room.join("");
    room.vote(ben, first).ok();
    JsonObject found = similar(ben, room, "does this hold for patients over 80").getJsonObject(0);
    assertThat(found.getString("id")).isEqualTo(first);
    assertThat(found.getInteger("votes")).isOne();
    assertThat(found.getInteger("score")).isBetween(Lookalike.SCORE_MIN, 99);
    assertThat(similar(ben, room, "DOES THIS HOLD for patients over eighty").getJsonObject(0))
        .isEqualTo(found.copy().put("score", 100));
    assertThat(similar(ben, room, "When is the coffee break?")).isEmpty();

    room.organiser().patch(room.path(first, ""), json("text", "What of the very old?")).ok();
    assertThat(similar(ben, room, OVER_EIGHTY)).as("by its old wording").isEmpty();
    assertThat(similar(ben, room, "what of the very old")).as("by its new wording").hasSize(1);
  }

  @Test
  void moderatorsSeeWithAQuestionWhatIsLikeItButNotFromElsewhere() {
    Room room = Room.open(Nodes.organiser());
    Room other = Room.in(Nodes.organiser(), room.meeting());
    other.ask(other.join(""), OVER_EIGHTY);
    String first = room.ask(room.join(""), OVER_EIGHTY);
    String second = room.ask(room.join(""), "Does this hold for a patient over eighty as well?");
    Fold seen = room.state(room.organiser(), "moderator");
    assertThat(seen.body("triage/" + first).getJsonArray("similar")).isNull();
    JsonObject hint = seen.body("triage/" + second).getJsonArray("similar").getJsonObject(0);
    assertThat(hint.getString("id")).isEqualTo(first);
    assertThat(hint.getInteger("score")).isBetween(60, 99);
  }

  @Test
  void theLookUpGoesThroughItsIndexAndIsQuickAmongAThousand() {
    Room room = Room.open(Nodes.organiser());
    List<Client> people = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      people.add(room.join(""));
    }
    Client ann = people.getFirst();
    long began = System.nanoTime();
    for (int wave = 0; wave < 20; wave++) {
      askFifty(room, people, wave);
    }
    System.out.printf("1,000 asked in %.1f s%n", (System.nanoTime() - began) / 1e9);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      long start = System.nanoTime();
      similar(ann, room, OVER_EIGHTY + " " + i);
      times.add((System.nanoTime() - start) / 1e6);
    }
    times.sort(null);
    System.out.printf(
        "similar among 1,000: median %.1f ms, p95 %.1f ms over HTTP%n",
        times.get(25), times.get(47));
    assertThat(times.get(25)).isLessThan(100);
    assertThat(plan(room)).contains("question_sketch_keys").doesNotContain("Seq Scan");
  }

  private static void askFifty(Room room, List<Client> people, int wave) {
    List<CompletableFuture<Reply>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String text = "Question " + UUID.randomUUID() + " of somebody about dose " + wave + "?";
      asked.add(
          people
              .get(i % people.size())
              .send(
                  "POST",
                  room.path("/questions"),
                  json("text", text).encode(),
                  "Idempotency-Key",
                  Client.key()));
    }
    asked.forEach(reply -> Client.result(reply).ok());
  }

  private static String plan(Room room) {
    Vertx vertx = Vertx.vertx();
    try {
      UUID session = UUID.fromString(room.session());
      return result(
          PgConnection.connect(vertx, Nodes.database())
              .compose(
                  sql ->
                      sql.query("set enable_seqscan = off")
                          .execute()
                          .compose(
                              off ->
                                  sql.preparedQuery(
                                          """
                                          explain select question_id from question_sketch
                                          where keys && $1::integer[] limit 40
                                          """)
                                      .execute(
                                          Tuple.tuple()
                                              .addValue(Wording.of(OVER_EIGHTY).keys(session))))
                          .map(
                              rows -> {
                                StringBuilder plan = new StringBuilder();
                                rows.forEach(row -> plan.append(row.getString(0)).append('\n'));
                                return plan.toString();
                              })
                          .eventually(sql::close)));
    } finally {
      result(vertx.close());
    }
  }

  @Test
  void aModeratorAsksForTheHallAndItIsPublicAtOnceAndCanBeUndone() {
    Room room = Room.open(Nodes.organiser());
    Client mo = room.staff("moderator", "Mo Derator");
    JsonObject body = json("text", "May I ask here?").put("author", json("name", "Row three"));
    JsonObject asked = mo.post(room.path("/questions"), body).ok();
    String key = "question/" + asked.getString("id");
    JsonObject shown = room.state(room.organiser(), "screen").body(key);
    assertThat(shown.getString("status")).isEqualTo("approved");
    assertThat(shown.getString("source")).isEqualTo("chair");
    assertThat(shown.getJsonObject("author").getString("name")).isEqualTo("Row three");
    JsonObject entry = mo.get(room.path("/log")).ok().getJsonArray("entries").getJsonObject(0);
    assertThat(entry.getString("action")).isEqualTo("ask");
    assertThat(entry.getString("by")).isEqualTo("Mo Derator");

    room.undo(mo, asked.getString("entry")).ok();
    assertThat(room.state(room.organiser(), "screen").version(key)).isEqualTo(-1);
  }

  @Test
  void attendeesSpeakForThemselvesAndNobodyAddsToWhatIsOver() {
    Room room = Room.open(Nodes.organiser());
    JsonObject body = json("text", "May I be somebody else?").put("author", json("name", "Eve"));
    assertThat(room.join("Ann").post(room.path("/questions"), body).status()).isEqualTo(403);
    room.organiser().patch(room.path(""), json("state", "closed")).ok();
    assertThat(room.organiser().post(room.path("/questions"), body).problem()).isEqualTo("closed");
  }

  @Test
  void questionsComeAlongOnceWithTheirAskersAndVotersHoweverManyCarryThem() {
    Room before = Room.open(Nodes.organiser());
    Room after = Room.in(Nodes.organiser(), before.meeting());
    Client ann = before.join("Ann");
    String open = before.ask(ann, OVER_EIGHTY);
    String same = before.ask(before.join(""), "And over eighty?");
    String unread = before.ask(ann, "Which dose was used?");
    Client organiser = before.organiser();
    before.move(organiser, open, "queued").ok();
    Client ben = before.join("");
    before.move(organiser, same, "approved").ok();
    before.vote(ben, same).ok();
    before.vote(ben, open).ok();
    before.vote(ann, same).ok();
    organiser.post(before.path(same, "/merge"), json("into", open)).ok();

    JsonObject wanted =
        json("from", before.session()).put("questions", new JsonArray().add(open).add(unread));
    List<CompletableFuture<Reply>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int port = i % 2 == 0 ? Nodes.first().port() : Nodes.second().port();
      all.add(
          organiser
              .at(port)
              .send(
                  "POST",
                  after.path("/carry-over"),
                  wanted.encode(),
                  "Idempotency-Key",
                  Client.key()));
    }
    List<JsonArray> answers =
        all.stream().map(each -> Client.result(each).ok().getJsonArray("questions")).toList();
    assertThat(answers.stream().distinct()).as("the same copies for everybody").hasSize(1);

    Fold now = after.state(organiser, "moderator");
    assertThat(now.all("question")).hasSize(2);
    String copy = answers.getFirst().getJsonObject(0).getString("id");
    assertThat(now.body("question/" + copy).getString("status")).isEqualTo("approved");
    assertThat(now.body("tally/" + copy).getInteger("votes"))
        .as("voters of the group, each once, and not its asker")
        .isOne();
    JsonArray hers = ann.get(after.path("/mine")).ok().getJsonArray("questions");
    assertThat(IntStream.range(0, hers.size()).mapToObj(hers::getJsonObject).toList())
        .extracting(each -> each.getString("status"))
        .containsExactlyInAnyOrder("approved", "incoming");
    assertThat(ben.delete(after.path(copy, "/vote")).ok().getInteger("votes")).isZero();
  }

  @Test
  void carryingOverNeedsBothSessionsAndOpenQuestionsOfTheMeeting() {
    Room before = Room.open(Nodes.organiser());
    Room after = Room.in(Nodes.organiser(), before.meeting());
    Room foreign = Room.open(Nodes.organiser());
    String done = before.ask(before.join(""), "Is this done?");
    before.move(before.organiser(), done, "answered").ok();
    String elsewhere = foreign.ask(foreign.join(""), "Is this elsewhere?");
    assertThat(carry(before.organiser(), after, before, done).problem()).isEqualTo("wrong-status");
    assertThat(carry(before.organiser(), after, foreign, elsewhere).status()).isEqualTo(404);
    assertThat(carry(before.organiser(), after, before, elsewhere).status()).isEqualTo(404);
    assertThat(carry(before.organiser(), before, before, done).status()).isEqualTo(422);
    Client mo = after.staff("moderator", "Mo");
    assertThat(carry(mo, after, before, done).problem()).isEqualTo("not-moderator-there");
  }

  private static Reply carry(Client who, Room to, Room from, String question) {
    return who.post(
        to.path("/carry-over"),
        json("from", from.session()).put("questions", new JsonArray().add(question)));
  }
}
