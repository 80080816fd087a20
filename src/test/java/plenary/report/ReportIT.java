package plenary.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.Nodes;
import plenary.support.Room;
import plenary.support.StreamClient;

/** What organisers see of all rooms at once. */
class ReportIT {
  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private static JsonObject overviewOf(Client who, Room room) {
    JsonArray rooms =
        who.get("/api/meetings/" + room.meeting() + "/overview").ok().getJsonArray("rooms");
    return rooms.stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("session").equals(room.session()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOverviewCountsPeopleOnAllNodesAndQuestionsByState() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    Client elsewhere = room.organiser().at(Nodes.second().port());
    String staged = room.ask(ann, "Which dose was used?");
    room.move(room.organiser(), staged, "stage").ok();
    room.move(room.organiser(), room.ask(ann, "Is it approved?"), "queued").ok();
    room.ask(ann, "Who paid for it?");
    try (StreamClient stream = StreamClient.open(ann, room.session(), "attendee")) {
      stream.awaitFrame("snapshot");
      Await.until(() -> overviewOf(room.organiser(), room).getInteger("watching") == 1);
      Await.until(() -> overviewOf(elsewhere, room).getInteger("watching") == 1);
    }
    JsonObject seen = overviewOf(room.organiser(), room);
    assertThat(seen.getInteger("incoming")).isEqualTo(1);
    assertThat(seen.getInteger("approved")).isZero();
    assertThat(seen.getInteger("queued")).isEqualTo(1);
    assertThat(seen.getString("stage")).isEqualTo("Which dose was used?");
    assertThat(seen.getString("lastActivityAt")).isNotNull();
    room.organiser().patch(room.path(""), json("state", "closed")).ok();
    assertThat(
            room.organiser()
                .get("/api/meetings/" + room.meeting() + "/overview")
                .ok()
                .getJsonArray("rooms"))
        .isEmpty();
  }

  @Test
  void anExportHasEveryQuestionAndNoFormulas() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    Client mo = room.staff("moderator", "Mo");
    room.ask(ann, "=1+1 is what?");
    String edited = room.ask(ann, "Whas this approved, or not?", true);
    mo.patch(room.path(edited, ""), json("text", "Was this approved, or not?")).ok();
    String gone = room.ask(ann, "Forget this secret");
    ann.delete(room.path(gone, "")).ok();

    Client.Reply csv =
        room.organiser().get("/api/meetings/" + room.meeting() + "/export?what=questions");
    assertThat(csv.whole().headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment; filename=\"plenary-questions-");
    String text = csv.whole().body();
    assertThat(text).startsWith("\ufeffsession,room,startsAt,id,status,text").contains("\r\n");
    assertThat(text).contains("'=1+1 is what?").doesNotContain(",=1+1").doesNotContain("secret");
    assertThat(text).contains("\"Was this approved, or not?\",\"Whas this approved, or not?\"");
    assertThat(text.lines().filter(line -> line.contains(",Ann,"))).hasSize(1);

    List<JsonObject> questions =
        mo
            .get(room.path("/export?what=questions&format=json"))
            .ok()
            .getJsonArray("questions")
            .stream()
            .map(JsonObject.class::cast)
            .toList();
    assertThat(questions)
        .hasSize(3)
        .allMatch(each -> each.getString("sessionId").equals(room.session()));
    assertThat(questions.get(2).getString("status")).isEqualTo("withdrawn");
    assertThat(questions.get(2).getString("text")).isEmpty();
    assertThat(text + questions).doesNotContain(participant(ann));

    String log = mo.get(room.path("/export?what=log")).whole().body();
    assertThat(log).contains(",Mo,moderator,edit,").contains("the asker,participant,withdraw");
    assertThat(log).doesNotContain("Ann");
  }

  private static String participant(Client who) {
    return who.get("/api/me").ok().getJsonArray("participants").getJsonObject(0).getString("id");
  }

  @Test
  void aMeetingWithoutNamesIsExportedWithoutNames() {
    Room room = Room.open(Nodes.organiser());
    room.ask(room.join("Ann Lindqvist"), "Which dose was used?");
    JsonObject rules = json("rules", json("anonymity", "anonymous"));
    room.organiser().patch("/api/meetings/" + room.meeting(), rules).ok();
    String all = "/api/meetings/" + room.meeting() + "/export?format=";
    assertThat(room.organiser().get(all + "csv").whole().body()).doesNotContain("Lindqvist");
    assertThat(room.organiser().get(all + "json").whole().body()).doesNotContain("Lindqvist");
  }

  @Test
  void anExportOfManyPagesIsWhole() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    List<java.util.concurrent.CompletableFuture<Client.Reply>> asked = new java.util.ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      asked.add(
          ann.send(
              "POST",
              room.path("/questions"),
              json("text", "Is number " + i + " in it?").encode(),
              "Idempotency-Key",
              Client.key()));
    }
    asked.forEach(each -> Client.result(each).ok());
    JsonArray all =
        room.organiser().get(room.path("/export?format=json")).ok().getJsonArray("questions");
    assertThat(all.stream().map(each -> ((JsonObject) each).getString("id")).distinct())
        .hasSize(1_100);
  }
}
