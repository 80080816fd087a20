package plenary.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.Nodes;
import plenary.support.Room;
import plenary.support.StreamClient;

/** Changes of a meeting that its running sessions show, and meetings made from others. */
class LookIT {
  private static final String WEBP = "RIFF\26\0\0\0WEBPVP8X\12\0\0\0\0\0\0\0\17\0\0\17\0\0";

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private static Client.Reply put(Client who, String meeting, String body) {
    return Client.result(who.send("PUT", meeting + "/logo", body, "Content-Type", "image/png"));
  }

  @Test
  void coloursAndLogoReachARunningSessionAndTheLogoIsServedStrictly() {
    Room room = Room.open(Nodes.organiser());
    Client organiser = room.organiser();
    String meeting = "/api/meetings/" + room.meeting();
    Client ann = room.join("Ann");
    try (StreamClient stream = StreamClient.open(ann, room.session(), "attendee")) {
      stream.awaitFrame("snapshot");
      Client.Reply refused = organiser.patch(meeting, json("look", json("accent", "#ff8800")));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().getString("detail")).contains("1.99:1", "#a15600");
      organiser.patch(meeting, json("look", json("accent", "#a15600"))).ok();
      stream.await("the colour", fold -> "#a15600".equals(look(fold.body("session"), "accent")));
      put(organiser, meeting, WEBP).ok();
      stream.await("the logo", fold -> look(fold.body("session"), "logo") != null);
      Client.Reply logo = ann.get(look(stream.now().body("session"), "logo"));
      assertThat(logo.status()).isEqualTo(200);
      assertThat(logo.whole().headers().map())
          .containsEntry("content-type", java.util.List.of("image/webp"))
          .containsEntry("x-content-type-options", java.util.List.of("nosniff"))
          .containsEntry(
              "content-security-policy",
              java.util.List.of("default-src 'none'; frame-ancestors 'none'"));
      String tag = logo.whole().headers().firstValue("ETag").orElseThrow();
      Client.Reply again =
          Client.result(ann.send("GET", meeting + "/logo", "", "If-None-Match", tag));
      assertThat(again.status()).isEqualTo(304);
      assertThat(put(organiser, meeting, "<svg onload='alert(1)'/>").status()).isEqualTo(415);
      assertThat(put(organiser, meeting, "x".repeat(1_048_577)).status()).isEqualTo(413);
      organiser.delete(meeting + "/logo").ok();
      stream.await("no logo", fold -> look(fold.body("session"), "logo") == null);
      assertThat(ann.get(meeting + "/logo").status()).isEqualTo(404);
    }
  }

  private static String look(JsonObject session, String name) {
    return session.getJsonObject("meeting").getJsonObject("look").getString(name);
  }

  @Test
  void rulesCountInARunningSessionFromNowOn() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    String meeting = "/api/meetings/" + room.meeting();
    assertThat(status(ann, room)).isEqualTo("incoming");
    room.organiser().patch(meeting, json("rules", json("moderation", false))).ok();
    Await.until(() -> status(ann, room).equals("approved"));
    JsonObject limits = json("limits", json("questionLength", 20));
    room.organiser().patch(meeting, json("rules", limits.put("anonymity", "anonymous"))).ok();
    Await.until(() -> ask(ann, room, "This is longer than twenty.").status() == 422);
    ask(ann, room, "Is it short?").ok();
    Fold questions = new Fold(room);
    assertThat(questions.authorOf("Is it short?")).isNull();
  }

  /** The questions of a room as attendees see them. */
  private record Fold(Room room) {
    JsonObject authorOf(String text) {
      return room.state(room.organiser(), "attendee").all("question").stream()
          .filter(question -> question.getString("text").equals(text))
          .findFirst()
          .orElseThrow()
          .getJsonObject("author");
    }
  }

  private static Client.Reply ask(Client who, Room room, String text) {
    return who.post(room.path("/questions"), json("text", text));
  }

  private static String status(Client who, Room room) {
    return ask(who, room, "May I ask number " + System.nanoTime() + "?").ok().getString("status");
  }

  @Test
  void aDuplicateHasTheAgendaAtTheSameTimesOfDayAndNobodyInIt() {
    Client organiser = Nodes.organiser();
    JsonObject draft =
        json("name", "Spring 2026")
            .put("timeZone", "Europe/Berlin")
            .put("startsOn", "2026-03-27")
            .put("endsOn", "2026-03-30")
            .put("hashtags", new JsonArray().add("Spring"))
            .put("rules", json("moderation", false))
            .put("look", json("accent", "#a15600"));
    String of = organiser.post("/api/meetings", draft).ok().getString("id");
    JsonObject slot =
        json("title", "Opening")
            .put("room", "Hall")
            .put("startsAt", "2026-03-30T07:00:00.000Z")
            .put("endsAt", "2026-03-30T08:00:00.000Z")
            .put("state", "live");
    organiser.post("/api/meetings/" + of + "/sessions", slot).ok();
    put(organiser, "/api/meetings/" + of, WEBP).ok();
    String body =
        json("name", "Winter 2027").put("startsOn", "2027-01-10").put("agenda", true).encode();
    String key = Client.key();
    String path = "/api/meetings/" + of + "/duplicate";
    JsonObject first =
        Client.result(organiser.send("POST", path, body, "Idempotency-Key", key)).ok();
    JsonObject again =
        Client.result(organiser.send("POST", path, body, "Idempotency-Key", key)).ok();
    assertThat(again).isEqualTo(first);
    JsonObject made = first.getJsonObject("meeting");
    assertThat(made.getString("startsOn")).isEqualTo("2027-01-10");
    assertThat(made.getString("endsOn")).isEqualTo("2027-01-13");
    assertThat(made.getJsonObject("rules").getBoolean("moderation")).isFalse();
    assertThat(made.getJsonObject("look").getString("accent")).isEqualTo("#a15600");
    assertThat(organiser.get(made.getJsonObject("look").getString("logo")).status()).isEqualTo(200);
    Await.until(
        () ->
            organiser
                .get("/api/imports/" + first.getString("import"))
                .ok()
                .getString("state")
                .equals("done"));
    JsonArray sessions =
        organiser
            .get("/api/meetings/" + made.getString("id") + "/sessions")
            .ok()
            .getJsonArray("sessions");
    assertThat(sessions).hasSize(1);
    JsonObject session = sessions.getJsonObject(0);
    // Nine o'clock in summer is nine o'clock in winter.
    assertThat(session.getString("startsAt")).isEqualTo("2027-01-13T08:00:00.000Z");
    assertThat(session.getString("state")).isEqualTo("scheduled");
    assertThat(
            organiser
                .get("/api/meetings/" + made.getString("id") + "/invitations")
                .ok()
                .getJsonArray("invitations"))
        .isEmpty();
  }
}
