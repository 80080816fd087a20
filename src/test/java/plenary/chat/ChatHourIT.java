package plenary.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import plenary.network.Network;
import plenary.network.News;
import plenary.network.Post;
import plenary.network.Wires;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.FakeNetwork;
import plenary.support.FakeNetwork.Fault;
import plenary.support.FakeNetwork.Seen;
import plenary.support.MutableTime;
import plenary.support.Room;
import plenary.support.TestServer;

/**
 * An hour's chat in a few seconds: 80 people over three networks and the hall, seven prompts, a
 * post whose answer is lost, and a network that goes away for a while.
 */
class ChatHourIT {
  private static final int HALL = 20;
  private static final int EACH = 20;
  private static final List<String> QUESTIONS =
      List.of("Which dose?", "Which patients?", "How long?", "What else?", "What next?");

  private final MutableTime time =
      new MutableTime(Instant.now().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60));
  private final Map<Network, FakeNetwork> networks =
      Map.of(
          Network.BLUESKY, FakeNetwork.of(Network.BLUESKY, 300),
          Network.MASTODON, FakeNetwork.of(Network.MASTODON, 500),
          Network.X, FakeNetwork.of(Network.X, 280));
  private final List<Client> hall = new ArrayList<>();

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private FakeNetwork network(Network network) {
    return java.util.Objects.requireNonNull(networks.get(network));
  }

  @Test
  void anHourWithEightyPeopleIsKeptWhole() {
    Wires wires = new Wires(List.copyOf(networks.values()), Map.copyOf(networks));
    try (TestServer node = TestServer.start(time, wires)) {
      Client organiser = Room.organiser(node);
      Room room = Room.open(organiser);
      Client mo = room.staff("moderator", "Mo");
      plan(node, room, mo);
      for (int i = 0; i < HALL; i++) {
        hall.add(room.join("Hall " + i));
      }
      network(Network.MASTODON).next(Fault.NONE, Fault.NONE, Fault.UNANSWERED);
      List<JsonObject> planned = prompts(mo, room);
      for (int i = 0; i < planned.size(); i++) {
        time.forward(Duration.ofMinutes(i == 0 ? 1 : i == 1 ? 5 : 10));
        int out = i + 1;
        Await.until(() -> networks.values().stream().allMatch(one -> one.seen().size() == out));
        if (i == 2) {
          // The answer was lost: it is looked for, and found.
          time.forward(Duration.ofSeconds(5));
        }
        int at = i;
        Await.until(() -> prompts(mo, room).get(at).getJsonArray("posted").size() == 3);
        if (i == 3) {
          Instant now = time.instant();
          result(
              network(Network.X).following().gap(now, now.plusSeconds(240), "X did not answer."));
        }
        if (i > 0 && i < 6) {
          answer(room, planned.get(i).getString("id"), i);
          approve(mo, room, i * (HALL + 3 * EACH));
        }
      }
      onePostIsDeleted(mo, room);
      check(mo, room);
    }
  }

  private void plan(TestServer node, Room room, Client mo) {
    room.organiser()
        .patch(
            "/api/meetings/" + room.meeting(), json("hashtags", new JsonArray().add("HeartChat")))
        .ok();
    JsonArray accounts = new JsonArray();
    Vertx vertx = node.server().vertx();
    PgConnection sql = result(PgConnection.connect(vertx, node.database()));
    for (Network network : Network.values()) {
      UUID id = UUID.randomUUID();
      result(
          sql.preparedQuery(
                  """
                  insert into network_account
                    (id, meeting, network, handle, credentials, reads, posts, created_at)
                  values ($1, $2, $3, 'chat', '{}', true, true, now())
                  """)
              .execute(Tuple.of(id, UUID.fromString(room.meeting()), network.id())));
      accounts.add(id.toString());
    }
    result(sql.close());
    mo.patch(
            room.path("/chat"),
            json("accounts", accounts).put("guests", new JsonArray().add("Eva")))
        .ok();
    Instant start = time.instant().plusSeconds(60);
    prompt(mo, room, "welcome", "Welcome to the chat!", start);
    for (int i = 0; i < QUESTIONS.size(); i++) {
      prompt(mo, room, "prompt", QUESTIONS.get(i), start.plusSeconds(300 + 600L * i));
    }
    prompt(mo, room, "wrapup", "Thank you all!", start.plusSeconds(300 + 3000));
  }

  private static void prompt(Client mo, Room room, String kind, String text, Instant at) {
    mo.post(room.path("/prompts"), json("kind", kind).put("text", text).put("at", at.toString()))
        .ok();
  }

  private static List<JsonObject> prompts(Client mo, Room room) {
    return mo.get(room.path("/chat")).ok().getJsonArray("prompts").stream()
        .map(each -> (JsonObject) each)
        .toList();
  }

  /** Everybody answers: in the thread, with the label, or without either. */
  private void answer(Room room, String prompt, int number) {
    for (FakeNetwork network : networks.values()) {
      Seen asked = network.seen().getLast();
      List<News> news = new ArrayList<>();
      // The host's own post comes back under its hashtag.
      news.add(wrote(network, 99, asked.id(), asked.text(), null));
      for (int i = 0; i < EACH; i++) {
        String text = "%s says number %d of %d #HeartChat".formatted(network.network(), i, number);
        String id = "post-%s-%d-%d".formatted(network.network(), number, i);
        news.add(
            switch (i % 3) {
              case 0 -> wrote(network, i, id, text, asked.id());
              case 1 -> wrote(network, i, id, "A" + number + ": " + text, null);
              default -> wrote(network, i, id, text, null);
            });
      }
      result(network.following().accept(news, null));
    }
    List<CompletableFuture<Client.Reply>> sent = new ArrayList<>();
    for (int i = 0; i < hall.size(); i++) {
      JsonObject body = json("text", "Hall " + i + " says " + number).put("prompt", prompt);
      sent.add(
          hall.get(i)
              .send(
                  "POST", room.path("/questions"), body.encode(), "Idempotency-Key", Client.key()));
    }
    sent.forEach(each -> Client.result(each).ok());
  }

  private News wrote(
      FakeNetwork network, int writer, String id, String text, @Nullable String replyTo) {
    String handle = network.network().id() + writer;
    return new News.Wrote(
        new Post(
            id,
            1,
            new Post.Writer(handle, handle, null),
            text,
            "en",
            "https://" + network.network().id() + ".test/" + id.hashCode(),
            null,
            time.instant().plusSeconds(30),
            false,
            replyTo,
            replyTo,
            null,
            List.of("HeartChat"),
            List.of(),
            List.of()));
  }

  /** The moderator lets everything through, once it is there. */
  private static void approve(Client mo, Room room, int total) {
    Await.until(
        () -> {
          JsonArray waiting = new JsonArray();
          JsonArray listed =
              mo.get(room.path("/questions?status=incoming&limit=100"))
                  .ok()
                  .getJsonArray("questions");
          listed.forEach(each -> waiting.add(json("id", ((JsonObject) each).getString("id"))));
          if (!waiting.isEmpty()) {
            mo.post(room.path("/moves"), json("to", "approved").put("questions", waiting)).ok();
          }
          return entries(mo, room).size() >= total;
        });
  }

  private static List<JsonObject> entries(Client who, Room room) {
    JsonObject transcript = who.get(room.path("/transcript?format=json")).ok();
    return transcript.getJsonArray("timeline").stream()
        .map(each -> (JsonObject) each)
        .filter(each -> Set.of("answer", "question", "wall").contains(each.getString("what")))
        .toList();
  }

  /** Its words go from the log too, where a moderator had given it others. */
  private void onePostIsDeleted(Client mo, Room room) {
    String post =
        mo.get(room.path("/transcript?format=json")).ok().getJsonArray("prompts").stream()
            .flatMap(each -> ((JsonObject) each).getJsonArray("answers").stream())
            .map(each -> (JsonObject) each)
            .filter(
                each ->
                    String.valueOf(each.getString("text"))
                        .startsWith("BLUESKY says number 0 of 1 "))
            .map(each -> each.getString("id"))
            .findFirst()
            .orElseThrow();
    mo.patch(room.path(post, ""), json("text", "Bluesky number zero says one.")).ok();
    assertThat(mo.get(room.path("/log")).whole().body()).contains("number zero says");
    result(
        network(Network.BLUESKY)
            .following()
            .accept(List.of(new News.Deleted("post-BLUESKY-1-0", 2, true)), null));
    Await.until(() -> entries(mo, room).size() == 5 * (HALL + 3 * EACH) - 1);
    assertThat(mo.get(room.path("/log")).whole().body())
        .contains(post)
        .doesNotContain("number zero says", "BLUESKY says number 0 of 1 ");
  }

  private void check(Client mo, Room room) {
    for (FakeNetwork network : networks.values()) {
      assertThat(network.seen())
          .extracting(Seen::text)
          .containsExactly(
              "Welcome to the chat! #HeartChat",
              "Q1: Which dose? #HeartChat",
              "Q2: Which patients? #HeartChat",
              "Q3: How long? #HeartChat",
              "Q4: What else? #HeartChat",
              "Q5: What next? #HeartChat",
              "Thank you all! #HeartChat");
    }
    JsonObject transcript = mo.get(room.path("/transcript?format=json")).ok();
    List<JsonObject> prompts =
        transcript.getJsonArray("prompts").stream().map(each -> (JsonObject) each).toList();
    assertThat(prompts).hasSize(7).allMatch(each -> each.getJsonArray("posted").size() == 3);
    for (int i = 1; i <= 5; i++) {
      int deleted = i == 1 ? 1 : 0;
      JsonArray answers = prompts.get(i).getJsonArray("answers");
      assertThat(answers).hasSize(HALL + 3 * EACH - deleted);
      assertThat(matched(answers, "label")).isEqualTo(3 * 7);
      assertThat(matched(answers, "thread")).isEqualTo(3 * 7 - deleted);
      assertThat(matched(answers, "time")).isEqualTo(3 * 6);
      assertThat(answers.stream().map(each -> (JsonObject) each))
          .filteredOn(each -> each.getString("source").equals("x"))
          .hasSize(EACH)
          .allMatch(each -> each.getString("text") == null && each.getString("author") == null)
          .allMatch(each -> each.getString("url").startsWith("https://x.test/"));
    }
    assertThat(transcript.getJsonArray("gaps")).hasSize(1);
    assertThat(transcript.encode()).doesNotContain("BLUESKY says number 0 of 1 ");
    assertThat(mo.get(room.path("/transcript?format=csv")).whole().body())
        .contains("X did not answer.")
        .doesNotContain("X says number");
    assertThat(hall.getFirst().get(room.path("/transcript")).status()).isEqualTo(404);
    mo.patch(room.path("/chat"), json("published", true)).ok();
    assertThat(hall.getFirst().as("").get(room.path("/transcript")).whole().body())
        .contains("<h2>Q1 · ")
        .doesNotContain("X says number");
  }

  private static long matched(JsonArray answers, String how) {
    return answers.stream()
        .filter(each -> how.equals(((JsonObject) each).getString("matched")))
        .count();
  }
}
