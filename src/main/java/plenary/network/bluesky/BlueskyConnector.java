package plenary.network.bluesky;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Hosts;
import plenary.network.Network;

/**
 * Reads every post of the network from a Jetstream and passes on those with a followed hashtag.
 * Nothing is lost while the server keeps what was missed, usually for a day or more; beyond that
 * there is a gap, which is told.
 */
public final class BlueskyConnector implements Connector {
  /** A message larger than this ends a connection. */
  private static final int MESSAGE_MAX = 16 << 20;

  private static final String NO_ADDRESS =
      "The address of the Jetstream is none; it looks like wss://jetstream2.us-east.bsky.network.";

  private final Vertx vertx;
  private final Hosts hosts;
  private final Pace pace;
  private final Xrpc xrpc;
  private final WebSocketClient client;

  /**
   * A connector.
   *
   * @param hosts where it may connect to
   */
  public BlueskyConnector(Vertx vertx, Hosts hosts) {
    this(vertx, hosts, Pace.USUAL);
  }

  BlueskyConnector(Vertx vertx, Hosts hosts, Pace pace) {
    this.vertx = vertx;
    this.hosts = hosts;
    this.pace = pace;
    xrpc = new Xrpc(vertx, hosts);
    WebSocketClientOptions options = new WebSocketClientOptions();
    options.setMaxFrameSize(MESSAGE_MAX).setMaxMessageSize(MESSAGE_MAX).setClosingTimeout(1);
    options.setConnectTimeout(10_000);
    client = vertx.createWebSocketClient(options);
  }

  @Override
  public Network network() {
    return Network.BLUESKY;
  }

  @Override
  public Running follow(Following following) {
    Addresses.Host host = Addresses.jetstream(following.account());
    if (host == null) {
      following.state(Following.State.FAILED, NO_ADDRESS);
      return new Nowhere();
    }
    Context context = vertx.getOrCreateContext();
    Reading reading = new Reading(vertx, context, client, hosts, xrpc, following, host, pace);
    context.runOnContext(here -> reading.start());
    return reading;
  }

  /** There is nothing to read from until the organiser corrects the address. */
  private record Nowhere() implements Running {
    @Override
    public void tagsChanged() {
      // It follows none.
    }

    @Override
    public void promptsChanged() {
      // Nor does it ask.
    }

    @Override
    public Future<Void> stop() {
      return Future.succeededFuture();
    }
  }
}
