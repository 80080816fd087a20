package plenary.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.Room;
import plenary.support.ServerProcess;
import plenary.support.StreamClient;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/**
 * Recognisable tokens, codes, names and texts go through a whole session, and through everything
 * that is refused or fails, with the log at its most talkative. None of them may be told to whoever
 * reads logs or metrics.
 */
class CanaryIT {
  private static final String SECRET = "canary-secret-0123456789abcdefghijklmnopqrstuvw";
  private static final String MARK = "Zilpzalp";

  private static final Path DIRECTORY = TestPostgres.directory();

  /** What must not be told, and what it is. */
  private static final Map<String, String> CANARIES = new LinkedHashMap<>();

  private static ServerProcess server;

  @BeforeAll
  static void liveThroughASession() throws Exception {
    server =
        ServerProcess.start(
            DIRECTORY, "plenary.Main", List.of(), Map.of("PLENARY_LOG_LEVEL", "FINEST"));
    CANARIES.put("anything that people typed", MARK);
    CANARIES.put("a token that was made up", SECRET);
    Client nobody = new Client(server.http().getPort());
    Client organiser =
        nobody.as(
            nobody
                .post(
                    "/api/setup",
                    JsonObject.of("token", TestServer.SETUP_TOKEN, "name", MARK + " Organiser"))
                .ok()
                .getString("token"));
    CANARIES.put("the organiser's token", organiser.token());
    String meeting = meeting(organiser);
    Room room = Room.in(organiser, meeting);
    CANARIES.put("the join code", room.code());
    JsonObject invitation = room.invite("moderator", MARK + " Moderator", true);
    CANARIES.put("an invitation", invitation.getString("token"));
    Client moderator = organiser.as(room.accept(invitation));
    CANARIES.put("the moderator's token", moderator.token());
    Client participant = room.join(MARK + " Participant");
    CANARIES.put("a participant's token", participant.token());
    try (StreamClient attendee = StreamClient.open(participant, room.session(), "attendee");
        StreamClient staff = StreamClient.open(moderator, room.session(), "moderator")) {
      question(room, moderator, participant);
      attendee.awaitFrame("change");
      staff.awaitFrame("change");
    }
    refused(room, participant);
    lost(room, participant);
    participant.delete("/api/me/sign-in").ok();
    organiser
        .delete("/api/meetings/" + meeting + "/invitations/" + invitation.getString("id"))
        .ok();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    TestPostgres.delete(DIRECTORY);
  }

  private static String meeting(Client organiser) {
    return organiser
        .post(
            "/api/meetings",
            JsonObject.of(
                "name",
                MARK + " 2026",
                "timeZone",
                "UTC",
                "rules",
                JsonObject.of("anonymity", "choice")))
        .ok()
        .getString("id");
  }

  private static void question(Room room, Client moderator, Client participant) {
    String asked = room.ask(participant, "Does " + MARK + " know?");
    String other = room.ask(participant, "Does " + MARK + " know it too?", true);
    String third = room.ask(participant, "Who is " + MARK + "?", true);
    room.move(moderator, asked, "approved").ok();
    room.vote(room.join(MARK), asked).ok();
    moderator
        .patch(
            room.path(asked, ""),
            JsonObject.of("text", "Does " + MARK + " know this?", "labels", JsonArray.of(MARK)))
        .ok();
    moderator.post(room.path(other, "/merge"), JsonObject.of("into", asked)).ok();
    room.move(moderator, asked, "stage").ok();
    String entry =
        moderator
            .post(
                room.path(third, "/moves"),
                JsonObject.of("to", "dismissed", "reason", "off-topic", "note", MARK))
            .json()
            .getString("entry", "");
    if (entry.isEmpty()) {
      entry = room.move(moderator, third, "dismissed").ok().getString("entry");
    }
    room.undo(moderator, entry).ok();
    participant.delete(room.path(third, "")).ok();
  }

  /** Everything of it where it does not belong. */
  private static void refused(Room room, Client participant) throws Exception {
    participant.post(room.path("/questions"), JsonObject.of("text", MARK + " ".repeat(3) + "\0"));
    participant.post(room.path("/questions"), JsonObject.of("text", (MARK + " ").repeat(200)));
    participant.post(room.path("/questions"), JsonObject.of("text", MARK, MARK, MARK));
    Client.result(participant.send("POST", room.path("/questions"), "{\"text\":\"" + MARK));
    Client.result(participant.send("POST", room.path("/questions"), MARK));
    participant.get(room.path("/state?view=" + MARK));
    participant.get("/" + MARK + "/" + SECRET);
    participant.get(room.path("/state?view=attendee&token=" + SECRET));
    participant.get("/api/sessions/" + MARK + "/state?view=attendee");
    participant.get("/api/join/" + room.code() + "?token=" + SECRET);
    participant.as(SECRET).get("/api/me");
    participant.as("").post("/api/invitations/accept", JsonObject.of("token", SECRET));
    participant.as("").post("/api/setup", JsonObject.of("token", SECRET, "name", MARK));
    for (String header : List.of("User-Agent", "Origin", "X-Forwarded-For", "Cookie", "Accept")) {
      HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(server.http() + "/api/me"))
                  .header(header, "plenary=" + SECRET + MARK)
                  .build(),
              BodyHandlers.discarding());
    }
    try (Peer peer = new Peer(server.http().getPort())) {
      peer.write((SECRET + " " + MARK + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      assertThat(peer.isClosedWithin(10_000)).isTrue();
    }
    try (Peer peer =
        Peer.watching(server.http().getPort(), room.session(), "attendee", participant.token())) {
      peer.write(
          Peer.frame(Peer.FINAL | Peer.TEXT, (MARK + SECRET).getBytes(StandardCharsets.UTF_8)));
      assertThat(peer.isClosedWithin(10_000)).isTrue();
    }
  }

  /** The database goes while it is at work on them. */
  private static void lost(Room room, Client participant) throws Exception {
    ServerProcess.signal("KILL", server.postgres());
    JsonObject lost = JsonObject.of("text", "Is " + MARK + " there while nothing is stored?");
    Await.until(() -> participant.post(room.path("/questions"), lost).status() == 201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server.log", "server.out", "postgres/log/postgres.log"})
  void noLogTellsAnyOfIt(String file) throws IOException {
    String all = Files.readString(DIRECTORY.resolve(file), StandardCharsets.ISO_8859_1);
    assertThat(all).isNotBlank();
    CANARIES.forEach(
        (what, canary) -> assertThat(all).as("%s in %s", what, file).doesNotContain(canary));
  }

  @Test
  void theSetUpLinkIsTheOneSecretThatIsToldAndOnlyToWhoeverStartsTheServer() throws IOException {
    assertThat(Files.readString(DIRECTORY.resolve("server.out")).lines())
        .filteredOn(line -> line.contains(TestServer.SETUP_TOKEN))
        .singleElement()
        .asString()
        .startsWith("setup ");
    assertThat(Files.readString(DIRECTORY.resolve("server.log")))
        .doesNotContain(TestServer.SETUP_TOKEN);
  }

  @Test
  void metricsTellNoneOfIt() throws Exception {
    String all =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.management().resolve("/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    assertThat(all).contains("plenary_commands_total");
    CANARIES.forEach((what, canary) -> assertThat(all).as(what).doesNotContain(canary));
    assertThat(all).doesNotContain(TestServer.SETUP_TOKEN);
  }
}
