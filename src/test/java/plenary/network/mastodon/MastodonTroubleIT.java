package plenary.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.network.Account;
import plenary.network.Following.State;
import plenary.network.Hosts;
import plenary.network.MemoryInbox;
import plenary.support.Await;
import plenary.support.Cable;

/** Reading hashtags from a server that does what servers should not do, and do. */
class MastodonTroubleIT {
  private static Vertx vertx;
  private Rigs rigs;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    Await.result(vertx.close());
  }

  @BeforeEach
  void open() {
    rigs = new Rigs(vertx);
  }

  @AfterEach
  void close() {
    rigs.close();
  }

  @Test
  void anAnswerThatIsNoMastodonAnswerDeletesNothing() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitStream(1);
    rig.server.post("stays", "acc26");
    Await.until(() -> rig.inbox.shown().size() == 1);

    rig.server.wrong =
        path -> path.startsWith("/api/v1/statuses") ? MastodonServer.Wrong.html(404) : null;
    rig.awaitSentence("something else than a Mastodon server");

    assertThat(rig.inbox.shown()).hasSize(1);
  }

  @Test
  void whereSocketsAreRefusedEventsAreRead() {
    Rig rig = rigs.rig(Rig.STREAM_ALONE, "acc26", "cardio");
    rig.server.refusesSockets = 400;
    rig.server.channels.fault(Channels.Fault.IN_PARTS, true);
    rig.start();
    rig.awaitStream(2);

    Toot toot = rig.server.post("in small pieces — ç’est ça 🫀", "acc26", "cardio");
    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
    rig.server.delete(toot);
    Await.until(() -> rig.inbox.shown().isEmpty());
    rig.server.channels.stall();
    Await.until(() -> rig.inbox.reconnects() > 0);
  }

  @Test
  void whereNothingStreamsTheTimelineIsRead() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26");
    rig.server.refusesSockets = 404;
    rig.server.refusesEvents = true;
    rig.start();
    rig.awaitSentence("the stream cannot be opened");

    rig.server.post("all the same", "acc26");

    Await.until(() -> rig.inbox.shown().size() == 1);
    assertThat(rig.last().state()).isEqualTo(State.LIVE);
  }

  @Test
  void aStreamThatStallsWithoutAWordIsOpenedAgain() throws Exception {
    Rig rig = rigs.rig(Rig.STREAM_ALONE, "acc26");
    try (Cable cable = new Cable(URI.create(rig.server.base()).getPort())) {
      rig.server.streaming = "ws://127.0.0.1:" + cable.port();
      rig.start();
      rig.awaitStream(1);
      cable.stall();
      rig.server.post("unheard", "acc26");
      Await.until(() -> rig.inbox.last() != null && rig.last().state() != State.LIVE);
      cable.mend();
      Await.until(() -> rig.inbox.shown().size() == 1);
      Await.until(() -> rig.inbox.reconnects() > 0);
    }

    assertThat(rig.inbox.shown()).isEqualTo(rig.server.truth("acc26"));
  }

  @Test
  void aStreamThatLooksAliveAndIsDeadIsNoticed() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitStream(1);
    rig.server.channels.fault(Channels.Fault.DEAD, true);
    Await.until(
        () -> {
          rig.server.post("unheard", "acc26");
          return rig.inbox.told().stream()
              .anyMatch(told -> String.valueOf(told.sentence()).contains("brings nothing"));
        });

    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
    assertThat(rig.inbox.reconnects()).isPositive();
  }

  @Test
  void languagesThatTheAccountDoesNotReadAreNamed() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitStream(1);
    rig.server.hidden = "es";
    Await.until(
        () -> {
          rig.server.post("read", "acc26");
          rig.server.say("es", "oculto", "acc26");
          return rig.inbox.told().stream()
              .anyMatch(told -> String.valueOf(told.sentence()).contains("leaves out posts (es)"));
        });
    Await.until(() -> rig.inbox.shown().containsValue("oculto #acc26"));
  }

  @Test
  void organisersAreToldInASentenceWhatIsWrong() {
    Map<MastodonServer.Wrong, String> sentences =
        Map.of(
            MastodonServer.Wrong.html(200),
            "something else than a Mastodon server",
            MastodonServer.Wrong.html(404),
            "something else than a Mastodon server",
            MastodonServer.Wrong.json(401, "The access token was revoked"),
            "token was revoked",
            MastodonServer.Wrong.json(403, "outside the authorized scopes"),
            "the scopes that are",
            MastodonServer.Wrong.json(410, "Gone"),
            "gone for good",
            MastodonServer.Wrong.json(503, "Busy"),
            "in trouble itself (error 503)",
            MastodonServer.Wrong.json(429, "Too many requests"),
            "asks us to wait",
            new MastodonServer.Wrong(302, "text/html", "https://new.example/x"),
            "sends us on to https://new.example:");
    List<Rig> all = new ArrayList<>();
    for (MastodonServer.Wrong wrong : sentences.keySet()) {
      Rig rig = rigs.rig(Rig.HURRIED, "acc26");
      rig.server.wrong = path -> wrong;
      all.add(rig.start());
    }
    int i = 0;
    for (Map.Entry<MastodonServer.Wrong, String> each : sentences.entrySet()) {
      Rig rig = all.get(i++);
      rig.awaitSentence(each.getValue());
      rig.server.wrong = path -> null;
      rig.server.post("after all", "acc26");
    }
    for (Rig rig : all) {
      Await.until(() -> rig.inbox.shown().size() == 1);
      rig.awaitLive();
    }
  }

  @Test
  void aServerThatIsNotThereIsSaidToBe() {
    Rig refused = rigs.rig(Rig.HURRIED, "acc26");
    refused.server.close();
    refused.start();
    refused.awaitSentence("cannot be reached");
    told("nowhere.invalid", "No server named nowhere.invalid is found");
    told("not an address", "Enter the address of the Mastodon server");
  }

  @Test
  void whatIsInsideTheOwnNetworkIsNotAsked() {
    MastodonServer server = rigs.server();
    MemoryInbox inbox = new MemoryInbox(vertx, Rig.account(server.base()), "acc26");
    var connector =
        new MastodonConnector(
            new Net(vertx, new Hosts(vertx, false)),
            Rig.HURRIED,
            InstantSource.system(),
            Seen::new);
    var running = Rig.follow(vertx, connector, inbox.takeOver());

    Await.until(() -> String.valueOf(inbox.last()).contains("inside this server's own network"));
    Await.result(running.stop());

    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aRevokedTokenIsSaidToBe() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitStream(1);
    rig.server.wrong = path -> MastodonServer.Wrong.json(401, "The access token was revoked");
    rig.server.refusesSockets = 401;

    rig.server.channels.cut();

    Await.until(() -> rig.last().state() == State.FAILED);
    assertThat(rig.last().sentence()).contains("does not accept the access token", "was revoked");
  }

  @Test
  void whatTheAccountDoesNotGetToSeeIsSaid() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26");
    rig.server.mutes = new JsonArray().add(new JsonObject().put("id", "3"));
    rig.start();

    rig.awaitSentence("mutes people, whose posts are missing here");
  }

  @Test
  void hostileStatusesStopNothing() {
    Rig rig = rigs.rig(Rig.STREAM_ALONE, "acc26").start();
    rig.awaitStream(1);
    for (String payload :
        List.of("", "{", "[]", "null", "{\"id\":1}", "{\"id\":\"../x\",\"uri\":\"u\"}")) {
      rig.server.channels.tell("update", payload, List.of("acc26"));
      rig.server.channels.tell("delete", payload, List.of("acc26"));
    }
    String[] many = new String[200];
    java.util.Arrays.setAll(many, i -> i == 0 ? "acc26" : "tag" + i);
    rig.server.post("x".repeat(100_000), many);

    Await.until(() -> rig.inbox.shown().size() == 1);
    assertThat(rig.inbox.reconnects()).isZero();
  }

  @Test
  void aServerThatWasSetUpAgainIsAGapAndNoEnd() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitLive();
    rig.server.post("before", "acc26");
    Await.until(() -> !rig.mark().equals(Marks.START));
    rig.server.channels.fault(Channels.Fault.DEAD, true);
    rig.server.reset();
    Instant later = Instant.now().plusSeconds(10);
    Toot after = new Toot(5, "https://origin.example/5", "ann", later, "after", List.of("acc26"));
    rig.server.put(after);

    Await.until(() -> !rig.inbox.gaps().isEmpty());
    Await.until(() -> rig.inbox.shown().containsValue("after #acc26"));
    assertThat(rig.inbox.gaps().getFirst().why()).contains("has lost its history");
  }

  @Test
  void aClockThatIsWrongLosesNothing() {
    for (Duration skew : List.of(Duration.ofHours(5), Duration.ofHours(-5))) {
      Rig rig = rigs.rig(Rig.STREAM_ALONE, "acc26");
      rig.server.skew = skew;
      rig.server.post("before", "acc26");
      rig.start();
      rig.awaitStream(1);
      rig.server.post("after", "acc26");
      Await.until(() -> rig.inbox.shown().size() == 2);
      assertThat(rig.inbox.lag()).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void whenLittleIsLeftOfTheLimitItWaits() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26");
    rig.server.remaining = 1;
    rig.start();

    rig.awaitSentence("asks us to wait");
    rig.server.remaining = 299;
    rig.awaitLive();
  }

  /** A server at an address where there is none. */
  private void told(String address, String sentence) {
    Account account = Rig.account(address);
    MemoryInbox inbox = new MemoryInbox(vertx, account, "acc26");
    var running =
        Rig.follow(
            vertx,
            new MastodonConnector(
                new Net(vertx, new Hosts(vertx, true)),
                Rig.HURRIED,
                InstantSource.system(),
                Seen::new),
            inbox.takeOver());
    Await.until(() -> String.valueOf(inbox.last()).contains(sentence));
    Await.result(running.stop());
  }
}
