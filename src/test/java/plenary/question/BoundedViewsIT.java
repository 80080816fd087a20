package plenary.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.live.Faults;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.Fold;
import plenary.support.Room;
import plenary.support.StreamClient;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/** What a stream holds is bounded, whatever was asked; here to 12 questions, and 4 of slack. */
class BoundedViewsIT {
  private static final int MAX = 12;
  private static final int OUT = 16;

  private static TestServer node;
  private static Client organiser;

  @BeforeAll
  static void start() {
    node =
        TestServer.start(
            TestPostgres.options(),
            Map.of(
                "PLENARY_LIVE_VIEW_QUESTIONS_MAX", "" + MAX,
                "PLENARY_LIVE_VIEW_QUESTIONS_SLACK", "" + (OUT - MAX),
                "PLENARY_LIVE_VIEW_BOUND_MS", "100"),
            Faults.NONE);
    organiser = Room.organiser(node);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static List<String> asked(Room room, Client asker, int count) {
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      questions.add(room.ask(asker, "What about number " + i + "?"));
    }
    return questions;
  }

  private static void moveAll(Room room, List<String> questions, String to) {
    JsonArray all = new JsonArray();
    questions.forEach(question -> all.add(new JsonObject().put("id", question)));
    room.organiser()
        .post(room.path("/moves"), new JsonObject().put("to", to).put("questions", all))
        .ok();
  }

  private static long held(Fold fold, String kind, List<String> questions) {
    return questions.stream().filter(id -> fold.version(kind + "/" + id) >= 0).count();
  }

  @Test
  void attendeesHaveTheBestAndTheStageAndTheRestIsPaged() {
    Room room = Room.open(organiser);
    List<String> questions = asked(room, room.join(""), 40);
    moveAll(room, questions, "approved");
    Client voter = room.join("");
    String oldest = questions.getFirst();
    String second = questions.get(1);
    try (StreamClient phone = StreamClient.open(voter, room.session(), "attendee")) {
      phone.await("bounded", fold -> held(fold, "question", questions) == OUT);
      assertThat(phone.now().version("question/" + oldest)).isNegative();
      assertThat(phone.now().version("tally/" + oldest)).isNegative();

      room.vote(voter, oldest).ok();
      phone.await("voted in", fold -> fold.version("question/" + oldest) >= 0);
      assertThat(phone.now().body("tally/" + oldest).getInteger("votes")).isEqualTo(1);

      room.move(organiser, second, "stage").ok();
      phone.await("on stage", fold -> fold.version("question/" + second) >= 0);
      assertThat(held(phone.now(), "question", questions)).isBetween((long) MAX, OUT + 1L);
      assertThat(phone.gaps()).isZero();
    }
    Fold moderator = room.state(organiser, "moderator");
    assertThat(held(moderator, "question", questions)).isEqualTo(40);

    JsonArray page = voter.get(room.path("/questions?limit=100")).ok().getJsonArray("questions");
    assertThat(page).hasSize(40);
  }

  @Test
  void moderatorsHaveEverythingUndecidedAndTheNewestDecided() {
    Room room = Room.open(organiser);
    List<String> questions = asked(room, room.join(""), 40);
    List<String> dismissed = questions.subList(0, 20);
    List<String> undecided = questions.subList(20, 40);
    moveAll(room, dismissed, "dismissed");
    try (StreamClient desk = StreamClient.open(organiser, room.session(), "moderator")) {
      desk.await("bounded", fold -> held(fold, "triage", dismissed) == OUT);
      assertThat(held(desk.now(), "question", dismissed)).isEqualTo(OUT);
      assertThat(held(desk.now(), "triage", undecided)).isEqualTo(20);

      String gone =
          dismissed.stream()
              .filter(id -> desk.now().version("triage/" + id) < 0)
              .findFirst()
              .orElseThrow();
      room.move(organiser, gone, "incoming").ok();
      desk.await("restored", fold -> fold.version("triage/" + gone) >= 0);
      assertThat(desk.gaps()).isZero();
    }
  }

  @Test
  void whatComesAndGoesIsNotStaleForWhoMovesIt() {
    Room room = Room.open(organiser);
    List<String> questions = asked(room, room.join(""), 30);
    moveAll(room, questions, "approved");
    Fold before = room.state(organiser, "moderator");
    Client phone = room.join("");
    Await.until(() -> held(room.state(phone, "attendee"), "question", questions) == OUT);
    for (String question : questions) {
      organiser
          .send(
              "POST",
              room.path(question, "/moves"),
              "{\"to\":\"answered\"}",
              "Idempotency-Key",
              Client.key(),
              "If-Match",
              "\"" + before.version("triage/" + question) + "\"")
          .thenApply(Client.Reply::ok)
          .join();
    }
  }
}
