package plenary.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.network.Account;
import plenary.network.Hosts;
import plenary.network.Publisher.Later;
import plenary.network.Publisher.Outgoing;
import plenary.network.Publisher.Refused;
import plenary.network.Publisher.Sent;
import plenary.support.Await;

/** Posting on a server that does what servers do. */
class MastodonPublisherIT {
  private static Vertx vertx;
  private static MastodonPublisher publisher;
  private MastodonServer server;
  private Account account;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    publisher =
        new MastodonPublisher(
            new Net(vertx, new Hosts(vertx, true)), Rig.HURRIED, InstantSource.system());
  }

  @AfterAll
  static void stop() {
    Await.result(vertx.close());
  }

  @BeforeEach
  void open() {
    server = new MastodonServer(vertx, 1);
    account = Rig.account(server.base());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aPostIsThereOnceAndThreadedAndTakenBack() {
    Sent first = publish("k1", "Welcome to #acc26", false, null);
    Sent second = publish("k2", "Q1: what now?", false, first);

    Toot reply = server.with("Q1: what now?").getFirst();
    assertThat(reply.parent).isEqualTo(server.with("Welcome to #acc26").getFirst().number);
    assertThat(reply.language).isEqualTo("en");
    assertThat(second.id()).isEqualTo(reply.uri);
    Await.result(publisher.delete(account, second));
    Await.result(publisher.delete(account, second));
    assertThat(server.with("Q1: what now?")).isEmpty();
  }

  @Test
  void sentAgainItIsThereOnceWhereTheKeyIsKept() {
    Sent first = publish("k1", "Q1", false, null);

    assertThat(publish("k1", "Q1", false, null)).isEqualTo(first);
    assertThat(server.with("Q1")).hasSize(1);
  }

  @Test
  void sentAgainItIsThereOnceWhereTheKeyIsIgnored() {
    server.ignoresKeys = true;
    String text = "Q1 for @ann@far.example\n\nSee https://a.example/x & say #acc26";
    Sent root = publish("k0", "Welcome", false, null);
    Sent first = publish("k1", text, false, root);
    for (int i = 0; i < 60; i++) {
      server.post("chat", Duration.ZERO, "in between " + i);
    }

    assertThat(publish("k1", text, true, root)).isEqualTo(first);
    assertThat(server.with(text)).hasSize(1);
  }

  @Test
  void theControlWithoutLookingItIsThereTwice() {
    server.ignoresKeys = true;
    publish("k1", "Q1", false, null);
    publish("k1", "Q1", false, null);

    assertThat(server.with("Q1")).hasSize(2);
  }

  @Test
  void anEarlierPostWithTheSameTextIsAnother() {
    server.ignoresKeys = true;
    server.post("chat", Duration.ofMinutes(10), "Thank you all");

    publish("k1", "Thank you all", true, null);

    assertThat(server.with("Thank you all")).hasSize(2);
  }

  @Test
  void aClockThatIsWrongDoesNotHideIt() {
    server.ignoresKeys = true;
    server.skew = Duration.ofHours(-3);
    Sent first = publish("k1", "Q1", false, null);

    assertThat(publish("k1", "Q1", true, null)).isEqualTo(first);
  }

  @Test
  void whatWillNeverWorkIsRefusedInASentence() {
    server.maxCharacters = 20;
    refused("x".repeat(21), null, "refuses it. It says: “Validation failed: Text is too long”");
    Sent gone = publish("k1", "gone", false, null);
    Await.result(publisher.delete(account, gone));
    refused("reply", gone, "is gone on 127.0.0.1: post it outside the thread");
    server.wrong = path -> MastodonServer.Wrong.json(403, "This action is outside the scopes");
    refused("text", null, "give the token the scopes");
    account =
        new Account(
            account.id(),
            account.meeting(),
            account.network(),
            account.server(),
            null,
            new JsonObject(),
            new JsonObject());
    refused("text", null, "enter an access token");
  }

  @Test
  void whatMayWorkLaterSaysWhen() {
    server.wrong = path -> MastodonServer.Wrong.json(429, "Too many requests");
    assertThatThrownBy(() -> publish("k1", "Q1", false, null))
        .isInstanceOfSatisfying(
            Later.class,
            later -> assertThat(later.at()).isBetween(Instant.now(), Instant.now().plusSeconds(3)));
    server.close();
    assertThatThrownBy(() -> publish("k1", "Q1", false, null))
        .isInstanceOf(Later.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void whatNobodyKnowsIsNeither() {
    for (MastodonServer.Wrong wrong :
        new MastodonServer.Wrong[] {
          MastodonServer.Wrong.json(503, "Busy"), MastodonServer.Wrong.html(200)
        }) {
      server.wrong = path -> wrong;
      assertThatThrownBy(() -> publish("k1", "Q1", false, null))
          .isNotInstanceOf(Later.class)
          .isNotInstanceOf(Refused.class);
    }
  }

  @Test
  void lengthsAreThoseOfTheServer() {
    assertThat(publisher.length(account).max()).isEqualTo(500);
    server.maxCharacters = 1_000;
    publish("k1", "Q1", false, null);

    assertThat(publisher.length(account).max()).isEqualTo(1_000);
  }

  private void refused(String text, @Nullable Sent parent, String sentence) {
    assertThatThrownBy(() -> publish("r" + text.hashCode(), text, false, parent))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(sentence);
  }

  private Sent publish(String key, String text, boolean again, @Nullable Sent parent) {
    Instant tried = Instant.now().minusSeconds(2);
    return Await.result(
        publisher.publish(account, new Outgoing(key, text, "en", again, tried, parent, parent)));
  }
}
