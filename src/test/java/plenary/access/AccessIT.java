package plenary.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.database.Database;
import plenary.support.Await;
import plenary.support.MutableTime;
import plenary.support.Node;
import plenary.support.Node.Reply;
import plenary.support.TestPostgres;

class AccessIT {
  private static final Vertx VERTX = Vertx.vertx();

  private Database database;
  private MutableTime time;
  private Node node;

  @BeforeEach
  void start() {
    database = TestPostgres.database(VERTX);
    time = new MutableTime(Instant.now());
    node = Node.start(VERTX, database, time, AccessLimits.DEFAULT);
  }

  @AfterAll
  static void stopVertx() {
    Await.result(VERTX.close());
  }

  @AfterEach
  void stop() {
    node.stop();
    Await.result(database.close());
  }

  @Test
  void onlyTheFirstOfManyBecomesOrganiser() {
    String secret = Await.result(node.access().setup().link(null)).orElseThrow();
    JsonObject body = JsonObject.of("token", secret, "name", "Olga");
    List<CompletableFuture<Reply>> race =
        IntStream.range(0, 12).mapToObj(i -> node.post("/api/setup", body).sendAsync()).toList();
    List<Integer> answers = race.stream().map(each -> each.join().status()).toList();
    assertThat(answers).containsOnlyOnce(201).hasSize(12);
    assertThat(answers.stream().filter(status -> status == 403)).hasSize(11);
    assertThat(count("select count(*) from role_grant")).isEqualTo(1);
  }

  @Test
  void twoLinksOfTwoNodesMakeOneOrganiser() {
    String one = Await.result(node.access().setup().link(null)).orElseThrow();
    String two = Await.result(node.access().setup().link("preset-for-automation")).orElseThrow();
    CompletableFuture<Reply> first = setup(one);
    CompletableFuture<Reply> second = setup(two);
    assertThat(List.of(first.join().status(), second.join().status()))
        .containsExactlyInAnyOrder(201, 403);
    assertThat(Await.result(node.access().setup().link(null))).isEmpty();
  }

  @Test
  void aWrongOrExpiredSetupLinkIsRefused() {
    String secret = Await.result(node.access().setup().link(null)).orElseThrow();
    assertThat(setup(secret + "x").join().status()).isEqualTo(403);
    time.forward(Duration.ofHours(24));
    assertThat(setup(secret).join().status()).isEqualTo(403);
  }

