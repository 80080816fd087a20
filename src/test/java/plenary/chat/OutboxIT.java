package plenary.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.support.Await.result;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plenary.chat.Outbox.Limits;
import plenary.chat.Outbox.Step;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.live.CommitLimits;
import plenary.live.Faults;
import plenary.live.Live;
import plenary.live.LiveLimits;
import plenary.network.Network;
import plenary.network.Publisher;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.FakeNetwork;
import plenary.support.FakeNetwork.Fault;
import plenary.support.FakeNetwork.Seen;
import plenary.support.MutableTime;
import plenary.support.Nodes;
import plenary.support.Room;

/** Prompts go out at their times and are posted once, whatever fails and wherever a node dies. */
class OutboxIT {
  /** Another node takes over at once; what is sent is answered, or it is not known. */
  private static final Limits SHORT = new Limits(Duration.ofMillis(150), Duration.ofMillis(300));

  private static Vertx vertx;
  private static Database database;
  private static Live live;

  private final MutableTime time = new MutableTime(Instant.parse("2036-08-28T10:00:00Z"));
  private Room room;
  private Client mo;
  private UUID session;
  private UUID meeting;

  @BeforeAll
  static void anEngine() {
    Nodes.organiser();
    vertx = Vertx.vertx();
    database = result(Database.open(vertx, Nodes.database(), 4));
    live =
        result(
            Live.start(
                vertx,
                database.options(),
                database.pool(),
                CommitLimits.DEFAULT,
                LiveLimits.DEFAULT,
                new SimpleMeterRegistry(),
                Faults.NONE));
  }

  @AfterAll
  static void ends() {
    result(live.close());
    result(database.close());
    result(vertx.close());
  }

  @BeforeEach
  void aChat() {
    room = Room.open(Nodes.organiser());
    mo = room.staff("moderator", "Mo");
    session = UUID.fromString(room.session());
    meeting = UUID.fromString(room.meeting());
    room.organiser()
        .patch("/api/meetings/" + meeting, json("hashtags", new JsonArray().add("ACC26")))
        .ok();
  }

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  /** Lets the chat post through an account of each network. */
  private void accounts(Network... networks) {
    JsonArray ids = new JsonArray();
    for (Network network : networks) {
      UUID id = Ids.next();
      result(
          database
              .pool()
              .preparedQuery(
                  """
                  insert into network_account
                    (id, meeting, network, handle, credentials, reads, posts, created_at)
                  values ($1, $2, $3, 'chat.example', '{}', false, true, now())
                  """)
              .execute(Tuple.of(id, meeting, network.id())));
      ids.add(id.toString());
    }
    mo.patch(room.path("/chat"), json("accounts", ids)).ok();
  }

  /** What a node has for chats. */
  private record Desk(Prompts prompts, Outbox outbox, ChatClock clock) {}

  private Desk desk(Map<Network, Publisher> publishers, Function<Step, Future<Void>> before) {
    Outlets outlets = new Outlets(publishers);
    Prompts prompts = new Prompts(outlets, time);
    Outbox outbox = new Outbox(database.pool(), live::submit, outlets, time, SHORT, before);
    return new Desk(
        prompts,
        outbox,
        new ChatClock(vertx, database.pool(), live::submit, prompts, outbox, time));
  }

  private Desk desk(FakeNetwork network) {
    return desk(Map.of(network.network(), network), step -> Future.succeededFuture());
  }

  private UUID prompt(Desk desk, String text, String at) {
    JsonObject draft = json("text", text);
    if (!at.isEmpty()) {
      draft.put("at", at);
    }
    JsonObject made = result(live.submit(desk.prompts().add(session, meeting, draft, null)));
    return UUID.fromString(made.getString("id"));
  }

  private JsonObject move(Desk desk, UUID prompt, String to) {
    return result(live.submit(desk.prompts().move(session, meeting, prompt, json("to", to), null)));
  }

