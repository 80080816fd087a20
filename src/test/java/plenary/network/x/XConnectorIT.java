package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.network.Account;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Following.State;
import plenary.network.Hosts;
import plenary.network.MemoryInbox;
import plenary.network.Network;
import plenary.support.Await;

/** The connector against the simulated X, a hundred times faster than documented. */
class XConnectorIT {
  private static final Pace FAST = new Pace(100, 3_600);
  private static final long CAP = 20_000_000;

  private static Vertx vertx;

  private final XServer x = new XServer(vertx, 1);
  private final Books books = new Books(CAP);
  private final List<Connector.Running> running = new ArrayList<>();
  private MemoryInbox inbox = inbox(CAP, XServer.BEARER);

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void end() {
    Await.result(vertx.close());
  }

  @AfterEach
  void stop() {
    running.forEach(one -> Await.result(one.stop()));
    x.close();
  }

  @Test
  void postsArriveOnceWhateverElseTheStreamSays() {
    x.foreignRule("#other -is:retweet", "somebody else's");
    x.stream().faults(0, 0.5, 20, true);
    follow();
    x.stream().say("{\"data\":{\"new_kind\":{}}}\r\nnot json\r\n");
    x.stream().say(Buffer.buffer(new byte[] {'{', (byte) 0xff, '}', '\n'}));
    String first = x.source().create("1", "Hello #ACC26 & all");
    x.source().create("2", "Nothing to do with it #other");
    x.source().create("3", "RT #acc26", first, x.now());
    x.source().edit(x.source().create("2", "Wrong #acc26"), "Right #acc26");

    Await.until(() -> inbox.shown().equals(x.source().truth("acc26")) && inbox.shown().size() == 2);
    assertThat(inbox.post(first).text()).isEqualTo("Hello #ACC26 & all");
    assertThat(inbox.post(first).writer().handle()).isEqualTo("user1");
    Await.until(() -> inbox.last().state() == State.LIVE);
    assertThat(inbox.lag()).isLessThan(Duration.ofSeconds(5));
    assertThat(x.rules()).hasSize(2);
  }

  @Test
  void whatWasSaidWhileTheStreamWasAwayIsSearchedFor() {
    x.source().create("1", "Just before #acc26", null, x.now().minusSeconds(3));
    follow();
    String early = x.source().create("1", "one #acc26");
    Await.until(() -> inbox.shown().containsKey(early) && inbox.shown().size() == 2);

    x.answer(XServer.Canned.of("/2/tweets/search/stream", 503, "{}"));
    x.stream().cut();
    for (int i = 0; i < 25; i++) {
      x.source().create("w" + i, "unseen " + i + " #acc26");
    }

    Await.until(() -> inbox.shown().equals(x.source().truth("acc26")));
    assertThat(inbox.shown()).hasSize(27);
    assertThat(inbox.reconnects()).isPositive();
    assertThat(inbox.gaps()).isEmpty();
  }

  @Test
  void aPostThatTheStreamLostIsFoundByLookingThroughAgain() {
    follow();
    x.stream().faults(1, 0, 0, false);
    x.source().create("1", "lost #acc26");

    Await.until(() -> inbox.shown().equals(x.source().truth("acc26")));
  }

  @Test
  void aSilentConnectionIsLeft() {
    follow();
    x.stream().stall();
    x.source().create("1", "during #acc26");

    Await.until(() -> x.stream().connections() > 1 && inbox.shown().size() == 1);
  }

  @Test
  void theSweepFindsWhatWasDeletedEditedAwayOrWithheld() {
    follow();
    String deleted = x.source().create("1", "deleted #acc26");
    String withheld = x.source().create("2", "withheld #acc26");
    String untagged = x.source().create("3", "untagged #acc26");
    String stays = x.source().create("4", "stays #acc26");
    Await.until(() -> inbox.shown().size() == 4);

    x.source().delete(deleted);
    x.source().withhold(withheld);
    x.source().edit(untagged, "no tag any more");

    Await.until(() -> inbox.shown().keySet().equals(Set.of(stays)));
  }

  @Test
  void searchAndLookUpMaySpellEitherWay() {
    x.spell(false);
    String deleted = x.source().create("1", "before #acc26", null, x.now().minusSeconds(3));
    follow();
    Await.until(() -> inbox.shown().containsKey(deleted));

    x.source().delete(deleted);
    Await.until(() -> inbox.shown().isEmpty());
  }

