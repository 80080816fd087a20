package plenary.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.database.Database;
import plenary.support.Await;
import plenary.support.MutableTime;
import plenary.support.Node;
import plenary.support.Node.Reply;
import plenary.support.TestPostgres;

/** A second device becomes the same participant, once, and nothing more than that. */
class TransferIT {
  private final MutableTime time = new MutableTime(Instant.now());
  private Vertx vertx;
  private Database database;
  private Node node;
  private String organiser;
  private JsonObject session;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    database = TestPostgres.database(vertx);
    node = Node.start(vertx, database, time, AccessLimits.DEFAULT);
    organiser = node.organiser();
    session =
        node.session(
            organiser,
            node.meeting(organiser).getString("id"),
            JsonObject.of("title", "Talk", "state", "live"));
  }

  @AfterEach
  void stop() {
    node.stop();
    Await.result(database.close());
    Await.result(vertx.close());
  }

  @Test
  void theSecondDeviceIsTheSameParticipantWithATokenOfItsOwn() {
    Reply joined = join();
    String first = joined.body().getString("token");
    String code = offer(first).body().getString("code");
    assertThat(code).matches("[2-9A-HJKMNP-Z]{8}");

    String typed = code.substring(0, 4).toLowerCase(Locale.ROOT) + " " + code.substring(4);
    Reply taken = take(typed, null, "key-1");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.header("Set-Cookie")).startsWith("plenary=").contains("HttpOnly");
    String second = taken.body().getString("token");
    assertThat(second).isNotEqualTo(first);
    assertThat(participant(second)).isEqualTo(joined.body().getString("participant"));
    assertThat(participant(first)).isEqualTo(joined.body().getString("participant"));
  }

  @Test
  void aCodeIsStoredHashedAndALaterOneReplacesIt() {
    String token = join().body().getString("token");
    String old = offer(token).body().getString("code");
    String code = offer(token).body().getString("code");
    long kept =
        Await.result(
            database
                .pool()
                .preparedQuery(
                    "select count(*) from transfer where hash = sha256(convert_to($1, 'UTF8'))")
                .execute(Tuple.of(code))
                .map(rows -> rows.iterator().next().getLong(0)));
    assertThat(kept).isEqualTo(1);
    assertThat(take(old, null, "key-1").problem()).isEqualTo("transfer-code");
    assertThat(take(code, null, "key-2").status()).isEqualTo(200);
  }

  @Test
  void ofManyWhoRaceForACodeOneGetsIt() {
    String code = offer(join().body().getString("token")).body().getString("code");
    List<CompletableFuture<Reply>> race = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      race.add(request(code, null, "key-" + i).sendAsync());
    }
    List<Integer> statuses = race.stream().map(each -> each.join().status()).toList();
    assertThat(statuses).containsOnlyOnce(200).isSubsetOf(200, 403);
  }

  @Test
  void aLostAnswerIsGivenAgainToWhoSendsTheSameRequest() {
    String code = offer(join().body().getString("token")).body().getString("code");
    assertThat(take(code, null, "key-1").status()).isEqualTo(200);
    assertThat(take(code, null, "key-1").status()).isEqualTo(200);
    assertThat(take(code, null, "key-2").status()).isEqualTo(403);
  }

  @Test
  void aCodeIsGoodForFiveMinutes() {
    String token = join().body().getString("token");
    String code = offer(token).body().getString("code");
    time.forward(Duration.ofMinutes(5));
    assertThat(take(code, null, "key-1").problem()).isEqualTo("transfer-code");
  }

  @Test
  void rolesOfStaffDoNotTravel() {
    String token = join().body().getString("token");
    String staff = accept(token, "moderator");
    assertThat(offer(staff).problem()).isEqualTo("transfer-staff");
    assertThat(take("22223333", staff, "key-1").problem()).isEqualTo("transfer-staff");
  }

  @Test
  void aRoleThatTheFirstDeviceGetsLaterStaysOutOfTheSecondsReach() {
    String token = join().body().getString("token");
    String code = offer(token).body().getString("code");
    String second = take(code, null, "key-1").body().getString("token");
    String unused = offer(token).body().getString("code");

    String staff = accept(token, "moderator");
    assertThat(me(staff).getJsonArray("grants")).hasSize(1);
    assertThat(me(second).getJsonArray("grants")).isEmpty();
    assertThat(me(second).getJsonArray("participants")).hasSize(1);
    assertThat(take(unused, null, "key-2").problem()).isEqualTo("transfer-staff");
  }

  @Test
  void aRoleThatTheSecondDeviceAcceptsIsNotTheFirsts() {
    String token = join().body().getString("token");
    String code = offer(token).body().getString("code");
    String second = take(code, null, "key-1").body().getString("token");
    String staff = accept(second, "moderator");
    assertThat(me(staff).getJsonArray("grants")).hasSize(1);
    assertThat(me(token).getJsonArray("grants")).isEmpty();
  }

  @Test
  void anotherMeetingIsJoinedWithoutGrowingBeyondAParticipant() {
    String token = join().body().getString("token");
    String code = offer(token).body().getString("code");
    String second = take(code, null, "key-1").body().getString("token");
    JsonObject other =
        node.session(
            organiser,
            node.meeting(organiser).getString("id"),
            JsonObject.of("title", "Other", "state", "live"));
    String rotated =
        node.post("/api/join", JsonObject.of("code", other.getString("joinCode")))
            .as(second)
            .send()
            .body()
            .getString("token");
    accept(token, "moderator");
    assertThat(me(rotated).getJsonArray("participants")).hasSize(2);
    assertThat(me(rotated).getJsonArray("grants")).isEmpty();
  }

  @Test
  void signingOutEndsBothAndTheCode() {
    String token = join().body().getString("token");
    String second =
        take(offer(token).body().getString("code"), null, "key-1").body().getString("token");
    String unused = offer(token).body().getString("code");
    node.delete("/api/me/sign-in").as(token).send();
    assertThat(me(second).getBoolean("signedIn")).isFalse();
    assertThat(take(unused, null, "key-2").problem()).isEqualTo("transfer-code");
  }

  @Test
  void guessingIsPricedLikeJoinCodes() {
    List<CompletableFuture<Reply>> guesses = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String guess = "2222" + (char) ('A' + i % 8) + (char) ('P' + i / 8 % 8) + "2" + (2 + i % 7);
      guesses.add(request(guess, null, "key-" + i).sendAsync());
    }
    List<Integer> statuses = guesses.stream().map(each -> each.join().status()).toList();
    assertThat(statuses).contains(403, 429).isSubsetOf(403, 429, 503);
  }

  @Test
  void askingForManyCodesIsRefused() {
    String token = join().body().getString("token");
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      statuses.add(offer(token).status());
    }
    assertThat(statuses).contains(201, 429).isSubsetOf(201, 429);
  }

  private Reply join() {
    return node.post("/api/join", JsonObject.of("code", session.getString("joinCode"))).send();
  }

  private Reply offer(String token) {
    return node.post("/api/me/transfer", new JsonObject()).as(token).send();
  }

  private Node.Call request(String code, String token, String key) {
    return node.post("/api/join/transfer", JsonObject.of("code", code))
        .as(token)
        .header("Idempotency-Key", key);
  }

  private Reply take(String code, String token, String key) {
    return request(code, token, key).send();
  }

  private JsonObject me(String token) {
    return node.get("/api/me").as(token).send().body();
  }

  private String participant(String token) {
    return me(token).getJsonArray("participants").getJsonObject(0).getString("id");
  }

  private String accept(String token, String role) {
    String meeting = session.getJsonObject("meeting").getString("id");
    String secret =
        node.post(
                "/api/meetings/" + meeting + "/invitations",
                JsonObject.of("role", role, "name", "Mo"))
            .as(organiser)
            .send()
            .body()
            .getString("token");
    return node.post("/api/invitations/accept", JsonObject.of("token", secret))
        .as(token)
        .send()
        .body()
        .getString("token");
  }
}
