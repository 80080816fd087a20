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
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.network.Account;
import plenary.network.Following.State;
import plenary.network.MemoryInbox;
import plenary.network.Post;
import plenary.support.Await;
import plenary.support.Cable;

/** Reading hashtags from a server that does what servers do. */
class MastodonReaderIT {
  private static Vertx vertx;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    Await.result(vertx.close());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void aPostComesAndIsEditedAndGoes() {
    Rig rig = rig(Rig.STREAM_ALONE, "acc26").start();
    awaitStream(rig, 1);

    Toot toot = rig.server.post("Is it <safe>?\n\nReally & truly?", "acc26");
    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
    rig.server.edit(toot, "Is it safe at last?", "acc26", "cardio");
    Await.until(() -> rig.inbox.shown().containsValue("Is it safe at last? #acc26 #cardio"));
    assertThat(Objects.requireNonNull(rig.inbox.post(toot.uri)).edited()).isTrue();
    rig.server.delete(toot);
    Await.until(() -> rig.inbox.shown().isEmpty());
    assertThat(rig.inbox.gaps()).isEmpty();
    assertThat(rig.inbox.lag()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void theFirstReadTakesTheLastHourAndNoMore() {
    MastodonServer server = server();
    server.post("bob@far.example", Duration.ofHours(3), "long ago", "acc26");
    for (int i = 0; i < 90; i++) {
      server.post("bob@far.example", Duration.ofSeconds(i * 30), "post " + i, "acc26");
    }
    Rig rig = rig(server, Rig.STREAM_ALONE, "acc26").start();

    Await.until(() -> rig.inbox.shown().size() == 90);
    rig.awaitLive();
    assertThat(rig.inbox.shown()).hasSize(90).doesNotContainValue("long ago #acc26");
  }

  @Test
  void whatWasWrittenWhileNobodyReadIsCaughtUpWith() {
    MastodonServer server = server();
    server.post("first", "acc26");
    Rig rig = rig(server, Rig.STREAM_ALONE, "acc26").start();
    rig.awaitLive();
    Await.result(rig.running().stop());
    for (int i = 0; i < 130; i++) {
      server.post("missed " + i, "acc26");
    }

    rig.start();

    Await.until(() -> rig.inbox.shown().equals(server.truth("acc26")));
    Toot newest = server.with("missed 129").getFirst();
    assertThat(mark(rig)).isEqualTo(Long.toString(newest.number));
    assertThat(rig.inbox.gaps()).isEmpty();
  }

  @Test
  void aHashtagNobodyUsedYetLosesNothing() {
    Rig rig = rig(Rig.HURRIED, "acc26").start();
    rig.awaitLive();
    rig.server.refusesSockets = 503;
    rig.server.refusesEvents = true;
    rig.server.channels.cut();

    rig.server.post("the first of all", "acc26");

    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
    assertThat(rig.inbox.shown()).hasSize(1);
  }

  @Test
  void aDeletionThatComesAheadIsRemembered() {
    Rig rig = rig(Rig.STREAM_ALONE, "acc26").start();
    awaitStream(rig, 1);
    rig.server.channels.fault(Channels.Fault.LATE, true);
    for (int i = 0; i < 20; i++) {
      rig.server.delete(rig.server.post("gone " + i, "acc26"));
    }
    rig.server.channels.heal();
    rig.server.post("stays", "acc26");
    Await.until(() -> rig.inbox.shown().containsValue("stays #acc26"));
    LockSupport.parkNanos(Duration.ofMillis(80).toNanos());

    assertThat(rig.inbox.shown()).isEqualTo(rig.server.truth("acc26")).hasSize(1);
  }

  @Test
  void anEditThatTakesTheHashtagAwayIsFoundBySweeping() {
    Rig rig = rig(Rig.HURRIED, "acc26").start();
    awaitStream(rig, 1);
    Toot toot = rig.server.post("mine", "acc26");
    Await.until(() -> rig.inbox.shown().size() == 1);

    rig.server.edit(toot, "not for you", "other");

    Await.until(() -> rig.inbox.shown().isEmpty());
  }

  @Test
  void oldServersAreSweptOneByOne() {
    Rig rig = rig(Rig.HURRIED, "acc26");
    rig.server.old = true;
    rig.start();
    awaitStream(rig, 1);
    Toot gone = rig.server.post("goes", "acc26");
    Toot stays = rig.server.post("stays", "acc26");
    Await.until(() -> rig.inbox.shown().size() == 2);
    rig.server.channels.fault(Channels.Fault.DROP, true);

    rig.server.delete(gone);
    rig.server.edit(stays, "stays, better", "acc26");

    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
  }

  @Test
  void anAnswerThatIsNoMastodonAnswerDeletesNothing() {
    Rig rig = rig(Rig.HURRIED, "acc26").start();
    awaitStream(rig, 1);
    rig.server.post("stays", "acc26");
    Await.until(() -> rig.inbox.shown().size() == 1);

    rig.server.wrong =
        path -> path.startsWith("/api/v1/statuses") ? MastodonServer.Wrong.html(404) : null;
    rig.awaitSentence("something else than a Mastodon server");

    assertThat(rig.inbox.shown()).hasSize(1);
  }

  @Test
  void whereSocketsAreRefusedEventsAreRead() {
    Rig rig = rig(Rig.STREAM_ALONE, "acc26", "cardio");
    rig.server.refusesSockets = 400;
    rig.server.channels.fault(Channels.Fault.IN_PARTS, true);
    rig.start();
    awaitStream(rig, 2);

    Toot toot = rig.server.post("in small pieces — ç’est ça 🫀", "acc26", "cardio");
    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
    rig.server.delete(toot);
    Await.until(() -> rig.inbox.shown().isEmpty());
    rig.server.channels.stall();
    Await.until(() -> rig.inbox.reconnects() > 0);
  }

  @Test
  void whereNothingStreamsTheTimelineIsRead() {
    Rig rig = rig(Rig.HURRIED, "acc26");
    rig.server.refusesSockets = 404;
    rig.server.refusesEvents = true;
    rig.start();
    rig.awaitSentence("the stream cannot be opened");

    rig.server.post("all the same", "acc26");

    Await.until(() -> rig.inbox.shown().size() == 1);
    assertThat(last(rig).state()).isEqualTo(State.LIVE);
  }

  @Test
  void aStreamThatStallsWithoutAWordIsOpenedAgain() throws Exception {
    Rig rig = rig(Rig.STREAM_ALONE, "acc26");
    try (Cable cable = new Cable(URI.create(rig.server.base()).getPort())) {
      rig.server.streaming = "ws://127.0.0.1:" + cable.port();
      rig.start();
      awaitStream(rig, 1);
      cable.stall();
      rig.server.post("unheard", "acc26");
      Await.until(() -> rig.inbox.last() != null && last(rig).state() != State.LIVE);
      cable.mend();
      Await.until(() -> rig.inbox.shown().size() == 1);
      Await.until(() -> rig.inbox.reconnects() > 0);
    }

    assertThat(rig.inbox.shown()).isEqualTo(rig.server.truth("acc26"));
  }

  @Test
  void aStreamThatLooksAliveAndIsDeadIsNoticed() {
    Rig rig = rig(Rig.HURRIED, "acc26").start();
    awaitStream(rig, 1);
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
    Rig rig = rig(Rig.HURRIED, "acc26").start();
    awaitStream(rig, 1);
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
    List<Rig> rigs = new ArrayList<>();
    for (MastodonServer.Wrong wrong : sentences.keySet()) {
      Rig rig = rig(Rig.HURRIED, "acc26");
      rig.server.wrong = path -> wrong;
      rigs.add(rig.start());
    }
    int i = 0;
    for (Map.Entry<MastodonServer.Wrong, String> each : sentences.entrySet()) {
      Rig rig = rigs.get(i++);
      rig.awaitSentence(each.getValue());
      rig.server.wrong = path -> null;
      rig.server.post("after all", "acc26");
    }
    for (Rig rig : rigs) {
      Await.until(() -> rig.inbox.shown().size() == 1);
      rig.awaitLive();
    }
  }

  @Test
  void aServerThatIsNotThereIsSaidToBe() {
    Rig refused = rig(Rig.HURRIED, "acc26");
    refused.server.close();
    refused.start();
    refused.awaitSentence("cannot be reached");
    told("nowhere.invalid", "No server named nowhere.invalid is found");
    told("not an address", "Enter the address of the Mastodon server");
  }

  @Test
  void whatIsInsideTheOwnNetworkIsNotAsked() {
    MastodonServer server = server();
    MemoryInbox inbox = new MemoryInbox(vertx, Rig.account(server.base()), "acc26");
    var connector =
        new MastodonConnector(
            new Net(vertx, address -> !address.isLoopbackAddress()),
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
    Rig rig = rig(Rig.HURRIED, "acc26").start();
    awaitStream(rig, 1);
    rig.server.wrong = path -> MastodonServer.Wrong.json(401, "The access token was revoked");
    rig.server.refusesSockets = 401;

    rig.server.channels.cut();

    Await.until(() -> last(rig).state() == State.FAILED);
    assertThat(last(rig).sentence()).contains("does not accept the access token", "was revoked");
  }

  @Test
  void whatTheAccountDoesNotGetToSeeIsSaid() {
    Rig rig = rig(Rig.HURRIED, "acc26");
    rig.server.mutes = new JsonArray().add(new JsonObject().put("id", "3"));
    rig.start();

    rig.awaitSentence("mutes people, whose posts are missing here");
  }

  @Test
  void aReplyIsKnownByItsThread() {
    Rig rig = rig(Rig.STREAM_ALONE, "acc26");
    Toot root = rig.server.post("chat", Duration.ofHours(2), "Q1");
    Toot first = rig.server.reply(root, "A1");
    rig.start();
    awaitStream(rig, 1);

    Toot second = rig.server.reply(first, "A1, too", "acc26");

    Await.until(() -> rig.inbox.shown().size() == 1);
    Post post = Objects.requireNonNull(rig.inbox.post(second.uri));
    assertThat(post.replyTo()).isEqualTo(first.uri);
    assertThat(post.thread()).isEqualTo(root.uri);
  }

  @Test
  void hostileStatusesStopNothing() {
    Rig rig = rig(Rig.STREAM_ALONE, "acc26").start();
    awaitStream(rig, 1);
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
    Rig rig = rig(Rig.HURRIED, "acc26").start();
    rig.awaitLive();
    rig.server.post("before", "acc26");
    Await.until(() -> !mark(rig).equals(Marks.START));
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
      Rig rig = rig(Rig.STREAM_ALONE, "acc26");
      rig.server.skew = skew;
      rig.server.post("before", "acc26");
      rig.start();
      awaitStream(rig, 1);
      rig.server.post("after", "acc26");
      Await.until(() -> rig.inbox.shown().size() == 2);
      assertThat(rig.inbox.lag()).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void otherHashtagsAreFollowedFromNowOn() {
    Rig rig = rig(Rig.STREAM_ALONE, "acc26").start();
    awaitStream(rig, 1);
    rig.inbox.follow("cardio", "acc26");
    rig.running().tagsChanged();
    awaitStream(rig, 2);

    rig.server.post("new", "cardio");

    Await.until(() -> rig.inbox.shown().size() == 1);
  }

  @Test
  void whenLittleIsLeftOfTheLimitItWaits() {
    Rig rig = rig(Rig.HURRIED, "acc26");
    rig.server.remaining = 1;
    rig.start();

    rig.awaitSentence("asks us to wait");
    rig.server.remaining = 299;
    rig.awaitLive();
  }

  private MastodonServer server() {
    MastodonServer server = new MastodonServer(vertx, 1);
    open.add(server);
    return server;
  }

  private Rig rig(Pace pace, String... tags) {
    return rig(server(), pace, tags);
  }

  private Rig rig(MastodonServer server, Pace pace, String... tags) {
    Rig rig = new Rig(vertx, server, pace, tags);
    open.addFirst(rig);
    return rig;
  }

  /** A server at an address where there is none. */
  private void told(String address, String sentence) {
    Account account = Rig.account(address);
    MemoryInbox inbox = new MemoryInbox(vertx, account, "acc26");
    var running =
        Rig.follow(
            vertx,
            new MastodonConnector(
                new Net(vertx, any -> true), Rig.HURRIED, InstantSource.system(), Seen::new),
            inbox.takeOver());
    Await.until(() -> String.valueOf(inbox.last()).contains(sentence));
    Await.result(running.stop());
  }

  private static String mark(Rig rig) {
    return Objects.requireNonNull(rig.inbox.cursor())
        .getJsonObject("tags")
        .getJsonObject("acc26")
        .getString("at");
  }

  private static void awaitStream(Rig rig, int subscriptions) {
    Await.until(() -> rig.server.channels.subscriptions() == subscriptions);
    rig.awaitLive();
  }

  private static MemoryInbox.Told last(Rig rig) {
    return Objects.requireNonNull(rig.inbox.last());
  }
}
