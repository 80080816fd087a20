package plenary.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.database.Database;
import plenary.support.Await;
import plenary.support.Node;
import plenary.support.Node.Reply;
import plenary.support.TestPostgres;

class AgendaImportIT {
  private static final String CSV =
      """
      id,title,start,end,room,speakers
      a1,Opening,2030-03-31T01:30,2030-03-31T03:30,Berlin,Maria Okafor
      a2,Party,2030-10-26T23:30,2030-10-27T03:30,Berlin,
      a3,Draft,,,,
      """;

  private static Vertx vertx;
  private static Database database;
  private static Node node;
  private static String organiser;
  private String meeting;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    database = TestPostgres.database(vertx);
    node = Node.start(vertx, database);
    organiser = node.organiser();
  }

  @BeforeEach
  void meet() {
    meeting = node.meeting(organiser).getString("id");
  }

  @AfterAll
  static void stop() {
    node.stop();
    Await.result(database.close());
    Await.result(vertx.close());
  }

  @Test
  void aPreviewSaysWhatWouldChangeAndChangesNothing() {
    Reply preview = send(CSV, "?preview=true");
    assertThat(preview.status()).isEqualTo(200);
    assertThat(preview.body().getJsonObject("counts"))
        .isEqualTo(JsonObject.of("add", 3, "change", 0, "missing", 0, "keep", 0));
    assertThat(sessions()).isEmpty();
  }

  @Test
  void timesWithoutAZoneAreTheMeetingsAlsoInTheNightsTheClocksChange() {
    done(CSV);
    assertThat(session("Opening").getString("startsAt")).isEqualTo("2030-03-31T00:30:00.000Z");
    assertThat(session("Opening").getString("endsAt")).isEqualTo("2030-03-31T01:30:00.000Z");
    assertThat(session("Party").getString("startsAt")).isEqualTo("2030-10-26T21:30:00.000Z");
    assertThat(session("Party").getString("endsAt")).isEqualTo("2030-10-27T02:30:00.000Z");
    JsonObject draft = session("Draft");
    assertThat(draft.containsKey("startsAt")).isFalse();
    assertThat(draft.getString("state")).isEqualTo("scheduled");
  }

  @Test
  void importingTheSameFileTwiceChangesNothing() {
    done(CSV);
    var before = sessions();
    JsonObject again = done(CSV);
    assertThat(again.getJsonObject("changes"))
        .isEqualTo(JsonObject.of("add", 0, "change", 0, "missing", 0, "keep", 3));
    assertThat(sessions()).isEqualTo(before);
  }

  @Test
  void importingAgainMovesTimesAndKeepsWhatIsOurs() {
    done(CSV);
    JsonObject before = session("Opening");
    node.patch("/api/sessions/" + before.getString("id"), JsonObject.of("state", "live"))
        .as(organiser)
        .send();
    String moved =
        CSV.replace("2030-03-31T01:30,2030-03-31T03:30", "2030-04-01T09:00,2030-04-01T10:00");
    JsonObject change =
        send(moved, "?preview=true").body().getJsonArray("changes").getJsonObject(0);
    assertThat(change.getString("action")).isEqualTo("change");
    assertThat(change.getJsonArray("fields")).containsExactly("startsAt", "endsAt");
    done(moved);
    JsonObject after = session("Opening");
    assertThat(after.getString("startsAt")).isEqualTo("2030-04-01T07:00:00.000Z");
    assertThat(after.getString("id")).isEqualTo(before.getString("id"));
    assertThat(after.getString("joinCode")).isEqualTo(before.getString("joinCode"));
    assertThat(after.getString("state")).isEqualTo("live");
  }

  @Test
  void whatTheFileDoesNotNameAnyMoreIsMarkedAndStays() {
    done(CSV);
    String without = CSV.replaceAll("a2.*\n", "");
    assertThat(send(without, "?preview=true").body().getJsonObject("counts"))
        .isEqualTo(JsonObject.of("add", 0, "change", 0, "missing", 1, "keep", 2));
    done(without);
    assertThat(session("Party").getBoolean("missing")).isTrue();
    assertThat(done(without).getJsonObject("changes").getInteger("missing")).isZero();
    done(CSV);
    assertThat(session("Party").containsKey("missing")).isFalse();
  }

  @Test
  void sessionsMadeByHandAreNotTouched() {
    JsonObject byHand = node.session(organiser, meeting, JsonObject.of("title", "By hand"));
    done(CSV);
    assertThat(session("By hand").getString("id")).isEqualTo(byHand.getString("id"));
    assertThat(session("By hand").containsKey("missing")).isFalse();
  }

  @Test
  void aBrokenFileNamesThePlaceAndChangesNothing() {
    Reply broken = send(CSV + "a4,Bad,not a time,,,\n", "");
    assertThat(broken.status()).isIn(400, 422);
    assertThat(broken.http().body()).contains("5");
    assertThat(sessions()).isEmpty();
    Reply yaml =
        node.post(
                "/api/meetings/" + meeting + "/agenda",
                "application/yaml",
                "days:\n - one\n".getBytes(StandardCharsets.UTF_8))
            .as(organiser)
            .send();
    assertThat(yaml.status()).isEqualTo(415);
    assertThat(yaml.body().getString("detail")).contains("iCalendar");
  }

  @Test
  void oneImportOfAMeetingAtATime() {
    insertRunning(0);
    Reply second = send(CSV, "");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.problem()).isEqualTo("import-running");
  }

  @Test
  void anImportOfADeadNodeFailsWithASentenceAndMakesRoom() {
    UUID dead = insertRunning(61);
    JsonObject found = node.get("/api/imports/" + dead).as(organiser).send().body();
    assertThat(found.getString("state")).isEqualTo("failed");
    assertThat(found.getJsonArray("problems").getJsonObject(0).getString("detail"))
        .contains("import the file again");
    done(CSV);
  }

  @Test
  void anImportOfAnotherMeetingIsNotThere() {
    String id = send(CSV, "").body().getString("import");
    String other = node.meeting(organiser).getString("id");
    String link =
        node.post(
                "/api/meetings/" + other + "/invitations",
                JsonObject.of("role", "organiser", "name", "O"))
            .as(organiser)
            .send()
            .body()
            .getString("token");
    String foreign =
        node.post("/api/invitations/accept", JsonObject.of("token", link))
            .send()
            .body()
            .getString("token");
    assertThat(node.get("/api/imports/" + id).as(foreign).send().status()).isEqualTo(404);
    finish(id);
  }

  @Test
  void aThousandSessionsAreThereInSeconds() {
    StringBuilder csv = new StringBuilder("id,title,start,end\n");
    for (int i = 0; i < 1_000; i++) {
      csv.append("t%1$d,Talk %1$d,2030-01-01T10:00,2030-01-01T11:00\n".formatted(i));
    }
    long start = System.nanoTime();
    JsonObject done = done(csv.toString());
    assertThat(done.getJsonObject("changes").getInteger("add")).isEqualTo(1_000);
    assertThat(done.getInteger("done")).isEqualTo(1_000);
    assertThat(done.getJsonArray("problems")).isEmpty();
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void theLargestRealAgendaIsThereInSecondsAndTheSameAgainIsNoChange() throws Exception {
    Path file = Path.of("../shared/data/agendas/fosdem-2025.xml");
    assumeThat(file).as("the shared agendas").exists();
    byte[] bytes = Files.readAllBytes(file);
    String path = "/api/meetings/" + meeting + "/agenda";
    long start = System.nanoTime();
    Reply started = node.post(path, "application/xml", bytes).as(organiser).send();
    JsonObject end = finish(started.body().getString("import"));
    assertThat(end.getString("state")).isEqualTo("done");
    assertThat(end.getInteger("done")).isGreaterThan(900);
    assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
    JsonObject preview =
        node.post(path + "?preview=true", "application/xml", bytes).as(organiser).send().body();
    assertThat(preview.getJsonObject("counts").getInteger("keep"))
        .isEqualTo(end.getInteger("done"));
    assertThat(preview.getJsonArray("changes")).isEmpty();
  }

  private UUID insertRunning(int secondsAgo) {
    UUID id = UUID.randomUUID();
    Await.result(
        database
            .pool()
            .query(
                """
                insert into agenda_import
                  (id, meeting, state, format, total, changes, created_at, heartbeat_at)
                values ('%s', '%s', 'running', 'CSV', 1,
                  '{"add":1,"change":0,"missing":0,"keep":0}',
                  now(), now() - interval '%d s')
                """
                    .formatted(id, meeting, secondsAgo))
            .execute());
    return id;
  }

  private Reply send(String csv, String query) {
    return node.post(
            "/api/meetings/" + meeting + "/agenda" + query,
            "text/csv",
            csv.getBytes(StandardCharsets.UTF_8))
        .as(organiser)
        .send();
  }

  private JsonObject done(String csv) {
    Reply started = send(csv, "");
    assertThat(started.status()).as(started.http().body()).isEqualTo(202);
    String id = started.body().getString("import");
    assertThat(started.header("Location")).endsWith(id);
    JsonObject end = finish(id);
    assertThat(end.getString("state")).isEqualTo("done");
    return end;
  }

  private JsonObject finish(String id) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (System.nanoTime() < deadline) {
      JsonObject now = node.get("/api/imports/" + id).as(organiser).send().body();
      if (!now.getString("state").equals("running")) {
        return now;
      }
      Await.result(vertx.timer(20));
    }
    throw new AssertionError("the import does not end");
  }

  private JsonArray sessions() {
    return node.get("/api/meetings/" + meeting + "/sessions")
        .send()
        .body()
        .getJsonArray("sessions");
  }

  private JsonObject session(String title) {
    return sessions().stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("title").equals(title))
        .findFirst()
        .orElseThrow();
  }
}
