package plenary.network.bluesky;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import plenary.network.Account;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Hosts;
import plenary.network.Network;
import plenary.support.Await;

/** Starts connectors on event loops of their own, as nodes do, at a test's pace. */
final class Reader {
  static final Pace QUICK =
      new Pace(
          Duration.ofMillis(4),
          Duration.ofMillis(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofMillis(900),
          Duration.ofMillis(4),
          Duration.ofMillis(30),
          Duration.ofSeconds(30));

  private Reader() {}

  static Pace withoutRewind() {
    return new Pace(
        QUICK.batch(),
        QUICK.cursor(),
        Duration.ZERO,
        Duration.ZERO,
        QUICK.silence(),
        QUICK.backOff(),
        QUICK.backOffMax(),
        QUICK.gap());
  }

  static Account account(String jetstream, String appview) {
    return new Account(
        UUID.randomUUID(),
        UUID.randomUUID(),
        Network.BLUESKY,
        null,
        "plenary.test",
        new JsonObject(),
        new JsonObject().put("jetstream", jetstream).put("appview", appview));
  }

  static Connector.Running start(Vertx vertx, Following following, Pace pace) {
    return start(vertx, new Hosts(vertx, true), following, pace);
  }

  static Connector.Running start(Vertx vertx, Hosts hosts, Following following, Pace pace) {
    Promise<Connector.Running> started = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        here -> started.complete(new BlueskyConnector(vertx, hosts, pace).follow(following)));
    return Await.result(started.future());
  }

  static void stop(Connector.Running running) {
    Future<Void> stopped = running.stop();
    Await.result(stopped);
  }
}
