package plenary.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Following.State;
import plenary.network.Hosts;
import plenary.network.MemoryInbox;
import plenary.support.Await;

/** The connector against a Jetstream with faults. */
class BlueskyConnectorIT {
  private static final String ANA = Source.did(1);
  private static final String BEN = Source.did(2);

  private final Vertx vertx = Vertx.vertx();
  private final Source source = new Source(Instant.now());
  private final List<Connector.Running> running = new ArrayList<>();
  private JetstreamSimulator stream;
  private MemoryInbox inbox;

  @BeforeEach
  void start() {
    use(true, true);
  }

  @AfterEach
  void stop() {
    running.forEach(Reader::stop);
    stream.close();
    Await.result(vertx.close());
  }

  private void use(boolean v1, boolean v2) {
    if (stream != null) {
      stream.close();
    }
    stream = new JetstreamSimulator(vertx, source, v1, v2);
    inbox = new MemoryInbox(vertx, Reader.account(stream.url(), "off"), "ACC26");
  }

  private Connector.Running follow() {
    return follow(Reader.QUICK);
  }

  private Connector.Running follow(Pace pace) {
    Connector.Running reading = Reader.start(vertx, inbox.takeOver(), pace);
    running.add(reading);
    return reading;
  }

  /** Follows, and waits until the stream is open. */
  private Connector.Running followed() {
    Connector.Running reading = follow();
    Await.until(() -> stream.connections() > 0);
    return reading;
  }

  @Test
  void nothingIsSentToWhereAServerMayNotBe() {
    running.add(Reader.start(vertx, new Hosts(vertx, false), inbox.takeOver(), Reader.QUICK));

    Await.until(() -> told().contains("inside this server"));
    assertThat(stream.connections()).isZero();
  }

  private void settled() {
    Await.until(() -> inbox.shown().equals(source.state("acc26")));
  }

  /** Waits for a post that comes after everything before it. */
  private void sentinel() {
    String id = source.create(BEN, "sentinel " + source.size(), "acc26");
    source.publish();
    Await.until(() -> inbox.shown().containsKey(id));
  }

  private String told() {
    return String.valueOf(inbox.last());
  }

