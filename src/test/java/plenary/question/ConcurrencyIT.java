package plenary.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Client.Reply;
import plenary.support.Fold;
import plenary.support.Nodes;
import plenary.support.Room;

/** Many people do the same at once. */
class ConcurrencyIT {
  private static final int MODERATORS = 20;
  private static final int QUESTIONS = 30;

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  @Test
  void ofTwentyModeratorsWhoMoveTheSameOneWinsAndTheOthersLearnWho() {
    Room room = Room.open(Nodes.organiser());
    Client asker = room.join("");
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(room.ask(asker, "Is this number " + i + "?"));
    }
    List<Client> moderators = new ArrayList<>();
    for (int i = 0; i < MODERATORS; i++) {
      int port = i % 2 == 0 ? Nodes.first().port() : Nodes.second().port();
      moderators.add(room.staff("moderator", "Moderator " + i).at(port));
    }
    Fold seen = room.state(room.organiser(), "moderator");
    List<List<CompletableFuture<Reply>>> answers = new ArrayList<>();
    for (String question : questions) {
      List<CompletableFuture<Reply>> theirs = new ArrayList<>();
      for (int i = 0; i < MODERATORS; i++) {
        theirs.add(
            moderators
                .get(i)
                .send(
                    "POST",
                    room.path(question, "/moves"),
                    json("to", i % 3 == 0 ? "approved" : "queued").encode(),
                    "Idempotency-Key",
                    Client.key(),
                    "If-Match",
                    "\"" + seen.version("triage/" + question) + "\""));
      }
      answers.add(theirs);
    }
    Fold now = null;
    for (int q = 0; q < QUESTIONS; q++) {
      List<Reply> replies = answers.get(q).stream().map(Client::result).toList();
      List<Reply> done = replies.stream().filter(reply -> reply.status() == 200).toList();
      assertThat(done).as("who won").hasSize(1);
      String winner = done.getFirst().json().getString("by");
      assertThat(winner).startsWith("Moderator ");
      replies.stream()
          .filter(reply -> reply.status() != 200)
          .forEach(
              reply -> {
                assertThat(reply.status()).isEqualTo(409);
                assertThat(reply.problem()).isEqualTo("stale-version");
                assertThat(reply.json().getString("detail")).startsWith(winner + " ");
                assertThat(reply.json().getJsonObject("current").getString("by")).isEqualTo(winner);
              });
      now = now == null ? room.state(room.organiser(), "moderator") : now;
    }
    JsonArray log = room.organiser().get(room.path("/log?limit=200")).ok().getJsonArray("entries");
    assertThat(log).as("one entry per move that was done").hasSize(QUESTIONS);
  }

  @Test
  void aThousandVotesOfOnePersonCountOnce() {
    Room room = Room.open(Nodes.organiser());
    String question = room.ask(room.join(""), "Who wants to know?");
    room.move(room.organiser(), question, "approved").ok();
    Client voter = room.join("");
    List<CompletableFuture<Reply>> votes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int port = i % 2 == 0 ? Nodes.first().port() : Nodes.second().port();
      votes.add(voter.at(port).send("PUT", room.path(question, "/vote"), ""));
    }
    votes.forEach(vote -> assertThat(Client.result(vote).ok().getInteger("votes")).isOne());
    assertThat(tally(room, question)).isOne();

    // Votes and votes taken back in any order: what is counted is what is stored.
    List<Client> voters = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      voters.add(room.join(""));
    }
    votes.clear();
    for (int i = 0; i < 300; i++) {
      String method = i % 3 == 0 ? "DELETE" : "PUT";
      votes.add(voters.get(i % 10).send(method, room.path(question, "/vote"), ""));
    }
    votes.forEach(vote -> Client.result(vote).ok());
    long stored =
        voters.stream()
            .filter(
                each -> each.get(room.path("/mine")).ok().getJsonArray("votes").contains(question))
            .count();
    assertThat(tally(room, question)).isEqualTo((int) stored + 1);
  }

  private static int tally(Room room, String question) {
    return room.state(room.organiser(), "screen").body("tally/" + question).getInteger("votes");
  }

  @Test
  void nobodyVotesForTheirOwnQuestionBeItByWayOfOneMergedIntoIt() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("");
    Client ben = room.join("");
    String hers = room.ask(ann, "Does this hold over 80?");
    String his = room.ask(ben, "And over eighty?");
    room.move(room.organiser(), hers, "approved").ok();
    room.organiser().post(room.path(his, "/merge"), json("into", hers)).ok();
    assertThat(room.vote(ann, hers).problem()).isEqualTo("own-question");
    assertThat(room.vote(ann, his).problem()).isEqualTo("own-question");
    assertThat(tally(room, hers)).isZero();
    assertThat(room.vote(room.join(""), his).ok().getInteger("votes")).isOne();
  }
}
