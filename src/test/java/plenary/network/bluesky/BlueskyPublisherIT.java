package plenary.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plenary.network.Account;
import plenary.network.Hosts;
import plenary.network.Network;
import plenary.network.Publisher;
import plenary.network.Publisher.Sent;
import plenary.support.Await;

/** The publisher against an account's server with faults. */
class BlueskyPublisherIT {
  private static final Instant TRIED = Instant.parse("2026-11-24T10:00:00.123456Z");
  private static final String PUT = "com.atproto.repo.putRecord";
  private static final String LOGIN = "com.atproto.server.createSession";

  private final Vertx vertx = Vertx.vertx();
  private final PdsSimulator server = new PdsSimulator(vertx);
  private final BlueskyPublisher publisher = new BlueskyPublisher(vertx, new Hosts(vertx, true));
  private final Account account = account(PdsSimulator.PASSWORD);

  private Account account(String password) {
    return new Account(
        UUID.randomUUID(),
        UUID.randomUUID(),
        Network.BLUESKY,
        server.url(),
        PdsSimulator.HANDLE,
        new JsonObject().put("identifier", PdsSimulator.HANDLE).put("appPassword", password),
        new JsonObject());
  }

  @AfterEach
  void stop() {
    server.close();
    Await.result(vertx.close());
  }

  private static Publisher.Outgoing outgoing(String key, String text) {
    return new Publisher.Outgoing(key, text, "en", false, TRIED, null, null);
  }

  private Sent publish(String key, String text) {
    return Await.result(publisher.publish(account, outgoing(key, text)));
  }

  private Throwable refusal(Account by, String text) {
    String key = publisher.reserve(TRIED);
    return catchThrowable(() -> Await.result(publisher.publish(by, outgoing(key, text))));
  }

  private void fault(String method, int status, String error) {
    server.fault(
        new PdsSimulator.Fault(
            method,
            status,
            Map.of("content-type", "application/json"),
            new JsonObject().put("error", error).put("message", "No: " + error).encode()));
  }

  @Test
  void nothingIsSentToWhereAServerMayNotBe() {
    BlueskyPublisher careful = new BlueskyPublisher(vertx, new Hosts(vertx, false));
    assertThatThrownBy(
            () -> Await.result(careful.publish(account, outgoing(careful.reserve(TRIED), "Q1"))))
        .isInstanceOf(Publisher.Refused.class)
        .hasMessageContaining("inside this server");
    assertThat(server.asked(LOGIN)).isZero();
  }