  private JsonObject posting(UUID prompt) {
    return result(OutboxStore.of(database.pool(), session, prompt)).getFirst().body();
  }

  private String state(UUID prompt) {
    return result(ChatStore.prompts(database.pool(), session))
        .find(prompt)
        .orElseThrow()
        .state()
        .id();
  }

  private void untilSent(Desk desk, UUID prompt) {
    Await.until(
        () -> {
          desk.outbox().send();
          time.forward(Duration.ofSeconds(1));
          return posting(prompt).getString("state").equals("sent");
        });
  }

  @Test
  void aPromptIsPostedWithItsLabelAndItsHashtagAndEverybodySeesWhere() {
    FakeNetwork bluesky = FakeNetwork.of(Network.BLUESKY, 300);
    accounts(Network.BLUESKY);
    Desk desk = desk(bluesky);
    UUID prompt = prompt(desk, "Which dose do you use?", "");
    assertThat(room.state(room.join("Ann"), "attendee").version("prompt/" + prompt)).isEqualTo(-1);

    JsonObject out = move(desk, prompt, "now");
    assertThat(out.getJsonArray("postings").getJsonObject(0).getString("state"))
        .isEqualTo("reserved");
    assertThat(bluesky.seen()).isEmpty();
    result(desk.outbox().send());

    assertThat(bluesky.seen())
        .extracting(Seen::text)
        .containsExactly("Q1: Which dose do you use? #ACC26");
    Client ben = room.join("Ben");
    Await.until(
        () ->
            !room.state(ben, "attendee")
                .body("prompt/" + prompt)
                .getJsonArray("posted", new JsonArray())
                .isEmpty());
    JsonObject seen = room.state(ben, "attendee").body("prompt/" + prompt);
    assertThat(seen.getInteger("number")).isEqualTo(1);
    assertThat(seen.getJsonArray("posted").getJsonObject(0).getString("url")).startsWith("https:");
    assertThat(seen.encode()).doesNotContain("chat.example");
    assertThat(posting(prompt).getString("state")).isEqualTo("sent");
  }

  /** Where a node can die around one post. */
  enum Death {
    BEFORE_IT_TAKES,
    BEFORE_IT_SENDS,
    BEFORE_IT_ARRIVES,
    AFTER_IT_ARRIVED,
    BEFORE_IT_TELLS
  }

