package plenary.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Nodes;
import plenary.support.Room;

/** What screening holds back waits for a moderator, also where moderation is off. */
class ScreeningIT {
  private static final String CAMPAIGN =
      "Why does the society still refuse to publish the industry payments of its authors?";

  private final Client organiser = Nodes.organiser();
  private final Room room =
      Room.in(organiser, Room.meeting(organiser, JsonObject.of("moderation", false)));

  private JsonArray reasons(String question) {
    return room.state(organiser, "moderator").body("triage/" + question).getJsonArray("reasons");
  }

  private String status(String question) {
    return room.state(organiser, "moderator").body("question/" + question).getString("status");
  }

  @Test
  void patientDataWaitsAndIsSeenByModeratorsAlone() {
    Client ann = room.join("");
    String clean = room.ask(ann, "Does the benefit hold over 80?");
    String question = room.ask(ann, "My patient, DOB 23/05/1982, MRN 1124578: which dose?");

    assertThat(status(clean)).isEqualTo("approved");
    assertThat(status(question)).isEqualTo("incoming");
    assertThat(reasons(question)).containsExactly("record-number", "exact-date");
    for (String view : List.of("attendee", "speaker", "screen")) {
      assertThat(room.state(organiser, view).shared()).contains(clean).doesNotContain("1124578");
    }
  }

  @Test
  void anApprovalInSpiteOfScreeningIsInTheLog() {
    String question = room.ask(room.join(""), "Call me at (310) 555-1234, please?");
    room.move(organiser, question, "approved").ok();

    JsonObject entry =
        organiser.get(room.path("/log")).ok().getJsonArray("entries").getJsonObject(0);
    JsonObject change = entry.getJsonArray("questions").getJsonObject(0);
    assertThat(change.getString("id")).isEqualTo(question);
    assertThat(change.getJsonArray("despite")).containsExactly("phone");
    room.undo(organiser, entry.getString("id")).ok();
    assertThat(status(question)).isEqualTo("incoming");
  }

  @Test
  void aCampaignIsSeenThoughItComesThroughTwoNodes() {
    int there = Nodes.second().port();
    String first = room.ask(room.join(""), CAMPAIGN);
    String second = room.ask(room.join("").at(there), CAMPAIGN + " #shame");
    String third = room.ask(room.join(""), CAMPAIGN.toLowerCase(java.util.Locale.ROOT));
    String fourth = room.ask(room.join("").at(there), "Please: " + CAMPAIGN);

    assertThat(reasons(first)).isEmpty();
    assertThat(reasons(second)).containsExactly("near-duplicate");
    assertThat(status(second)).isEqualTo("approved");
    for (String held : List.of(third, fourth)) {
      assertThat(reasons(held)).containsExactly("near-duplicate", "coordinated");
      assertThat(status(held)).isEqualTo("incoming");
    }
  }

  @Test
  void whoWasTurnedDownTwiceAsUnsuitableWaits() {
    Client rude = room.join("");
    for (String text : List.of("Who cares?", "Is lunch soon?")) {
      String question = room.ask(rude, text);
      organiser
          .post(
              room.path(question, "/moves"),
              JsonObject.of("to", "dismissed", "reason", "unsuitable"))
          .ok();
    }
    String next = room.ask(rude, "May I try once more?");

    assertThat(status(next)).isEqualTo("incoming");
    assertThat(reasons(next)).containsExactly("author");
  }

  @Test
  void anOffensiveNameIsRefused() {
    JsonObject body = JsonObject.of("code", room.code(), "name", "bullshit");
    assertThat(organiser.as("").post("/api/join", body).status()).isEqualTo(422);
  }
}