  @Test
  void rulesFollowTheHashtagsAndLeaveOthersAlone() {
    x.foreignRule("(#acc26) -is:retweet", "the same words of another meeting");
    Connector.Running connector = follow();
    x.source().create("1", "one #acc26");
    Await.until(() -> inbox.shown().size() == 1);
    assertThat(x.rules()).as("the same words once").hasSize(1);

    inbox.follow("acc26", "cardio");
    connector.tagsChanged();
    Await.until(() -> x.rules().size() == 2);
    x.source().create("1", "two #Cardio");
    Await.until(() -> inbox.shown().size() == 2);

    inbox.follow();
    connector.tagsChanged();
    Await.until(() -> x.rules().size() == 1 && !x.stream().isOpen());
    assertThat(x.rules().values()).allMatch(rule -> rule.getString("tag").startsWith("the same"));
  }

  @Test
  void whatAnswersAPromptNeedsNoHashtag() {
    Connector.Running connector = follow();
    String prompt = x.source().create("9", "Q1 #acc26");
    inbox.ask(new Following.Prompt(prompt, new UUID(0, 1), new JsonObject()));
    connector.promptsChanged();
    Await.until(() -> x.rules().toString().contains("conversation_id:" + prompt));

    String answer = x.source().reply("1", "An answer without a hashtag", prompt);
    String below = x.source().reply("2", "And one to that", answer);
    x.stream().faults(1, 0, 0, false);
    String searched = x.source().reply("3", "The stream loses it", prompt);
    x.source().create("4", "Nothing to do with it");

    Await.until(() -> inbox.shown().keySet().equals(Set.of(prompt, answer, below, searched)));
    assertThat(inbox.post(below).thread()).isEqualTo(prompt);
    x.source().delete(answer);
    Await.until(() -> !inbox.shown().containsKey(answer));
  }

  @Test
  void whatIsShownIsWatchedWhenNothingIsFollowedAnyMore() {
    Connector.Running connector = follow();
    String goes = x.source().create("1", "goes #acc26");
    Await.until(() -> inbox.knows(goes));
    inbox.follow();
    connector.tagsChanged();
    Await.until(() -> !x.stream().isOpen());

    x.source().create("1", "new #acc26");
    x.source().delete(goes);

    Await.until(() -> !inbox.knows(goes));
    assertThat(inbox.stored()).isZero();
  }

  @Test
  void atTheLimitTheStreamIsLeftAndTheRestIsAGap() {
    books.limit(900_000);
    inbox = inbox(900_000, XServer.BEARER);
    follow();
    for (int i = 0; i < 90; i++) {
      x.source().create("w" + i, "post " + i + " #acc26");
    }

    Await.until(() -> inbox.last() != null && inbox.last().state() == State.FAILED);
    assertThat(inbox.last().sentence()).contains("$0.90").contains("is reached");
    assertThat(books.spent()).isLessThanOrEqualTo(900_000);
    assertThat(x.source().micros()).isLessThanOrEqualTo(900_000);
    Await.until(() -> !x.stream().isOpen() && !inbox.gaps().isEmpty());

    books.limit(CAP);
    Await.until(() -> inbox.shown().equals(x.source().truth("acc26")));
    assertThat(x.source().micros()).isLessThanOrEqualTo(books.spent());
  }

  @Test
  void withoutALimitOrATokenNothingIsAsked() {
    inbox = inbox(0, XServer.BEARER);
    begin();
    Await.until(() -> inbox.last() != null);
    assertThat(inbox.last().sentence()).contains("name a monthly spending limit");

    inbox = inbox(CAP, " ");
    begin();
    Await.until(() -> inbox.last() != null);
    assertThat(inbox.last().sentence()).contains("no bearer token");
    assertThat(x.requests("/2/tweets/search/stream/rules")).isZero();
  }

  @Test
  void nothingIsSentToWhereAServerMayNotBe() {
    running.add(
        new XConnector(vertx, InstantSource.system(), new Hosts(vertx, false), FAST)
            .follow(books.over(inbox.takeOver())));

    Await.until(() -> told(State.FAILED, "inside this server"));
    assertThat(x.requests("/2/tweets/search/stream/rules")).isZero();
  }

  @Test
  void aWrongTokenIsSaidAndTriedAgain() {
    inbox = inbox(CAP, "wrong");
    begin();

    Await.until(() -> told(State.FAILED, "does not accept the bearer token"));
    Await.until(() -> x.requests("/2/tweets/search/stream/rules") > 2);
  }