  @Test
  void aLockedOutOrganiserSignsInAgainAndTheOldTokenIsWorthless() {
    String old = node.organiser();
    assertThat(grants(old)).isEqualTo(1);
    String secret = Await.result(node.access().setup().signInLink());
    Reply again = setup(secret).join();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body().getJsonObject("grant").getString("name")).isEqualTo("Olga");
    assertThat(grants(again.body().getString("token"))).isEqualTo(1);
    assertThat(grants(old)).isZero();
    assertThat(setup(secret).join().status()).isEqualTo(403);
  }

  @Test
  void anInvitationWorksOnce() {
    String organiser = node.organiser();
    JsonObject invitation = invite(organiser, "moderator", null);
    assertThat(invitation.getString("link")).endsWith("/invite#" + invitation.getString("token"));
    Reply accepted = accept(invitation, null);
    assertThat(accepted.status()).isEqualTo(200);
    assertThat(accepted.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
    assertThat(accept(invitation, null).problem()).isEqualTo("invitation-used");
    Reply same = accept(invitation, accepted.body().getString("token"));
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.body().getJsonObject("grant"))
        .isEqualTo(accepted.body().getJsonObject("grant"));
  }

  @Test
  void anInvitationThatRacesIsAcceptedOnce() {
    JsonObject invitation = invite(node.organiser(), "speaker", null);
    JsonObject body = JsonObject.of("token", invitation.getString("token"));
    List<CompletableFuture<Reply>> race =
        IntStream.range(0, 8)
            .mapToObj(i -> node.post("/api/invitations/accept", body).sendAsync())
            .toList();
    assertThat(race.stream().map(each -> each.join().status())).containsOnlyOnce(200);
    assertThat(count("select count(*) from role_grant where role = 'speaker'")).isEqualTo(1);
  }

  @Test
  void anExpiredInvitationIsRefused() {
    JsonObject invitation = invite(node.organiser(), "moderator", 1);
    time.forward(Duration.ofDays(1));
    assertThat(accept(invitation, null).problem()).isEqualTo("invitation-expired");
  }

  @Test
  void aRevokedInvitationIsRefusedAndItsRoleEndsOnEveryNode() throws Exception {
    String organiser = node.organiser();
    JsonObject invitation = invite(organiser, "moderator", null);
    Reply accepted = accept(invitation, null);
    String moderator = accepted.body().getString("token");
    Node other = Node.start(VERTX, database, time, AccessLimits.DEFAULT);
    assertThat(other.get("/api/me").as(moderator).send().body().getJsonArray("grants")).hasSize(1);

    String path = "/api/meetings/" + invitation.getString("meeting") + "/invitations/";
    String id = invitation.getString("id");
    assertThat(node.delete(path + id).as(organiser).send().status()).isEqualTo(204);
    assertThat(grants(moderator)).isZero();
    UUID grant = UUID.fromString(accepted.body().getJsonObject("grant").getString("id"));
    assertThat(node.ended()).contains(grant);
    long deadline = System.nanoTime() + 2_000_000_000L;
    while (!other.ended().contains(grant) && System.nanoTime() < deadline) {
      Await.result(VERTX.timer(20));
    }
    assertThat(other.ended()).contains(grant);
    assertThat(other.get("/api/me").as(moderator).send().body().getJsonArray("grants")).isEmpty();
    assertThat(accept(invitation, null).problem()).isEqualTo("invitation-revoked");
    assertThat(node.delete(path + id).as(organiser).send().status()).isEqualTo(204);
    other.stop();
  }

  @Test
  void aScreensLinkOpensAgainAndLeavesTheBrowserBefore() {
    JsonObject invitation = invite(node.organiser(), "screen", 3);
    String first = accept(invitation, null).body().getString("token");
    assertThat(grants(first)).isEqualTo(1);
    String second = accept(invitation, null).body().getString("token");
    assertThat(grants(first)).isZero();
    assertThat(grants(second)).isEqualTo(1);
    time.forward(Duration.ofDays(2));
    assertThat(grants(second)).isEqualTo(1);
    time.forward(Duration.ofDays(1));
    assertThat(grants(second)).isZero();
  }

  @Test
  void staffWhoDoNothingHaveToSignInAgainAndThoseWhoWorkDoNot() {
    String idle =
        accept(invite(node.organiser(), "moderator", null), null).body().getString("token");
    for (int hour = 0; hour < 30; hour++) {
      time.forward(Duration.ofHours(1));
      assertThat(grants(idle)).isEqualTo(1);
    }
    time.forward(Duration.ofHours(12));
    assertThat(node.get("/api/me").as(idle).send().body().getBoolean("signedIn")).isFalse();
  }

  @Test
  void aPlantedTokenDoesNotGainWhatItsVictimGains() {
    String organiser = node.organiser();
    String code = openSession(organiser).getString("joinCode");
    String planted = join(code, null, null).body().getString("token");
    // The victim's browser holds the attacker's token and accepts an invitation with it.
    String victim = accept(invite(organiser, "moderator", null), planted).body().getString("token");
    assertThat(victim).isNotEqualTo(planted);
    assertThat(grants(victim)).isEqualTo(1);
    assertThat(grants(planted)).isZero();
    // Nor by gaining something else with it.
    String other = openSession(organiser, node.meeting(organiser)).getString("joinCode");
    String grown = join(other, null, planted).body().getString("token");
    assertThat(grants(grown)).isZero();
    time.forward(Duration.ofSeconds(61));
    assertThat(node.get("/api/me").as(planted).send().body().getBoolean("signedIn")).isFalse();
  }

  @Test
  void signingOutEndsTheSignInAndItsStreams() {
    String organiser = node.organiser();
    Reply joined = join(openSession(organiser).getString("joinCode"), null, null);
    String token = joined.body().getString("token");
    Reply out = node.delete("/api/me/sign-in").as(token).send();
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
    assertThat(node.get("/api/me").as(token).send().body().getBoolean("signedIn")).isFalse();
    assertThat(node.ended()).contains(UUID.fromString(joined.body().getString("participant")));
    assertThat(node.delete("/api/me/sign-in").send().status()).isEqualTo(204);
  }

  @Test
  void noSecretIsStored() {
    String organiser = node.organiser();
    JsonObject invitation = invite(organiser, "moderator", null);
    for (String table : List.of("access_token", "invitation", "setup_link", "role_grant")) {
      String all =
          Await.result(
              database
                  .pool()
                  .query("select coalesce(string_agg(t::text, ' '), '') from " + table + " t")
                  .execute()
                  .map(rows -> rows.iterator().next().getString(0)));
      assertThat(all).doesNotContain(organiser).doesNotContain(invitation.getString("token"));
    }
  }

  @Test
  void organisersOfOneMeetingCannotTouchAnother() {
    String server = node.organiser();
    String mine = node.meeting(server).getString("id");
    JsonObject theirs = node.meeting(server);
    String there = theirs.getString("id");
    String session = openSession(server, theirs).getString("id");
    String organiser =
        accept(inviteTo(server, mine, "organiser", null, null), null).body().getString("token");
    assertThat(node.get("/api/meetings/" + mine).as(organiser).send().status()).isEqualTo(200);
    assertThat(node.get("/api/meetings").as(organiser).send().body().getJsonArray("meetings"))
        .hasSize(1);
    assertThat(node.get("/api/meetings/" + there).as(organiser).send().status()).isEqualTo(403);
    JsonObject patch = JsonObject.of("name", "Mine");
    assertThat(node.patch("/api/meetings/" + there, patch).as(organiser).send().status())
        .isEqualTo(403);
    JsonObject state = JsonObject.of("state", "closed");
    assertThat(node.patch("/api/sessions/" + session, state).as(organiser).send().status())
        .isEqualTo(403);
    JsonObject draft = JsonObject.of("role", "moderator", "name", "M");
    assertThat(
            node.post("/api/meetings/" + there + "/invitations", draft)
                .as(organiser)
                .send()
                .status())
        .isEqualTo(403);
    // A foreign session in the body is as unknown as one that does not exist.
    draft.put("session", session);
    assertThat(
            node.post("/api/meetings/" + mine + "/invitations", draft)
                .as(organiser)
                .send()
                .status())
        .isEqualTo(404);
    assertThat(
            node.post("/api/meetings", JsonObject.of("name", "New")).as(organiser).send().status())
        .isEqualTo(403);
    String foreign = inviteTo(server, there, "speaker", null, null).getString("id");
    assertThat(
            node.delete("/api/meetings/" + mine + "/invitations/" + foreign)
                .as(organiser)
                .send()
                .status())
        .isEqualTo(404);
  }

  @Test
  void aModeratorOfOneSessionIsNobodyInAnother() {
    String server = node.organiser();
    JsonObject meeting = node.meeting(server);
    String one = openSession(server, meeting).getString("id");
    String two = openSession(server, meeting).getString("id");
    String moderator =
        accept(inviteTo(server, meeting.getString("id"), "moderator", one, null), null)
            .body()
            .getString("token");
    JsonObject live = JsonObject.of("state", "live");
    assertThat(node.patch("/api/sessions/" + one, live).as(moderator).send().status())
        .isEqualTo(200);
    assertThat(node.patch("/api/sessions/" + two, live).as(moderator).send().status())
        .isEqualTo(403);
    JsonObject title = JsonObject.of("title", "Other");
    assertThat(node.patch("/api/sessions/" + one, title).as(moderator).send().status())
        .isEqualTo(403);
  }

  private CompletableFuture<Reply> setup(String secret) {
    return node.post("/api/setup", JsonObject.of("token", secret, "name", "Second")).sendAsync();
  }

  private int grants(String token) {
    return node.get("/api/me").as(token).send().body().getJsonArray("grants").size();
  }

  private JsonObject invite(String organiser, String role, Integer days) {
    return inviteTo(organiser, node.meeting(organiser).getString("id"), role, null, days);
  }

  private JsonObject inviteTo(
      String organiser, String meeting, String role, String session, Integer days) {
    JsonObject draft = JsonObject.of("role", role, "name", "Mo");
    if (session != null) {
      draft.put("session", session);
    }
    if (days != null) {
      draft.put("expiresInDays", days);
    }
    Reply reply =
        node.post("/api/meetings/" + meeting + "/invitations", draft).as(organiser).send();
    assertThat(reply.status()).isEqualTo(201);
    return reply.body();
  }

  private Reply accept(JsonObject invitation, String token) {
    JsonObject body = JsonObject.of("token", invitation.getString("token"));
    return node.post("/api/invitations/accept", body).as(token).send();
  }

  private JsonObject openSession(String organiser) {
    return openSession(organiser, node.meeting(organiser));
  }

  private JsonObject openSession(String organiser, JsonObject meeting) {
    return node.session(
        organiser, meeting.getString("id"), JsonObject.of("title", "Talk", "state", "open"));
  }

  private Reply join(String code, String name, String token) {
    JsonObject body = JsonObject.of("code", code);
    if (name != null) {
      body.put("name", name);
    }
    return node.post("/api/join", body).as(token).send();
  }

  private long count(String sql) {
    return Await.result(
        database.pool().query(sql).execute().map(rows -> rows.iterator().next().getLong(0)));
  }
}