  private Desk dying(FakeNetwork network, Death death) {
    Future<Void> never = Promise.<Void>promise().future();
    Future<Void> goesOn = Future.succeededFuture();
    return switch (death) {
      case BEFORE_IT_TAKES -> desk(Map.of(), step -> goesOn);
      case BEFORE_IT_SENDS ->
          desk(Map.of(network.network(), network), step -> step == Step.TAKEN ? never : goesOn);
      case BEFORE_IT_TELLS ->
          desk(Map.of(network.network(), network), step -> step == Step.ANSWERED ? never : goesOn);
      case BEFORE_IT_ARRIVES, AFTER_IT_ARRIVED -> {
        network.next(death == Death.BEFORE_IT_ARRIVES ? Fault.LOST : Fault.SILENT);
        yield desk(
            Map.of(network.network(), network), step -> step == Step.ANSWERED ? never : goesOn);
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void whereverANodeDiesAnotherOneSendsItOnce(Death death) {
    FakeNetwork network = FakeNetwork.of(Network.MASTODON, 500);
    accounts(Network.MASTODON);
    Desk survivor = desk(network);
    UUID prompt = prompt(survivor, "Which dose do you use?", "");
    move(survivor, prompt, "now");

    dying(network, death).outbox().send();
    Await.until(
        () ->
            death == Death.BEFORE_IT_TAKES
                || posting(prompt).getString("state").equals("reserved")
                || network.tries() > 0);
    untilSent(survivor, prompt);

    assertThat(network.seen()).hasSize(1);
  }

  @Test
  void withoutAnIdentityTheSameDeathPostsTwice() {
    FakeNetwork network = FakeNetwork.forgetful(Network.MASTODON);
    accounts(Network.MASTODON);
    Desk survivor = desk(network);
    UUID prompt = prompt(survivor, "Which dose do you use?", "");
    move(survivor, prompt, "now");

    dying(network, Death.BEFORE_IT_TELLS).outbox().send();
    Await.until(() -> network.tries() == 1);
    untilSent(survivor, prompt);

    assertThat(network.seen()).extracting(Seen::again).containsExactly(false, true);
  }

  @Test
  void whatANetworkDoesIsToldToTheHost() {
    FakeNetwork network =
        FakeNetwork.of(Network.X, 280)
            .next(Fault.UNANSWERED, Fault.LATER, Fault.LOST, Fault.REFUSED, Fault.NONE);
    accounts(Network.X);
    Desk desk = desk(network);
    UUID prompt = prompt(desk, "Which dose do you use?", "");
    move(desk, prompt, "now");
    List<String> states = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      result(desk.outbox().send());
      states.add(posting(prompt).getString("state"));
      assertThat(posting(prompt).getString("problem")).isNotEmpty();
      time.forward(Duration.ofSeconds(70));
    }
    result(desk.outbox().send());
    assertThat(network.tries()).isEqualTo(4);

    move(desk, prompt, "now");
    result(desk.outbox().send());

    assertThat(states).containsExactly("unknown", "waiting", "unknown", "refused");
    assertThat(posting(prompt).getString("state")).isEqualTo("sent");
    assertThat(network.seen()).hasSize(1);
  }

  @Test
  void whatANetworkAsksToWaitForGoesOutThenAndTheHostIsToldWhen() {
    FakeNetwork network =
        FakeNetwork.of(Network.X, 280)
            .next(Fault.LATER)
            .later(time.instant().plus(Duration.ofMinutes(25)));
    accounts(Network.X);
    Desk desk = desk(network);
    UUID prompt = prompt(desk, "Which dose do you use?", "");
    move(desk, prompt, "now");
    result(desk.outbox().send());
    assertThat(posting(prompt))
        .isEqualTo(
            posting(prompt)
                .copy()
                .put("state", "waiting")
                .put("nextAt", "2036-08-28T10:25:00.000Z"));

    time.forward(Duration.ofMinutes(24));
    result(desk.outbox().send());
    assertThat(network.tries()).isEqualTo(1);
    time.forward(Duration.ofMinutes(2));
    result(desk.outbox().send());
    assertThat(posting(prompt).getString("state")).isEqualTo("sent");
  }

  @Test
  void aWaitOfHoursIsTheHostsToDecide() {
    FakeNetwork network =
        FakeNetwork.of(Network.X, 280)
            .next(Fault.LATER)
            .later(time.instant().plus(Duration.ofHours(3)));
    accounts(Network.X);
    Desk desk = desk(network);
    UUID prompt = prompt(desk, "Which dose do you use?", "");
    move(desk, prompt, "now");
    result(desk.outbox().send());

    assertThat(posting(prompt).getString("state")).isEqualTo("missed");
    assertThat(posting(prompt).getString("nextAt")).isEqualTo("2036-08-28T13:00:00.000Z");
    time.forward(Duration.ofHours(4));
    result(desk.outbox().send());
    assertThat(network.seen()).isEmpty();
    move(desk, prompt, "now");
    result(desk.outbox().send());
    assertThat(network.seen()).hasSize(1);
  }

  @Test
  void anAccountThatWasRemovedIsNamedInTheRunSheet() {
    FakeNetwork network = FakeNetwork.of(Network.MASTODON, 500);
    accounts(Network.MASTODON);
    Desk desk = desk(network);
    move(desk, prompt(desk, "First?", ""), "now");
    result(desk.outbox().send());
    String path = "/api/meetings/" + meeting + "/networks";
    JsonObject account = room.organiser().get(path).ok().getJsonArray("accounts").getJsonObject(0);
    room.organiser().delete(path + "/" + account.getString("id")).ok();

    UUID second = prompt(desk, "Second?", "");
    move(desk, second, "now");
    result(desk.outbox().send());

    assertThat(posting(second).getString("state")).isEqualTo("refused");
    assertThat(posting(second).getString("problem")).isEqualTo(Outlets.GONE);
    JsonObject chat = mo.get(room.path("/chat")).ok();
    assertThat(chat.getInteger("gone")).isEqualTo(1);
    assertThat(network.seen()).hasSize(1);
    mo.patch(room.path("/chat"), json("accounts", new JsonArray())).ok();
    assertThat(mo.get(room.path("/chat")).ok().getInteger("gone")).isZero();
  }

  @Test
  void whatIsDueGoesOutOnTimeInOrderHoweverManyClocksTick() {
    FakeNetwork network = FakeNetwork.of(Network.BLUESKY, 300);
    accounts(Network.BLUESKY);
    Desk one = desk(network);
    Desk other = desk(network);
    prompt(one, "Second?", "2036-08-28T10:10:00Z");
    prompt(one, "First?", "2036-08-28T10:05:00Z");
    result(one.clock().tick());
    assertThat(network.seen()).isEmpty();

    time.forward(Duration.ofMinutes(11));
    result(Future.join(one.clock().tick(), other.clock().tick()));

    Await.until(() -> network.seen().size() == 2);
    assertThat(network.seen())
        .extracting(Seen::text)
        .containsExactly("Q1: First? #ACC26", "Q2: Second? #ACC26");
  }

  @Test
  void whatIsTooLateIsMissedAndSaidSo() {
    FakeNetwork network = FakeNetwork.of(Network.BLUESKY, 300);
    accounts(Network.BLUESKY);
    Desk desk = desk(network);
    UUID missed = prompt(desk, "Missed?", "2036-08-28T10:00:00Z");
    UUID late = prompt(desk, "Late?", "2036-08-28T10:25:00Z");
    UUID reserved = prompt(desk, "Reserved?", "");
    move(desk, reserved, "now");

    time.forward(Duration.ofMinutes(30));
    result(desk.clock().tick());
    Await.until(() -> network.seen().size() == 1);
    result(desk.outbox().send());

    assertThat(state(missed)).isEqualTo("missed");
    assertThat(network.seen()).extracting(Seen::text).containsExactly("Q2: Late? #ACC26");
    assertThat(state(late)).isEqualTo("out");
    Await.until(() -> posting(reserved).getString("state").equals("missed"));
  }

  @Test
  void whatIsTooLongForANetworkIsRefusedBeforeItIsPlanned() {
    accounts(Network.X);
    Desk desk = desk(FakeNetwork.of(Network.X, 30));
    JsonObject draft = json("text", "This is far too long for that.");

    assertThat(live.submit(desk.prompts().add(session, meeting, draft, null)))
        .satisfies(
            refused -> {
              Await.until(refused::isComplete);
              assertThat(refused.cause()).hasMessageContaining("30 are possible");
            });
    draft.put("texts", json("x", "Short?"));
    assertThat(result(live.submit(desk.prompts().add(session, meeting, draft, null)))).isNotNull();
  }

  @Test
  void postponingMovesWhatFollows() {
    Desk desk = desk(FakeNetwork.of(Network.X, 280));
    UUID first = prompt(desk, "First?", "2036-08-28T10:05:00Z");
    UUID second = prompt(desk, "Second?", "2036-08-28T10:10:00Z");
    JsonObject move = json("to", "postponed").put("minutes", 7).put("following", true);

    mo.post(room.path("/prompts/" + first + "/moves"), move).ok();

    assertThat(room.state(mo, "moderator").body("prompt/" + second).getString("at"))
        .isEqualTo("2036-08-28T10:17:00.000Z");
  }
}
