package plenary.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.Nodes;
import plenary.support.Room;

/**
 * A post of a network in a session's queue, from the network to the screens, by the whole server.
 */
class OneQueueIT {
  private static Vertx vertx;
  private static MastodonServer network;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    network = new MastodonServer(vertx, 1);
  }

  @AfterAll
  static void stop() {
    network.close();
    Await.result(vertx.close());
  }

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  /** A live session whose meeting follows a hashtag on the simulated server. */
  private static Room following(String tag, JsonObject rules) {
    Client organiser = Nodes.organiser();
    String meeting = Room.meeting(organiser, rules);
    organiser.patch("/api/meetings/" + meeting, json("hashtags", new JsonArray().add(tag))).ok();
    Room room = Room.in(organiser, meeting);
    JsonObject account =
        json("network", "mastodon")
            .put("server", network.base())
            .put("token", MastodonServer.TOKEN);
    organiser.post("/api/meetings/" + meeting + "/networks", account).ok();
    Await.until(() -> state(room).equals("live"));
    return room;
  }

  private static String state(Room room) {
    JsonArray networks = room.organiser().get(room.path("/networks")).ok().getJsonArray("networks");
    return networks.isEmpty() ? "" : networks.getJsonObject(0).getString("state");
  }

  private static Optional<JsonObject> found(Room room, String view, String text) {
    return room.state(room.organiser(), view).all("question").stream()
        .filter(body -> body.getString("text").contains(text))
        .findFirst();
  }

  private static JsonObject await(Room room, String view, String text) {
    Await.until(() -> found(room, view, text).isPresent());
    return found(room, view, text).orElseThrow();
  }

  @Test
  void aPostIsAQuestionLikeAnyOtherUntilItsWriterTakesItBack() {
    Room room = following("queue26", json("anonymity", "choice"));
    Toot toot = network.post("What about <b>renal</b> denervation? #queue26", "queue26");

    JsonObject incoming = await(room, "moderator", "renal");
    assertThat(incoming.getString("source")).isEqualTo("mastodon");
    assertThat(incoming.getString("status")).isEqualTo("incoming");
    assertThat(incoming.getJsonObject("origin").getString("handle")).contains("ann");
    assertThat(found(room, "screen", "renal")).isEmpty();
    assertThat(found(room, "attendee", "renal")).isEmpty();

    String id = incoming.getString("id");
    room.move(room.organiser(), id, "approved").ok();
    Client voter = room.join("Vera");
    room.vote(voter, id).ok();
    room.move(room.organiser(), id, "stage").ok();
    assertThat(found(room, "screen", "renal")).isPresent();

    network.delete(toot);
    Await.until(
        () ->
            List.of("moderator", "screen", "attendee", "speaker").stream()
                .allMatch(view -> found(room, view, "renal").isEmpty()));
    JsonObject export = room.organiser().get(room.path("/export?what=questions&format=json")).ok();
    assertThat(export.encode()).doesNotContain("renal");
  }

  @Test
  void anEditThatChangesTheWordsWaitsForAModeratorAgain() {
    Room room = following("edit26", json("anonymity", "choice"));
    Toot toot = network.post("Is it safe in pregnancy? #edit26", "edit26");
    String id = await(room, "moderator", "pregnancy").getString("id");
    room.move(room.organiser(), id, "queued").ok();

    network.edit(toot, "Buy my pills? #edit26", "edit26");

    JsonObject edited = await(room, "moderator", "pills");
    assertThat(edited.getString("id")).isEqualTo(id);
    assertThat(edited.getString("status")).isEqualTo("incoming");
    assertThat(found(room, "screen", "pills")).isEmpty();
    JsonObject triage = room.state(room.organiser(), "moderator").body("triage/" + id);
    assertThat(triage.getJsonArray("reasons")).contains("edited");
  }

  @Test
  void whatAsksNothingIsForTheWallAndAModeratorSaysOtherwise() {
    Room room = following("wall26", json("anonymity", "choice"));
    network.post("Great talk on amyloid! #wall26", "wall26");
    String id = await(room, "moderator", "amyloid").getString("id");

    room.move(room.organiser(), id, "approved").ok();
    assertThat(await(room, "screen", "amyloid").getString("place")).isEqualTo("wall");

    JsonObject body = json("to", "approved").put("as", "question");
    JsonObject moved = room.organiser().post(room.path(id, "/moves"), body).ok();
    assertThat(await(room, "screen", "amyloid").containsKey("place")).isFalse();

    room.undo(room.organiser(), moved.getString("entry")).ok();
    assertThat(await(room, "screen", "amyloid").getString("place")).isEqualTo("wall");
  }

  @Test
  void twoServersBringAPostOnceAndOneThatStartsAgainLosesNothing() {
    try (MastodonServer second = new MastodonServer(vertx, 2)) {
      Room room = following("two26", json("anonymity", "choice"));
      String path = "/api/meetings/" + room.meeting() + "/networks";
      JsonObject account =
          json("network", "mastodon")
              .put("server", second.base())
              .put("token", MastodonServer.TOKEN);
      String id = room.organiser().post(path, account).ok().getString("id");
      Await.until(() -> states(room).equals(List.of("live", "live")));
      Toot both = network.post("Both have it? #two26", "two26");
      Toot there = second.federate(both);
      network.post("Only the first? #two26", "two26");
      Toot edited = second.post("ben", Duration.ZERO, "Only the second? #two26", "two26");
      Await.until(() -> texts(room).size() == 3);

      room.organiser().patch(path + "/" + id, json("handle", "chat")).ok();
      second.channels.cut();
      Toot late = second.post("cleo", Duration.ZERO, "While it starts again? #two26", "two26");
      network.federate(late);
      second.edit(edited, "Only the second, edited? #two26", "two26");
      network.delete(both);
      second.federate(there);

      Await.until(
          () ->
              texts(room)
                  .equals(
                      Set.of(
                          "Only the first? #two26 #two26",
                          "Only the second, edited? #two26 #two26",
                          "While it starts again? #two26 #two26")));
    }
  }

  private static String writer(JsonObject question) {
    return question.getJsonObject("author").getString("name");
  }

  private static Set<String> texts(Room room) {
    return room.state(room.organiser(), "moderator").all("question").stream()
        .map(body -> body.getString("text"))
        .collect(Collectors.toSet());
  }

  private static List<String> states(Room room) {
    return room.organiser().get(room.path("/networks")).ok().getJsonArray("networks").stream()
        .map(one -> ((JsonObject) one).getString("state"))
        .toList();
  }

  @Test
  void aPostHasItsWritersNewNameAndGoesThoughItsAccountWasRemoved() {
    Room room = following("gone26", json("anonymity", "choice"));
    Toot toot = network.post("Still there? #gone26", "gone26");
    String question = await(room, "moderator", "Still").getString("id");
    room.move(room.organiser(), question, "approved").ok();
    network.renamed("Ann Other", "Which graft? #gone26", "gone26");
    Await.until(() -> writer(await(room, "screen", "Still")).equals("Ann Other"));
    assertThat(await(room, "moderator", "Still").getString("status")).isEqualTo("approved");

    String path = "/api/meetings/" + room.meeting() + "/networks";
    JsonObject account = room.organiser().get(path).ok().getJsonArray("accounts").getJsonObject(0);
    room.organiser().delete(path + "/" + account.getString("id")).ok();
    assertThat(room.organiser().get(path).ok().getJsonArray("accounts")).isEmpty();

    // Nobody listens to what the stream would say.
    Await.until(() -> network.channels.subscriptions("gone26") == 0);
    network.delete(toot);

    Await.until(() -> found(room, "screen", "Still").isEmpty());
    Await.until(() -> found(room, "moderator", "Still").isEmpty());
  }

  @Test
  void withoutModerationOnlyWhatScreeningHoldsWaits() {
    Room room = following("open26", json("anonymity", "choice").put("moderation", false));
    network.post("Any data on women? #open26", "open26");
    network.post("My patient John Smith, call 212-555-0188 now? #open26", "open26");

    assertThat(await(room, "attendee", "women").getString("status")).isEqualTo("approved");
    assertThat(await(room, "moderator", "Smith").getString("status")).isEqualTo("incoming");
    assertThat(found(room, "attendee", "Smith")).isEmpty();
  }

  @Test
  void whatXNeedsGoesInAndNeverComesOut() {
    Client organiser = Nodes.organiser();
    String path =
        "/api/meetings/" + Room.meeting(organiser, json("anonymity", "choice")) + "/networks";
    JsonObject account = json("network", "x").put("reads", false).put("posts", true);
    assertThat(organiser.post(path, account).status()).isEqualTo(422);
    account.put("apiKey", "hidden").put("apiSecret", "hidden").put("accessToken", "hidden");
    assertThat(organiser.post(path, account).status()).isEqualTo(422);
    JsonObject added = organiser.post(path, account.put("accessSecret", "hidden")).ok();
    assertThat(added.getJsonArray("secrets"))
        .containsExactly("apiKey", "apiSecret", "accessToken", "accessSecret");
    assertThat(added.getBoolean("links")).isFalse();

    JsonObject user = json("userToken", "hidden").put("refreshToken", "hidden").put("links", true);
    String one = path + "/" + added.getString("id");
    assertThat(organiser.patch(one, user).status()).isEqualTo(422);
    JsonObject changed = organiser.patch(one, user.put("clientId", "hidden")).ok();
    assertThat(changed.getJsonArray("secrets"))
        .as("what was given last is what posts")
        .containsExactly("userToken", "refreshToken", "clientId");
    assertThat(changed.getBoolean("links")).isTrue();
    assertThat(organiser.get(path).ok().encode()).doesNotContain("hidden");
  }

  @Test
  void aWrongTokenIsToldInASentenceAndTheSecretNever() {
    Client organiser = Nodes.organiser();
    String meeting = Room.meeting(organiser, json("anonymity", "choice"));
    organiser
        .patch("/api/meetings/" + meeting, json("hashtags", new JsonArray().add("token26")))
        .ok();
    JsonObject account =
        json("network", "mastodon").put("server", network.base()).put("token", "wrong-secret");
    String path = "/api/meetings/" + meeting + "/networks";
    organiser.post(path, account).ok();

    Await.until(
        () ->
            organiser
                .get(path)
                .ok()
                .getJsonArray("accounts")
                .getJsonObject(0)
                .getString("state")
                .equals("failed"));
    JsonObject told = organiser.get(path).ok();
    assertThat(told.encode()).doesNotContain("wrong-secret");
    assertThat(told.getJsonArray("accounts").getJsonObject(0).getString("problem"))
        .containsIgnoringCase("token");
  }
}