  @Test
  void sendingTwiceIsOnePost() {
    String key = publisher.reserve(TRIED);

    Sent first = publish(key, "Q1 What do you measure? #ACC26");
    Sent second = publish(key, "Q1 What do you measure? #ACC26");

    assertThat(second).isEqualTo(first);
    assertThat(first.id()).isEqualTo("at://" + PdsSimulator.DID + "/app.bsky.feed.post/" + key);
    assertThat(first.url())
        .isEqualTo("https://bsky.app/profile/" + PdsSimulator.DID + "/post/" + key);
    assertThat(server.changes()).isEqualTo(1);
    JsonObject value = server.records().get(key).getJsonObject("value");
    assertThat(value.getString("createdAt")).isEqualTo("2026-11-24T10:00:00.123Z");
    assertThat(value.getJsonArray("langs")).containsExactly("en");
    assertThat(Facets.of(value, value.getString("text")).tags()).containsExactly("ACC26");
    assertThat(server.asked(LOGIN)).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsLostIsSentAgain() {
    String key = publisher.reserve(TRIED);
    publish(publisher.reserve(TRIED), "before");
    server.fault(new PdsSimulator.Fault(PUT, 0, Map.of(), ""));

    Throwable lost = catchThrowable(() -> publish(key, "once"));
    assertThat(lost)
        .isNotNull()
        .isNotInstanceOf(Publisher.Refused.class)
        .isNotInstanceOf(Publisher.Later.class);
    Sent sent = publish(key, "once");

    assertThat(server.changes()).isEqualTo(2);
    assertThat(sent.id()).endsWith(key);
  }

  @Test
  void answersAreAThread() {
    Sent root = publish(publisher.reserve(TRIED), "root");
    Sent parent =
        new Sent(publish(publisher.reserve(TRIED), "parent").id(), null, new JsonObject());
    String key = publisher.reserve(TRIED);

    Await.result(
        publisher.publish(
            account, new Publisher.Outgoing(key, "answer", null, false, TRIED, parent, root)));

    JsonObject reply = server.records().get(key).getJsonObject("value").getJsonObject("reply");
    assertThat(reply.getJsonObject("root").getString("uri")).isEqualTo(root.id());
    assertThat(reply.getJsonObject("root").getString("cid"))
        .isEqualTo(root.reference().getString("cid"));
    assertThat(reply.getJsonObject("parent").getString("uri")).isEqualTo(parent.id());
    assertThat(reply.getJsonObject("parent").getString("cid")).startsWith("bafyrei");
  }

  @Test
  void whoIsMentionedIsLookedUp() {
    server.profile("did:plc:ana", "ana.test", "Ana");
    String key = publisher.reserve(TRIED);

    publish(key, "Welcome @ana.test and @nobody.test");

    JsonObject value = server.records().get(key).getJsonObject("value");
    assertThat(value.getJsonArray("facets")).hasSize(1);
    assertThat(Facets.of(value, value.getString("text")).mentions()).containsExactly("ana.test");
  }

  @Test
  void whatIsDeletedAlreadyCounts() {
    Sent sent = publish(publisher.reserve(TRIED), "oops");

    Await.result(publisher.delete(account, sent));
    Await.result(publisher.delete(account, sent));

    assertThat(server.records()).isEmpty();
  }

  @Test
  void aLoginIsKeptRefreshedAndMadeAnew() {
    publish(publisher.reserve(TRIED), "one");
    server.expireAccess();
    publish(publisher.reserve(TRIED), "two");
    assertThat(server.asked(LOGIN)).isEqualTo(1);

    server.expireAll();
    publish(publisher.reserve(TRIED), "three");
    assertThat(server.asked(LOGIN)).isEqualTo(2);
    assertThat(server.asked("com.atproto.server.refreshSession")).isEqualTo(2);
    assertThat(server.records()).hasSize(3);
  }

  @Test
  void manyPostsAtOnceShareOneLogin() {
    server.expireAll();
    var all =
        IntStream.range(0, 10)
            .mapToObj(
                i -> publisher.publish(account, outgoing(publisher.reserve(TRIED), "post " + i)))
            .toList();
    Await.result(Future.all(all));
    server.expireAccess();
    Await.result(
        Future.all(
            IntStream.range(0, 10)
                .mapToObj(
                    i ->
                        publisher.publish(account, outgoing(publisher.reserve(TRIED), "more " + i)))
                .toList()));

    assertThat(server.asked(LOGIN)).isEqualTo(1);
    assertThat(server.asked("com.atproto.server.refreshSession")).isEqualTo(1);
    assertThat(server.records()).hasSize(20);
  }

  @Test
  void whatWillNeverWorkIsRefusedInASentence() {
    assertRefused(
        refusal(account("wrong"), "x"), "does not accept the handle and the app password");
    assertRefused(refusal(account(""), "x"), "give the account's handle");
    assertRefused(refusal(account, "x".repeat(301)), "300 characters");
    fault(PUT, 400, "InvalidRequest");
    assertRefused(refusal(account, "x"), "does not take it: No: InvalidRequest");
    fault(PUT, 400, "AccountTakedown");
    assertRefused(refusal(account, "x"), "taken the account down");
    fault(LOGIN, 401, "AuthFactorTokenRequired");
    assertRefused(refusal(account(PdsSimulator.PASSWORD), "x"), "app password");
    server.fault(new PdsSimulator.Fault(PUT, 200, Map.of(), "<html>welcome</html>"));
    assertRefused(refusal(account, "x"), "answers with a page");
    server.fault(new PdsSimulator.Fault(PUT, 200, Map.of(), "x".repeat(3 << 20)));
    assertRefused(refusal(account, "x"), "answers with a page");
    assertThat(server.records()).isEmpty();
  }

  private static void assertRefused(Throwable why, String words) {
    assertThat(why).isInstanceOf(Publisher.Refused.class).hasMessageContaining(words);
  }

  @Test
  void aLimitSaysWhenToTryAgain() {
    Instant reset = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 120);
    server.fault(
        new PdsSimulator.Fault(
            PUT, 429, Map.of("ratelimit-reset", "" + reset.getEpochSecond()), "{}"));

    assertThat(refusal(account, "x"))
        .isInstanceOfSatisfying(
            Publisher.Later.class, later -> assertThat(later.at()).isEqualTo(reset));
  }

  @Test
  void troubleOfTheServerIsNoRefusal() {
    fault(PUT, 502, "UpstreamFailure");
    assertThat(refusal(account, "x"))
        .isNotInstanceOf(Publisher.Refused.class)
        .isNotInstanceOf(Publisher.Later.class);
    assertThatThrownBy(() -> Await.result(publisher.publish(gone(), outgoing("a", "x"))))
        .isNotInstanceOf(Publisher.Refused.class);
  }

  private Account gone() {
    return new Account(
        UUID.randomUUID(),
        UUID.randomUUID(),
        Network.BLUESKY,
        "http://127.0.0.1:1",
        null,
        account.credentials(),
        new JsonObject());
  }

  @Test
  void secretsAreInNoMessage() {
    assertThat(account.toString()).doesNotContain(PdsSimulator.PASSWORD);
    assertThat(refusal(account("secret-word"), "x").toString()).doesNotContain("secret-word");
  }
}
