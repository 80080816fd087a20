package plenary.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.database.Database;
import plenary.support.Await;
import plenary.support.Node;
import plenary.support.Node.Reply;
import plenary.support.TestPostgres;

class JoinIT {
  private Vertx vertx;
  private Database database;
  private Node node;
  private String organiser;
  private JsonObject meeting;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    database = TestPostgres.database(vertx);
    node = Node.start(vertx, database);
    organiser = node.organiser();
    meeting = node.meeting(organiser);
  }

  @AfterEach
  void stop() {
    node.stop();
    Await.result(database.close());
    Await.result(vertx.close());
  }

  @Test
  void whoJoinsTwiceIsTheSameParticipant() {
    JsonObject session = session("open");
    Reply first = join(session, null, null);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().getString("session")).isEqualTo(session.getString("id"));
    assertThat(first.body().getString("meeting")).isEqualTo(meeting.getString("id"));
    assertThat(first.header("Set-Cookie")).startsWith("plenary=").contains("HttpOnly");
    String token = first.body().getString("token");
    Reply second = join(session, null, token);
    assertThat(second.body().getString("participant"))
        .isEqualTo(first.body().getString("participant"));
    assertThat(second.body().getString("token")).isEqualTo(token);
    assertThat(participants()).isEqualTo(1);
  }

  @Test
  void aLostAnswerDoesNotCostTheIdentity() {
    String token = join(session("open"), null, null).body().getString("token");
    JsonObject other = node.meeting(organiser);
    JsonObject there =
        node.session(
            organiser, other.getString("id"), JsonObject.of("title", "T", "state", "open"));
    Reply lost = join(there, null, token);
    assertThat(lost.body().getString("token")).isNotEqualTo(token);
    Reply again = join(there, null, token);
    assertThat(again.body().getString("participant"))
        .isEqualTo(lost.body().getString("participant"));
    JsonObject me = node.get("/api/me").as(again.body().getString("token")).send().body();
    assertThat(me.getJsonArray("participants")).hasSize(2);
  }

  @Test
  void theMeetingsRuleSaysWhetherNamesAreKept() {
    rule("named");
    JsonObject session = session("live");
    assertThat(join(session, null, null).status()).isEqualTo(422);
    Reply named = join(session, "Anna\u202e Lindqvist", null);
    assertThat(named.body().getString("name")).isEqualTo("Anna Lindqvist");
    assertThat(join(session, "Moderator", null).status()).isEqualTo(422);

    rule("anonymous");
    JsonObject other = session("live");
    Reply anonymous = join(other, "Anna", null);
    assertThat(anonymous.status()).isEqualTo(200);
    assertThat(anonymous.body().containsKey("name")).isFalse();
  }

  @Test
  void anotherNameIsTakenWhereNamesAre() {
    JsonObject session = session("live");
    String token = join(session, "Anna", null).body().getString("token");
    assertThat(join(session, "Anna L.", token).body().getString("name")).isEqualTo("Anna L.");
    JsonObject me = node.get("/api/me").as(token).send().body();
    assertThat(me.getJsonArray("participants").getJsonObject(0).getString("name"))
        .isEqualTo("Anna L.");
    assertThat(join(session, null, token).body().getString("name")).isEqualTo("Anna L.");
  }

  @Test
  void aCodeLeadsToItsSessionOrMeetingHoweverItIsTyped() {
    JsonObject session = session("live");
    String code = session.getString("joinCode");
    String typed =
        code.substring(0, 3).toLowerCase(java.util.Locale.ROOT) + "-" + code.substring(3);
    JsonObject place = node.get("/api/join/" + typed).send().body();
    assertThat(place.getString("kind")).isEqualTo("session");
    assertThat(place.getJsonObject("session").getString("id")).isEqualTo(session.getString("id"));
    JsonObject whole = node.get("/api/join/" + meeting.getString("joinCode")).send().body();
    assertThat(whole.getString("kind")).isEqualTo("meeting");
    assertThat(whole.getJsonArray("sessions")).hasSize(1);
    Reply joined =
        node.post("/api/join", JsonObject.of("code", meeting.getString("joinCode"))).send();
    assertThat(joined.body().getString("session")).isEqualTo(session.getString("id"));
  }

  @Test
  void aSessionThatIsNotOpenSaysSoAndLetsNobodyIn() {
    JsonObject session = session("scheduled");
    String code = session.getString("joinCode");
    JsonObject place = node.get("/api/join/" + code).send().body();
    assertThat(place.getJsonObject("session").getString("state")).isEqualTo("scheduled");
    assertThat(join(session, null, null).problem()).isEqualTo("not-open");
  }

  @Test
  void aSessionThatIsOverCanStillBeRead() {
    JsonObject session = session("closed");
    assertThat(join(session, null, null).status()).isEqualTo(200);
  }

  @Test
  void guessingInBulkIsAnswered429AndTheHallStillGetsIn() {
    JsonObject session = session("live");
    long start = System.nanoTime();
    List<CompletableFuture<Reply>> guesses = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String guess = "22" + (char) ('A' + i % 8) + (char) ('P' + i / 8 % 8) + "2" + (2 + i % 7);
      guesses.add(node.get("/api/join/" + guess).sendAsync());
    }
    List<Reply> replies = guesses.stream().map(CompletableFuture::join).toList();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(replies).allMatch(reply -> reply.status() == 404 || reply.status() == 429);
    List<Reply> refused = replies.stream().filter(reply -> reply.status() == 429).toList();
    assertThat(replies.size() - refused.size()).isLessThan((int) (60 + 10 * seconds + 10));
    assertThat(refused).allMatch(reply -> Integer.parseInt(reply.header("Retry-After")) >= 1);
    Reply joined = join(session, null, null);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (joined.status() == 429 && System.nanoTime() < deadline) {
      Await.result(vertx.timer(100));
      joined = join(session, null, null);
    }
    assertThat(joined.status()).isEqualTo(200);
  }

  @Test
  void aHallThatJoinsAtOnceGetsOneParticipantEach() {
    JsonObject session = session("live");
    List<CompletableFuture<Reply>> wave = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      wave.add(
          node.post("/api/join", JsonObject.of("code", session.getString("joinCode"))).sendAsync());
    }
    assertThat(wave.stream().map(each -> each.join().body().getString("participant")).distinct())
        .hasSize(300);
    assertThat(participants()).isEqualTo(300);
  }

  private JsonObject session(String state) {
    return node.session(
        organiser, meeting.getString("id"), JsonObject.of("title", "Talk", "state", state));
  }

  private void rule(String anonymity) {
    JsonObject patch = JsonObject.of("rules", JsonObject.of("anonymity", anonymity));
    Reply reply =
        node.patch("/api/meetings/" + meeting.getString("id"), patch).as(organiser).send();
    assertThat(reply.status()).isEqualTo(200);
  }

  private Reply join(JsonObject session, String name, String token) {
    JsonObject body = JsonObject.of("code", session.getString("joinCode"));
    if (name != null) {
      body.put("name", name);
    }
    return node.post("/api/join", body).as(token).send();
  }

  private long participants() {
    return Await.result(
        database
            .pool()
            .query("select count(*) from participant")
            .execute()
            .map(rows -> rows.iterator().next().getLong(0)));
  }
}
