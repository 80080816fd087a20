package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.network.Account;
import plenary.network.Hosts;
import plenary.network.Network;
import plenary.network.Publisher;
import plenary.support.Await;

class XPublisherIT {
  private static Vertx vertx;

  private final XServer x = new XServer(vertx, 1);
  private final Books books = new Books(1_000_000);
  private final AtomicReference<JsonObject> kept = new AtomicReference<>(new JsonObject());
  private final XPublisher publisher =
      new XPublisher(
          vertx,
          InstantSource.system(),
          (account, micros) -> books.spend(micros),
          (account, renewal) ->
              renewal
                  .get()
                  .map(
                      changed ->
                          kept.getAndUpdate(old -> account.credentials().copy().mergeIn(changed)))
                  .map(old -> kept.get()),
          new Hosts(vertx, true),
          new Pace(10, 10));
  private final Account account = account(new JsonObject().put("userToken", XServer.USER_TOKEN));

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
    x.close();
  }

  @Test
  void aPostIsSentAndTakenBackAndPaidForBefore() {
    Publisher.Sent sent = publish("Q1: Which valve? #acc26", false);

    assertThat(x.source().by(XServer.ME)).containsExactly("Q1: Which valve? #acc26");
    assertThat(sent.url()).isEqualTo("https://x.com/chat/status/" + sent.id());
    assertThat(books.spent()).isEqualTo(15_000).isEqualTo(x.source().micros());

    Await.result(publisher.delete(account, sent));
    Await.result(publisher.delete(account, sent));
    assertThat(x.source().by(XServer.ME)).isEmpty();
  }

  @Test
  void anAnswerThatWasLostIsLookedForAndNotSentTwice() {
    String text = "Q2: AT&T  or <b>? #acc26";
    x.answer(XServer.Canned.of("/2/tweets", XServer.UNANSWERED, ""));
    assertThatThrownBy(() -> publish(text, false))
        .isNotInstanceOf(Publisher.Refused.class)
        .isNotInstanceOf(Publisher.Later.class);
    assertThat(x.source().by(XServer.ME)).hasSize(1);

    Publisher.Sent found = publish(text, true);

    assertThat(x.source().by(XServer.ME)).hasSize(1);
    assertThat(x.source().truth("acc26")).containsOnlyKeys(found.id());
  }

  @Test
  void oneThatWasNeverThereIsSentAfterLooking() {
    publish("Q1 #acc26", true);

    assertThat(x.source().by(XServer.ME)).containsExactly("Q1 #acc26");
  }

  @Test
  void theSameTextTwiceIsTheSamePostOrRefused() {
    Publisher.Sent first = publish("Q1 #acc26", false);
    assertThat(publish("Q1 #acc26", false).id()).isEqualTo(first.id());

    x.source().create(XServer.ME, "Welcome #acc26", null, Instant.now().minusSeconds(7_200));
    assertThatThrownBy(() -> publish("Welcome #acc26", false))
        .isInstanceOf(Publisher.Refused.class)
        .hasMessageContaining("same text twice");
  }

  @Test
  void linksAreRefusedUnlessAllowed() {
    assertThatThrownBy(() -> publish("See example.com #acc26", false))
        .isInstanceOf(Publisher.Refused.class)
        .hasMessageContaining("$0.20");
    assertThat(x.requests("/2/tweets")).isZero();

    Account generous =
        new Account(
            account.id(),
            account.meeting(),
            Network.X,
            x.url(),
            "chat",
            account.credentials(),
            new JsonObject().put("links", true));
    Await.result(publisher.publish(generous, outgoing("See http://example.com #acc26", false)));
    assertThat(books.spent()).isEqualTo(200_000);
  }

  @Test
  void whatIsTooLongIsRefusedByXsOwnCount() {
    assertThatThrownBy(() -> publish("心".repeat(141), false))
        .isInstanceOf(Publisher.Refused.class)
        .hasMessageContaining("has 282");
    assertThat(publisher.length(account).of("心".repeat(140)))
        .isEqualTo(publisher.length(account).max());
  }

  @Test
  void atTheLimitNothingIsSent() {
    books.limit(14_999);
    assertThatThrownBy(() -> publish("Q1 #acc26", false))
        .isInstanceOf(Publisher.Refused.class)
        .hasMessageContaining("spending limit");
    assertThat(x.requests("/2/tweets")).isZero();
  }

  @Test
  void waitingAndRefusalAreToldApart() {
    String reset = String.valueOf(Instant.now().plusSeconds(300).getEpochSecond());
    x.answer(
        new XServer.Canned(
            "/2/tweets", 429, "application/json", "{}", Map.of("x-rate-limit-reset", reset)));
    assertThatThrownBy(() -> publish("Q1 #acc26", false))
        .isInstanceOfSatisfying(
            Publisher.Later.class,
            later -> assertThat(later.at().getEpochSecond()).isEqualTo(Long.parseLong(reset)));
    x.answer(XServer.Canned.of("/2/tweets", 403, "{\"detail\":\"suspended\"}"));
    assertThatThrownBy(() -> publish("Q1 #acc26", false)).isInstanceOf(Publisher.Refused.class);
    Account expired = account(new JsonObject().put("userToken", "old"));
    assertThatThrownBy(() -> Await.result(publisher.publish(expired, outgoing("Q1 #acc26", false))))
        .isInstanceOf(Publisher.Refused.class)
        .hasMessageContaining("Enter them anew");
    x.answer(XServer.Canned.of("/2/tweets", 503, "busy"));
    assertThatThrownBy(() -> publish("Q1 #acc26", false)).isInstanceOf(Trouble.class);
  }

  @Test
  void aUsersTokenThatEndedIsRenewedAndKept() {
    JsonObject keys =
        new JsonObject()
            .put("userToken", "ended")
            .put("refreshToken", XServer.REFRESH_TOKEN)
            .put("clientId", "client")
            .put("clientSecret", "hidden");
    Await.result(publisher.publish(account(keys), outgoing("Q1 #acc26", false)));

    assertThat(x.source().by(XServer.ME)).containsExactly("Q1 #acc26");
    assertThat(books.spent()).as("paid once").isEqualTo(15_000);
    assertThat(kept.get().getString("userToken")).isEqualTo(XServer.USER_TOKEN);
    assertThat(kept.get().getString("refreshToken")).isEqualTo("next-refresh-token");
    assertThat(kept.get().getString("clientId")).isEqualTo("client");
    assertThat(x.authorizations()).contains("Basic Y2xpZW50OmhpZGRlbg==");

    Account again = account(keys);
    assertThatThrownBy(() -> Await.result(publisher.publish(again, outgoing("Q2 #acc26", false))))
        .as("a refresh token works once")
        .isInstanceOf(Publisher.Refused.class)
        .hasMessageContaining("Enter them anew");
  }

  @Test
  void theFourKeysOfAnAppSignInstead() {
    Account signs =
        account(
            new JsonObject()
                .put("apiKey", "k")
                .put("apiSecret", "s")
                .put("accessToken", "t")
                .put("accessSecret", "u"));
    Await.result(publisher.publish(signs, outgoing("Q1 #acc26", true)));

    assertThat(x.source().by(XServer.ME)).hasSize(1);
    assertThat(x.authorizations())
        .allMatch(one -> one.startsWith("OAuth oauth_consumer_key=\"k\""));
  }

  private Publisher.Sent publish(String text, boolean again) {
    return Await.result(publisher.publish(account, outgoing(text, again)));
  }

  private Publisher.Outgoing outgoing(String text, boolean again) {
    return new Publisher.Outgoing(
        publisher.reserve(Instant.now()), text, "en", again, Instant.now(), null, null);
  }

  private Account account(JsonObject credentials) {
    return new Account(
        UUID.randomUUID(),
        UUID.randomUUID(),
        Network.X,
        x.url(),
        "@chat",
        credentials,
        new JsonObject());
  }
}
