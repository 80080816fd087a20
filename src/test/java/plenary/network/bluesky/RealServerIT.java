package plenary.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import plenary.network.Account;
import plenary.network.Hosts;
import plenary.network.Network;
import plenary.network.Publisher;
import plenary.network.Publisher.Sent;
import plenary.support.Await;

/**
 * The publisher against a real account's server, where {@code -Dbluesky.pds} names one; see
 * docs/networks/bluesky.md.
 */
@EnabledIfSystemProperty(named = "bluesky.pds", matches = ".+")
class RealServerIT {
  private final Vertx vertx = Vertx.vertx();
  private final BlueskyPublisher publisher = new BlueskyPublisher(vertx, new Hosts(vertx, true));
  private final Account account = account(System.getProperty("bluesky.password", ""));

  private static Account account(String password) {
    return new Account(
        UUID.randomUUID(),
        UUID.randomUUID(),
        Network.BLUESKY,
        System.getProperty("bluesky.pds"),
        null,
        new JsonObject()
            .put("identifier", System.getProperty("bluesky.identifier", ""))
            .put("appPassword", password),
        new JsonObject());
  }

  @AfterEach
  void stop() {
    Await.result(vertx.close());
  }

  private Sent publish(String key, String text, Sent parent, Sent root) {
    return Await.result(
        publisher.publish(
            account,
            new Publisher.Outgoing(
                key, text, "en", false, Instant.parse("2026-11-24T10:00:00Z"), parent, root)));
  }

  private JsonArray stands(String did) {
    return Await.result(
            new Xrpc(vertx, new Hosts(vertx, true))
                .get(
                    Addresses.pds(account),
                    "com.atproto.repo.listRecords",
                    Map.of("repo", did, "collection", Syntax.POSTS, "limit", 100),
                    null))
        .getJsonArray("records");
  }

  @Test
  void aThreadIsPostedOnceAndTakenBack() {
    String text = "🦋 Q1 Was messen Sie? #ACC26 ＃echo @" + System.getProperty("bluesky.identifier");
    String key = publisher.reserve(Instant.now());
    Sent first = publish(key, text, null, null);
    String did = first.id().split("/", -1)[2];
    int before = stands(did).size();

    assertThat(publish(key, text, null, null)).isEqualTo(first);
    assertThat(stands(did)).hasSize(before);

    Sent second = publish(publisher.reserve(Instant.now()), "A1 Strain", first, first);
    Sent third =
        publish(
            publisher.reserve(Instant.now()),
            "A1 and https://example.org/a.",
            new Sent(second.id(), null, new JsonObject()),
            first);
    JsonObject value =
        stands(did).stream()
            .map(JsonObject.class::cast)
            .filter(record -> record.getString("uri").equals(third.id()))
            .findFirst()
            .orElseThrow()
            .getJsonObject("value");
    assertThat(value.getJsonObject("reply").getJsonObject("parent").getString("cid"))
        .isEqualTo(second.reference().getString("cid"));

    JsonObject root =
        stands(did).stream()
            .map(JsonObject.class::cast)
            .filter(record -> record.getString("uri").equals(first.id()))
            .findFirst()
            .orElseThrow()
            .getJsonObject("value");
    Facets facets = Facets.of(root, root.getString("text"));
    assertThat(facets.tags()).containsExactly("ACC26", "echo");
    assertThat(facets.mentions()).hasSize(1);

    for (Sent sent : new Sent[] {third, second, first, first}) {
      Await.result(publisher.delete(account, sent));
    }
    assertThat(stands(did)).hasSize(before - 1);
  }

  @Test
  void whatItRefusesIsSaid() {
    Throwable wrong =
        catchThrowable(
            () ->
                Await.result(
                    publisher.publish(
                        account("wrong"),
                        new Publisher.Outgoing(
                            publisher.reserve(Instant.now()),
                            "x",
                            null,
                            false,
                            Instant.now(),
                            null,
                            null))));
    assertThat(wrong).isInstanceOf(Publisher.Refused.class).hasMessageContaining("app password");
    Throwable badKey = catchThrowable(() -> publish("no/key", "x", null, null));
    assertThat(badKey).isInstanceOf(Publisher.Refused.class).hasMessageContaining("does not take");
  }
}
