package plenary.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plenary.demo.Demo.Links;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.TestServer;

@Timeout(120)
class DemoIT {
  private static final Pace FAST =
      new Pace(
          Duration.ofMillis(5),
          Duration.ofSeconds(60),
          Duration.ofMillis(500),
          Duration.ofMillis(20),
          Duration.ofSeconds(60));

  private static Links demo(TestServer server) {
    String address = "http://127.0.0.1:" + server.port();
    return Demo.start(
        server.server().vertx(),
        server.server().meetings(),
        server.server().access(),
        InstantSource.system(),
        URI.create(address),
        address,
        FAST);
  }

  private static JsonObject accept(Client nobody, String link) {
    return nobody
        .post(
            "/api/invitations/accept",
            new JsonObject().put("token", link.substring(link.indexOf('#') + 1)))
        .ok();
  }

  @Test
  void aNewcomerFindsALiveSessionWithPeopleWhoAskAndVote() {
    try (TestServer server = TestServer.start()) {
      Links links = demo(server);
      Client nobody = new Client(server.port());
      String code = links.attendee().substring(links.attendee().lastIndexOf('/') + 1);
      JsonObject session = nobody.get("/api/join/" + code).ok().getJsonObject("session");

      assertThat(session.getString("state")).isEqualTo("live");
      JsonObject moderation = accept(nobody, links.moderator());
      assertThat(moderation.getJsonObject("grant").getString("role")).isEqualTo("moderator");
      assertThat(accept(nobody, links.speaker()).getJsonObject("grant").getString("session"))
          .isEqualTo(session.getString("id"));
      assertThat(accept(nobody, links.screen()).getJsonObject("grant").getString("role"))
          .isEqualTo("screen");

      Client moderator = nobody.as(moderation.getString("token"));
      String questions = "/api/sessions/" + session.getString("id") + "/questions?limit=200";
      Await.until(
          () -> {
            JsonArray all = moderator.get(questions).ok().getJsonArray("questions");
            return count(all, "incoming") > 10 && votes(all) > 60;
          });
      JsonArray all = moderator.get(questions).ok().getJsonArray("questions");
      assertThat(count(all, "stage")).isEqualTo(1);
      assertThat(count(all, "queued")).isEqualTo(2);
      JsonArray prompts =
          moderator
              .get("/api/sessions/" + session.getString("id") + "/chat")
              .ok()
              .getJsonArray("prompts");
      assertThat(prompts.stream().map(each -> ((JsonObject) each).getString("state")))
          .containsExactly("out", "out", "planned", "planned");

      // Nobody became organiser by the demo: the link of the start still does that.
      nobody
          .post(
              "/api/setup",
              new JsonObject().put("token", TestServer.SETUP_TOKEN).put("name", "Olga"))
          .ok();
    }
  }

  @Test
  void aSecondStartFindsTheMeetingAndKeepsWhatHappened() {
    try (TestServer server = TestServer.start()) {
      Links first = demo(server);
      Links second = demo(server);
      Client nobody = new Client(server.port());
      JsonObject moderation = accept(nobody, second.moderator());
      String id = moderation.getJsonObject("grant").getString("session");
      JsonArray all =
          nobody
              .as(moderation.getString("token"))
              .get("/api/sessions/" + id + "/questions?limit=200")
              .ok()
              .getJsonArray("questions");

      assertThat(second.attendee()).isEqualTo(first.attendee());
      assertThat(count(all, "answered")).isEqualTo(1);
    }
  }

  private static long count(JsonArray questions, String status) {
    return questions.stream()
        .filter(each -> status.equals(((JsonObject) each).getString("status")))
        .count();
  }

  private static int votes(JsonArray questions) {
    return questions.stream().mapToInt(each -> ((JsonObject) each).getInteger("votes", 0)).sum();
  }
}