  @Test
  void postsEditsAndDeletionsComeInUnderTheHashtag() {
    followed();
    String kept = source.create(ANA, "kept", "ＡＣＣ26");
    String untagged = source.create(ANA, "without");
    String deleted = source.create(BEN, "deleted", "acc26");
    String edited = source.create(BEN, "before", "acc26");
    String leaves = source.create(BEN, "leaves", "acc26");
    source.pass(10);
    source.delete(deleted);
    source.put(edited, "after", "Acc26");
    source.put(leaves, "left");
    source.put(untagged, "joins", "acc26");
    source.publish();

    settled();

    assertThat(inbox.shown()).containsOnlyKeys(kept, edited, untagged);
    assertThat(inbox.post(edited).edited()).isTrue();
    assertThat(inbox.post(kept).writer().handle()).isEqualTo(ANA);
    Await.until(() -> inbox.last().state() == State.LIVE);
    assertThat(inbox.lag()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void anAccountThatGoesTakesItsPostsAlongUntilItIsBack() {
    followed();
    source.create(ANA, "hers", "acc26");
    source.create(BEN, "his", "acc26");
    source.account(ANA, false, "deactivated");
    source.publish();
    settled();
    assertThat(inbox.shown()).hasSize(1);

    source.account(ANA, true, "");
    source.publish();
    settled();
    assertThat(inbox.shown()).hasSize(2);
  }

  @Test
  void aDeletionBeforeItsPostStands() {
    followed();
    String id = source.create(ANA, "gone at once", "acc26");
    source.delete(id);
    source.swapStaged();
    source.publish();
    sentinel();

    assertThat(inbox.shown()).doesNotContainKey(id);
    source.put(id, "written again", "acc26");
    source.publish();
    settled();
    assertThat(inbox.shown()).containsEntry(id, "written again");
  }

  @Test
  void theSecondWireIsFoundOutAndSpoken() {
    use(false, true);
    followed();
    source.create(ANA, "by v2", "acc26");
    source.account(BEN, false, "suspended");
    source.publish();
    sentinelOf(ANA);

    assertThat(stream.requests().get(0)).startsWith("/subscribe?wantedCollections=");
    assertThat(stream.requests().get(1))
        .startsWith("/xrpc/network.bsky.jetstream.subscribeEvents?kinds=commit");
    settled();
    stream.dropAll();
    source.create(ANA, "and again", "acc26");
    source.publish();
    settled();
    assertThat(inbox.gaps()).isEmpty();
    assertThat(inbox.reconnects()).isEqualTo(1);
  }

  private void sentinelOf(String did) {
    String id = source.create(did, "sentinel", "acc26");
    source.publish();
    Await.until(() -> inbox.shown().containsKey(id));
  }

  @Test
  void whatHappenedWhileAwayIsReadOnReturn() {
    Connector.Running first = followed();
    sentinel();
    Reader.stop(first);
    String deleted = source.ids().getFirst();
    source.pass(60_000);
    source.delete(deleted);
    source.create(ANA, "meanwhile", "acc26");
    source.publish();

    follow();

    settled();
    assertThat(inbox.gaps()).isEmpty();
  }

  @Test
  void aQuietBeginningIsRememberedToo() {
    Connector.Running first = followed();
    Await.until(() -> inbox.cursor() != null);
    Reader.stop(first);
    source.create(ANA, "between", "acc26");
    source.publish();

    follow();

    settled();
  }

  @Test
  void theCursorMovesThoughNothingMatches() {
    followed();
    sentinel();
    long before = inbox.cursor().getLong("us");
    source.pass(5_000);
    source.create(ANA, "other things");
    source.publish();

    Await.until(() -> inbox.cursor().getLong("us") > before);
  }

  @Test
  void anInboxThatFailsGetsTheSameNewsAgain() {
    inbox.faults(call -> call < 3 ? MemoryInbox.Fault.LOST : MemoryInbox.Fault.NONE);
    followed();
    source.create(ANA, "kept for later", "acc26");
    source.publish();

    settled();
    assertThat(inbox.told())
        .anyMatch(
            told -> told.state() == State.WAITING && told.sentence().contains("stored later"));
    Await.until(() -> inbox.last().state() == State.LIVE);
  }

  @Test
  void whoIsSupersededStops() {
    followed();
    sentinel();
    Connector.Running second = followed();
    sentinel();
    Await.until(() -> stream.connections() == 1);
    assertThat(second).isNotNull();
  }

  @Test
  void aSlowInboxHoldsTheStreamBack() {
    inbox.delay(Duration.ofMillis(300));
    followed();
    for (int i = 0; i < 2_500; i++) {
      source.pass(1);
      source.create(Source.did(i), "post " + i + " " + "x".repeat(500), "acc26");
    }
    source.publish();

    settled();
    assertThat(inbox.batches()).allMatch(size -> size <= 500).anyMatch(size -> size == 500);
    assertThat(inbox.gaps()).isEmpty();
  }

  @Test
  void aStreamThatFallsSilentIsOpenedAgain() {
    followed();
    sentinel();
    stream.stallAll();
    source.create(ANA, "unheard", "acc26");
    source.publish();

    settled();
    assertThat(inbox.reconnects()).isEqualTo(1);
    assertThat(inbox.told()).anyMatch(told -> String.valueOf(told.sentence()).contains("silent"));
  }

  @Test
  void aStreamInPiecesAndTwiceIsReadOnce() {
    stream.fragmenting(true);
    stream.duplicating(true);
    followed();
    for (int i = 0; i < 50; i++) {
      source.create(Source.did(i), "é🦋 " + i, "acc26");
    }
    source.publish();
    settled();
  }

  @Test
  void aCursorThatTheServerHasNoMoreIsAGapOnEitherWire() {
    for (boolean second : new boolean[] {false, true}) {
      use(!second, second);
      source.pass(-3_600_000);
      Connector.Running first = followed();
      for (int i = 0; i < 20; i++) {
        source.pass(10);
        sentinel();
      }
      Reader.stop(first);
      source.pass(120_000);
      source.create(ANA, "lost", "acc26");
      source.pass(1_000);
      source.publish();
      stream.keepFrom(source.size());
      String found = source.create(ANA, "found", "acc26");
      source.publish();

      follow();

      Await.until(() -> inbox.shown().containsKey(found));
      assertThat(inbox.gaps()).hasSize(1);
      MemoryInbox.Gap gap = inbox.gaps().getFirst();
      assertThat(Duration.between(gap.from(), gap.until())).isGreaterThan(Duration.ofSeconds(120));
      assertThat(gap.why()).contains("no longer had the posts");
    }
  }

  @Test
  void aRefusedCursorIsAGapAndReadingGoesOn() {
    followed();
    sentinel();
    stream.refuse(
        new JetstreamSimulator.Refusal(400, "", "{\"error\":\"CursorTooOld\",\"message\":\"\"}"));
    stream.dropAll();
    Await.until(() -> stream.connections() == 1 && stream.requests().size() == 3);
    assertThat(stream.requests().get(2)).doesNotContain("cursor");
    sentinel();

    assertThat(inbox.gaps()).hasSize(1);
  }

  @Test
  void whatAServerAnswersIsSaidInASentence() {
    sentence(new JetstreamSimulator.Refusal(401, "", "no"), State.FAILED, "refuses");
    sentence(new JetstreamSimulator.Refusal(429, "Retry-After: 300\r\n", ""), State.WAITING, "429");
    sentence(new JetstreamSimulator.Refusal(503, "", "warming up"), State.CONNECTING, "503");
    sentence(
        new JetstreamSimulator.Refusal(200, "Content-Type: text/html\r\n", "<html>"),
        State.FAILED,
        "page");
    sentence(new JetstreamSimulator.Refusal(404, "", "none"), State.FAILED, "no Jetstream");
  }

  private void sentence(JetstreamSimulator.Refusal refusal, State state, String words) {
    use(true, true);
    stream.refuse(refusal, refusal, refusal);
    follow();
    Await.until(
        () ->
            inbox.told().stream()
                .anyMatch(
                    told ->
                        told.state() == state && String.valueOf(told.sentence()).contains(words)));
    if (refusal.status() != 429) {
      Await.until(() -> stream.connections() == 1);
    }
  }

  @Test
  void anAddressThatIsNoneIsSaid() {
    inbox = new MemoryInbox(vertx, Reader.account("not an address", "off"), "acc26");
    follow();
    Await.until(() -> inbox.last() != null);
    assertThat(told()).contains("address of the Jetstream");
  }

  @Test
  void aServerThatIsNotThereIsSaid() {
    String url = stream.url();
    stream.close();
    inbox = new MemoryInbox(vertx, Reader.account(url, "off"), "acc26");
    follow();
    Await.until(() -> told().contains("cannot be reached"));
  }

  @Test
  void nonsenseIsLeftOutAndCounted() {
    stream.greet(
        socket -> {
          socket.text("{\"time_us\":", false);
          socket.text("<html>", false);
          socket.write(1, true, new byte[] {(byte) 0xff, (byte) 0xfe, '{'});
          socket.write(2, true, new byte[] {1, 2, 3});
        });
    follow();
    Await.until(() -> told().contains("left out: 4"));
    stream.greet(
        socket -> {
          socket.raw(RawSocket.head(1, true, 5_000).appendString("half"));
          socket.drop();
        });
    running.forEach(Reader::stop);
    running.clear();
    follow();
    Await.until(() -> stream.connections() == 1);
    sentinel();
  }

  @Test
  void aMessageTooLargeToReadIsSteppedOver() {
    Buffer huge = RawSocket.head(1, true, 1L << 30).appendString("{");
    source.create(ANA, "before it", "acc26");
    source.publish();
    for (int i = 0; i < 2; i++) {
      stream.greet(
          socket -> {
            socket.text(source.entry(0).v1().encode(), false);
            socket.raw(huge.copy());
          });
    }
    followed();
    sentinel();
    assertThat(inbox.shown()).hasSize(2);

    assertThat(inbox.gaps()).hasSize(1);
    assertThat(inbox.gaps().getFirst().why()).contains("too large");
  }

  @Test
  void hostilePostsPass() {
    followed();
    JsonArray tags = new JsonArray().add("acc26");
    for (int i = 0; i < 200; i++) {
      tags.add("t" + i);
    }
    String id =
        source.raw(ANA, new JsonObject().put("text", "a\u0000é".repeat(33_000)).put("tags", tags));
    source.publish();

    Await.until(() -> inbox.post(id) != null);
    assertThat(inbox.post(id).text()).hasSize(99_000).doesNotContain("\u0000");
    assertThat(inbox.post(id).tags()).hasSize(201);
  }

  @Test
  void whatAnswersAPromptNeedsNoHashtag() {
    Connector.Running reading = followed();
    sentinel();
    String first = source.create(BEN, "Welcome", "acc26");
    String second = source.raw(BEN, reply("Q1", first, first));
    inbox.ask(prompt(first), prompt(second));
    reading.promptsChanged();

    String answer = source.raw(ANA, reply("A1", second, first));
    String other =
        source.raw(ANA, reply("elsewhere", Syntax.post(ANA, "3jzfcijpj2z2a"), first + "x"));
    String below = source.raw(BEN, reply("A1, too", answer, first));
    source.publish();

    Await.until(() -> inbox.shown().containsKey(below));
    assertThat(inbox.shown()).containsKey(answer).doesNotContainKey(other);
  }

  private static JsonObject reply(String text, String parent, String root) {
    return new JsonObject()
        .put("text", text)
        .put(
            "reply",
            new JsonObject()
                .put("parent", new JsonObject().put("uri", parent).put("cid", "c"))
                .put("root", new JsonObject().put("uri", root).put("cid", "c")));
  }

  private static Following.Prompt prompt(String id) {
    return new Following.Prompt(id, new UUID(0, 1), new JsonObject());
  }

  @Test
  void hashtagsOfEveryScriptAreFound() {
    inbox.follow("Kardiología", "Straße", "İstanbul", "心臓病", "قلب");
    followed();
    source.create(ANA, "one", "KARDIOLOGÍA");
    source.create(ANA, "two", "STRASSE");
    source.create(ANA, "three", "i\u0307stanbul");
    source.create(ANA, "four", "心臓病");
    source.create(ANA, "five", "قلب");
    source.create(ANA, "without the mark another one", "Kardiologia");
    source.publish();

    Await.until(() -> inbox.shown().size() == 5);
  }

  @Test
  void whatIsShownIsWatchedWhenNothingIsFollowedAnyMore() {
    Connector.Running reading = followed();
    String goes = source.create(ANA, "goes", "acc26");
    String changes = source.create(ANA, "changes", "acc26");
    source.publish();
    settled();
    inbox.follow();
    reading.tagsChanged();

    source.create(ANA, "new", "acc26");
    source.put(changes, "changed", "acc26");
    source.delete(goes);
    source.publish();

    Await.until(() -> !inbox.knows(goes));
    assertThat(inbox.stored()).isEqualTo(1);
    assertThat(inbox.post(changes).text()).isEqualTo("changed");
  }

  @Test
  void otherHashtagsAreFollowedFromNowOn() {
    Connector.Running reading = followed();
    sentinel();
    inbox.follow("esc26");
    reading.tagsChanged();
    source.create(ANA, "old", "acc26");
    String id = source.create(ANA, "new", "esc26");
    source.publish();

    Await.until(() -> inbox.shown().containsKey(id));
    assertThat(inbox.shown()).hasSize(1);
  }

  @Test
  void aServersClockMayBeWrong() {
    source.pass(-3_600_000);
    followed();
    source.create(ANA, "an hour ago, it says", "acc26");
    source.publish();
    settled();
    stream.dropAll();
    source.create(ANA, "again", "acc26");
    source.publish();
    settled();
    source.pass(7_200_000);
    source.create(ANA, "an hour ahead, it says", "acc26");
    source.publish();
    settled();
    assertThat(inbox.lag()).isGreaterThanOrEqualTo(Duration.ZERO);
    Await.until(() -> inbox.last().state() == State.LIVE);
  }

  @Test
  void writersAreNamedWhenTheyAreKnown() {
    try (PdsSimulator servers = new PdsSimulator(vertx)) {
      inbox = new MemoryInbox(vertx, Reader.account(stream.url(), servers.url()), "acc26");
      servers.profile(ANA, "ana.test", "Ana \ud83e\udd8b");
      followed();
      source.create(ANA, "hello", "acc26");
      source.create(BEN, "hello", "acc26");
      source.publish();
      settled();

      Await.until(() -> "ana.test".equals(inbox.handle(ANA)));
      String later = source.create(ANA, "again", "acc26");
      servers.profile(ANA, "ana.example", "Ana");
      source.identity(ANA, "somebody.else");
      source.publish();

      Await.until(() -> "ana.example".equals(inbox.handle(ANA)));
      assertThat(inbox.post(later).writer().handle()).isEqualTo("ana.test");
      assertThat(servers.asked("app.bsky.actor.getProfiles")).isLessThanOrEqualTo(4);
    }
  }
}