  @Test
  void whatElseXMayAnswerIsASentenceAndPasses() {
    String stream = "/2/tweets/search/stream";
    x.answer(XServer.Canned.of(stream, 403, "{\"reason\":\"client-not-enrolled\"}"));
    x.answer(XServer.Canned.of(stream, 402, "{\"title\":\"CreditsDepleted\"}"));
    x.answer(new XServer.Canned(stream, 200, "text/html", "<html>Sign in</html>", Map.of()));
    x.answer(XServer.Canned.of(stream, 500, "oops"));
    x.answer(XServer.Canned.of(stream, 429, "{\"title\":\"Too Many Requests\"}"));
    x.answer(XServer.Canned.of(stream, XServer.STALL, ""));
    x.answer(XServer.Canned.of(stream, XServer.CUT, ""));
    begin();

    Await.until(() -> inbox.last() != null && inbox.last().state() == State.LIVE);
    assertThat(told(State.FAILED, "belongs to no project")).isTrue();
    assertThat(told(State.FAILED, "credit of the developer account")).isTrue();
    assertThat(told(State.FAILED, "not X's interface but a web page")).isTrue();
    assertThat(told(State.CONNECTING, "out of order")).isTrue();
    assertThat(told(State.WAITING, "asks to wait")).isTrue();
    assertThat(told(State.CONNECTING, "cannot be reached")).isTrue();
  }

  @Test
  void anotherProgramOnTheSameAppIsNamed() {
    x.foreignRule("#acc26", "theirs");
    MemoryInbox theirs = inbox(CAP, XServer.BEARER);
    running.add(
        new XConnector(vertx, InstantSource.system(), new Hosts(vertx, true), FAST)
            .follow(theirs.takeOver()));
    Await.until(() -> x.stream().isOpen());
    begin();

    Await.until(() -> told(State.WAITING, "one stream for each app"));
    Await.result(running.removeFirst().stop());
    Await.until(() -> inbox.last().state() == State.LIVE);
  }

  @Test
  void anErrorInsideTheStreamMakesItAnew() {
    follow();
    JsonObject error =
        new JsonObject()
            .put("title", "operational-disconnect")
            .put("disconnect_type", "UpstreamOperationalDisconnect");
    x.stream().disconnect(new JsonObject().put("errors", new JsonArray().add(error)));

    Await.until(() -> x.stream().connections() == 2);
    x.source().create("1", "after #acc26");
    Await.until(() -> inbox.shown().size() == 1);
  }

  @Test
  void whatIsOlderThanXsSearchIsAGap() {
    Instant longAgo = x.now().minus(Duration.ofDays(9));
    inbox.cursor(new JsonObject().put("sinceId", String.valueOf(Snowflakes.at(longAgo))));
    x.source().create("1", "too old #acc26", null, x.now().minus(Duration.ofDays(8)));
    String old = x.source().create("1", "old #acc26", null, x.now().minus(Duration.ofDays(6)));
    follow();

    Await.until(() -> inbox.shown().containsKey(old));
    assertThat(inbox.shown()).hasSize(1);
    assertThat(inbox.gaps())
        .anySatisfy(
            gap -> {
              assertThat(gap.from()).isEqualTo(Snowflakes.time(Snowflakes.at(longAgo)));
              assertThat(gap.until()).isAfter(x.now().minus(Duration.ofDays(7)));
            });
  }

  @Test
  void aClockThatIsHoursOffLosesNothing() {
    for (int hours : new int[] {-5, 5}) {
      x.skew(Duration.ofHours(hours));
      inbox = inbox(CAP, XServer.BEARER);
      Connector.Running connector = follow();
      x.source().create("1", "one #acc26");
      Await.until(() -> inbox.cursor() != null && inbox.shown().size() > 0);
      x.stream().cut();
      x.source().create("1", "two #acc26");
      Await.until(() -> inbox.shown().values().containsAll(List.of("one #acc26", "two #acc26")));
      Await.result(connector.stop());
    }
  }

  @Test
  void aDatabaseThatIsAwayLosesNothing() {
    inbox.faults(call -> call % 2 == 1 ? MemoryInbox.Fault.LOST : MemoryInbox.Fault.UNANSWERED);
    follow();
    for (int i = 0; i < 30; i++) {
      x.source().create("1", i + " #acc26");
    }
    Await.until(() -> told(State.WAITING, "cannot be stored"));
    inbox.faults(call -> MemoryInbox.Fault.NONE);

    Await.until(() -> inbox.shown().equals(x.source().truth("acc26")));
    Await.until(() -> inbox.last().state() == State.LIVE);
  }

  private boolean told(State state, String words) {
    return inbox.told().stream()
        .anyMatch(
            told ->
                told.state() == state
                    && told.sentence() != null
                    && told.sentence().contains(words));
  }

  private MemoryInbox inbox(long cap, String bearer) {
    Account account =
        new Account(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Network.X,
            x.url(),
            null,
            new JsonObject().put("bearer", bearer),
            new JsonObject().put("capMicros", cap));
    return new MemoryInbox(vertx, account, "acc26");
  }

  private Connector.Running begin() {
    Connector.Running one =
        new XConnector(vertx, InstantSource.system(), new Hosts(vertx, true), FAST)
            .follow(books.over(inbox.takeOver()));
    running.add(one);
    return one;
  }

  private Connector.Running follow() {
    Connector.Running one = begin();
    Await.until(() -> x.stream().isOpen());
    return one;
  }
}
