package plenary.network.mastodon;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Hosts;
import plenary.network.MemoryInbox;
import plenary.network.Network;
import plenary.support.Await;

/** A connector at work between a simulated server and an inbox in memory. */
final class Rig implements AutoCloseable {
  private final Pace pace;

  /** Everything much sooner than out there. */
  static final Pace HURRIED =
      new Pace(
          Duration.ofMillis(150),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(900),
          Duration.ofSeconds(2),
          Duration.ofMillis(20),
          Duration.ofMillis(150),
          Duration.ofMillis(150),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofMillis(100));

  /** Walks and sweeps when it has reason to, and never by the clock. */
  static final Pace STREAM_ALONE =
      new Pace(
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          HURRIED.silence(),
          HURRIED.patience(),
          HURRIED.retry(),
          HURRIED.retryMax(),
          HURRIED.failedRetry(),
          Duration.ZERO,
          Duration.ZERO,
          HURRIED.settle());

  final MastodonServer server;
  final MemoryInbox inbox;
  private final Vertx vertx;
  private Supplier<Seen> memory = Seen::new;
  private Connector.@Nullable Running running;
  private Connector.@Nullable Running zombie;

  Rig(Vertx vertx, MastodonServer server, Pace pace, String... tags) {
    this(vertx, server, pace, account -> account, tags);
  }

  Rig(
      Vertx vertx,
      MastodonServer server,
      Pace pace,
      UnaryOperator<Account> change,
      String... tags) {
    this.server = server;
    this.inbox = new MemoryInbox(vertx, change.apply(account(server.base())), tags);
    this.vertx = vertx;
    this.pace = pace;
  }

  /** With this in place of its own memory. */
  Rig remembering(Seen seen) {
    memory = () -> seen;
    return this;
  }

  static Account account(String server) {
    return new Account(
        UUID.randomUUID(),
        UUID.randomUUID(),
        Network.MASTODON,
        server,
        "chat",
        new JsonObject().put("token", MastodonServer.TOKEN),
        new JsonObject());
  }

  /** A post of the server's as a prompt of this account's. */
  Following.Prompt prompt(Toot toot) {
    return new Following.Prompt(
        toot.uri, inbox.account().id(), new JsonObject().put("id", Long.toString(toot.number)));
  }

  /** Starts, or takes over without a word from the one before. */
  Rig start() {
    Connector.Running before = running;
    MastodonConnector connector =
        new MastodonConnector(
            new Net(vertx, new Hosts(vertx, true)), pace, InstantSource.system(), memory);
    running = follow(vertx, connector, inbox.takeOver());
    zombie = before;
    return this;
  }

  /** Starts on an event loop of its own. */
  static Connector.Running follow(Vertx vertx, Connector connector, Following following) {
    Context context = vertx.getOrCreateContext();
    return Await.result(
        Future.future(
            promise -> context.runOnContext(go -> promise.complete(connector.follow(following)))));
  }

  /** The one that was taken over from notices by itself; this ends it for sure. */
  void bury() {
    if (zombie != null) {
      Await.result(zombie.stop());
      zombie = null;
    }
  }

  Connector.Running running() {
    return Objects.requireNonNull(running);
  }

  MemoryInbox.Told last() {
    return Objects.requireNonNull(inbox.last());
  }

  /** The number up to which the hashtag of most tests has been read. */
  String mark() {
    return Objects.requireNonNull(inbox.cursor())
        .getJsonObject("tags")
        .getJsonObject("acc26")
        .getString("at");
  }

  void awaitStream(int subscriptions) {
    Await.until(() -> server.channels.subscriptions() == subscriptions);
    awaitLive();
  }

  void awaitLive() {
    Await.until(
        () -> {
          var last = inbox.last();
          return last != null && last.state() == Following.State.LIVE;
        });
  }

  /** Waits for a sentence that has this in it. */
  void awaitSentence(String part) {
    try {
      Await.until(
          () ->
              inbox.told().stream()
                  .anyMatch(told -> told.sentence() != null && told.sentence().contains(part)));
    } catch (AssertionError e) {
      throw new AssertionError("not told: " + part + "; told: " + inbox.told(), e);
    }
  }

  @Override
  public void close() {
    bury();
    if (running != null) {
      Await.result(running.stop());
    }
    server.close();
  }
}
