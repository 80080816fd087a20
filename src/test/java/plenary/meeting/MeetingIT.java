package plenary.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.access.AccessLimits;
import plenary.database.Database;
import plenary.live.View;
import plenary.support.Await;
import plenary.support.MutableTime;
import plenary.support.Node;
import plenary.support.Node.Reply;
import plenary.support.TestPostgres;

class MeetingIT {
  private static Vertx vertx;
  private static Database database;
  private static Node node;
  private static String organiser;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    database = TestPostgres.database(vertx);
    node = Node.start(vertx, database);
    organiser = node.organiser();
  }

  @AfterAll
  static void stop() {
    node.stop();
    Await.result(database.close());
    Await.result(vertx.close());
  }

  @Test
  void aMeetingIsKeptAsItWasSaid() {
    JsonObject draft =
        JsonObject.of(
            "name", "ESC 2026",
            "timeZone", "Europe/Berlin",
            "startsOn", "2026-08-28",
            "endsOn", "2026-08-31",
            "hashtags", JsonArray.of("#ESCCongress", "cardio"),
            "rules", JsonObject.of("anonymity", "named", "moderation", false));
    Reply made = node.post("/api/meetings", draft).as(organiser).send();
    assertThat(made.status()).isEqualTo(201);
    JsonObject body = made.body();
    assertThat(body.getJsonArray("hashtags")).containsExactly("ESCCongress", "cardio");
    assertThat(body.getString("joinCode")).matches("[2-9A-HJKMNP-Z]{6}");
    assertThat(body.getJsonObject("rules").getString("anonymity")).isEqualTo("named");
    assertThat(body.getJsonObject("rules").getJsonObject("limits").getInteger("questionLength"))
        .isEqualTo(500);
    assertThat(node.get("/api/meetings/" + body.getString("id")).as(organiser).send().body())
        .isEqualTo(body);
  }

  @Test
  void offsetsAndUnknownZonesAreRefused() {
    for (String zone : List.of("Europe/Atlantis", "+02", "UTC+2")) {
      Reply reply =
          node.post("/api/meetings", JsonObject.of("name", "M", "timeZone", zone))
              .as(organiser)
              .send();
      assertThat(reply.status()).as(zone).isEqualTo(422);
    }
    JsonObject backwards =
        JsonObject.of("name", "M", "startsOn", "2026-08-28", "endsOn", "2026-08-27");
    assertThat(node.post("/api/meetings", backwards).as(organiser).send().status()).isEqualTo(422);
  }

  @Test
  void aMeetingsOwnNoticesAreWebAddressesAndSeenInItsSessions() {
    String meeting = node.meeting(organiser).getString("id");
    String path = "/api/meetings/" + meeting;
    for (String wrong : List.of("javascript:alert(1)", "https://user@a.example/", "https://")) {
      JsonObject links = JsonObject.of("privacy", wrong);
      JsonObject patch = JsonObject.of("rules", JsonObject.of("links", links));
      assertThat(node.patch(path, patch).as(organiser).send().status()).as(wrong).isEqualTo(422);
    }
    JsonObject links = JsonObject.of("privacy", "https://a.example/p");
    JsonObject patch = JsonObject.of("rules", JsonObject.of("links", links));
    assertThat(node.patch(path, patch).as(organiser).send().status()).isEqualTo(200);
    JsonObject session = node.session(organiser, meeting, JsonObject.of("title", "Talk"));
    assertThat(session.getJsonObject("meeting").getJsonObject("links")).isEqualTo(links);
  }

  @Test
  void theSameKeyMakesOneMeetingAndOneSession() {
    JsonObject draft = JsonObject.of("name", "M");
    Reply one =
        node.post("/api/meetings", draft).as(organiser).header("Idempotency-Key", "k").send();
    Reply two =
        node.post("/api/meetings", draft).as(organiser).header("Idempotency-Key", "k").send();
    assertThat(two.body()).isEqualTo(one.body());
    Reply other =
        node.post("/api/meetings", JsonObject.of("name", "N"))
            .as(organiser)
            .header("Idempotency-Key", "k")
            .send();
    assertThat(other.status()).isEqualTo(422);
    String path = "/api/meetings/" + one.body().getString("id") + "/sessions";
    JsonObject talk = JsonObject.of("title", "Talk");
    Reply first = node.post(path, talk).as(organiser).header("Idempotency-Key", "s").send();
    Reply second = node.post(path, talk).as(organiser).header("Idempotency-Key", "s").send();
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(node.get(path).send().body().getJsonArray("sessions")).hasSize(1);
  }

  @Test
  void aSessionIsSeenInEveryViewAsItIs() {
    JsonObject meeting = node.meeting(organiser);
    JsonObject session =
        node.session(
            organiser,
            meeting.getString("id"),
            JsonObject.of("title", "Talk", "speakers", JsonArray.of("Maria Okafor"), "room", "A"));
    String id = session.getString("id");
    for (View view : View.values()) {
      JsonObject put = node.entities(id, view).getJsonObject("session");
      JsonObject body = session.copy();
      body.remove("version");
      assertThat(put.getJsonObject("body")).isEqualTo(body);
      assertThat(put.getLong("version")).isEqualTo(session.getLong("version"));
    }
    JsonObject patch =
        JsonObject.of("title", "Other", "startsAt", "2030-03-31T01:30:00+01:00", "room", null);
    Reply changed = node.patch("/api/sessions/" + id, patch).as(organiser).send();
    assertThat(changed.body().getString("startsAt")).isEqualTo("2030-03-31T00:30:00.000Z");
    assertThat(changed.body().containsKey("room")).isFalse();
    assertThat(changed.body().getLong("version")).isGreaterThan(session.getLong("version"));
    assertThat(node.get("/api/sessions/" + id).send().body().getString("title")).isEqualTo("Other");
  }

  @Test
  void endsBeforeStartsAreRefused() {
    String meeting = node.meeting(organiser).getString("id");
    JsonObject draft =
        JsonObject.of(
            "title", "T",
            "startsAt", "2030-01-01T10:00:00.000Z",
            "endsAt", "2030-01-01T10:00:00.000Z");
    Reply reply = node.post("/api/meetings/" + meeting + "/sessions", draft).as(organiser).send();
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body().getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/endsAt");
  }

  @Test
  void whatSessionsShowOfTheirMeetingFollowsIt() {
    JsonObject meeting = node.meeting(organiser);
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      JsonObject draft = JsonObject.of("title", "Talk " + i);
      sessions.add(node.session(organiser, meeting.getString("id"), draft).getString("id"));
    }
    JsonObject patch = JsonObject.of("name", "Renamed", "hashtags", JsonArray.of("new"));
    node.patch("/api/meetings/" + meeting.getString("id"), patch).as(organiser).send();
    Await.result(node.clock().tick());
    for (String id : List.of(sessions.getFirst(), sessions.getLast())) {
      JsonObject body =
          node.entities(id, View.ATTENDEE).getJsonObject("session").getJsonObject("body");
      assertThat(body.getJsonObject("meeting").getString("name")).isEqualTo("Renamed");
      assertThat(body.getJsonArray("hashtags")).containsExactly("new");
    }
  }

  @Test
  void anAgendaIsPagedByTimeWithDraftsLast() {
    String meeting = node.meeting(organiser).getString("id");
    for (int i = 0; i < 7; i++) {
      JsonObject draft = JsonObject.of("title", "T" + i);
      if (i != 3) {
        draft.put("startsAt", "2030-01-0" + (9 - i) + "T10:00:00.000Z");
      }
      node.session(organiser, meeting, draft);
    }
    List<String> titles = new ArrayList<>();
    String path = "/api/meetings/" + meeting + "/sessions?limit=2";
    while (!path.isEmpty()) {
      Reply page = node.get(path).send();
      page.body()
          .getJsonArray("sessions")
          .forEach(each -> titles.add(((JsonObject) each).getString("title")));
      String link = page.header("Link");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertThat(titles).containsExactly("T6", "T5", "T4", "T2", "T1", "T0", "T3");
  }

  @Test
  void theClocksOfTwoNodesChangeASessionOnce() {
    Instant start = Instant.now().plusSeconds(30);
    MutableTime time = new MutableTime(Instant.now());
    JsonObject session =
        node.session(
            organiser,
            node.meeting(organiser).getString("id"),
            JsonObject.of(
                "title", "Talk",
                "startsAt", start.toString(),
                "endsAt", start.plusSeconds(3_600).toString()));
    assertThat(session.getString("state")).isEqualTo("open");
    Node other = Node.start(vertx, database, time, AccessLimits.DEFAULT);
    // The clock of the nodes says that it is due; the batch's own time, which decides, does not.
    time.forward(Duration.ofMinutes(5));
    Await.result(other.clock().tick());
    assertThat(state(session)).isEqualTo("open");
    due(session, Duration.ofMinutes(-1));
    var one = node.clock().tick();
    var two = other.clock().tick();
    Await.result(one);
    Await.result(two);
    assertThat(state(session)).isEqualTo("live");
    JsonObject put = node.entities(session.getString("id"), View.SCREEN).getJsonObject("session");
    assertThat(put.getJsonObject("body").getString("state")).isEqualTo("live");
    assertThat(put.getLong("version")).isEqualTo(session.getLong("version") + 1);
    other.stop();
  }

  @Test
  void whatWasChangedByHandStaysAgainstTheClock() {
    JsonObject session =
        node.session(
            organiser,
            node.meeting(organiser).getString("id"),
            JsonObject.of("title", "Talk", "startsAt", Instant.now().plusSeconds(60).toString()));
    String path = "/api/sessions/" + session.getString("id");
    node.patch(path, JsonObject.of("state", "closed")).as(organiser).send();
    due(session, Duration.ofHours(-2));
    Await.result(node.clock().tick());
    assertThat(state(session)).isEqualTo("closed");
    node.patch(path, JsonObject.of("state", "live")).as(organiser).send();
    assertThat(state(session)).isEqualTo("live");
  }

  /** Moves a session's start behind the clock's back, and has the clock look at it. */
  private void due(JsonObject session, Duration from) {
    Await.result(
        database
            .pool()
            .query(
                "update session set starts_at = now() + interval '"
                    + from.toSeconds()
                    + " s', ends_at = null, next_change = now() - interval '1 s' where id = '"
                    + session.getString("id")
                    + "'")
            .execute());
  }

  private String state(JsonObject session) {
    return node.get("/api/sessions/" + session.getString("id")).send().body().getString("state");
  }
}
