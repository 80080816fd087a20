package plenary.network.x;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.InstantSource;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Hosts;
import plenary.network.Network;

/**
 * Reads X: the filtered stream, searches over what it missed, and a sweep for what was deleted.
 * Everything is paid for through {@link Following#spend} before it is asked for; without a limit in
 * the account's settings ({@code capMicros}) nothing is read.
 */
public final class XConnector implements Connector {
  /** Each account's stream holds a connection for as long as it goes on. */
  private static final int CONNECTIONS_MAX = 1_000;

  private final Vertx vertx;
  private final HttpClient http;
  private final Hosts hosts;
  private final InstantSource time;
  private final Pace pace;

  /**
   * A connector for all accounts.
   *
   * @param hosts which addresses may be called, where an account names a server of its own
   */
  public XConnector(Vertx vertx, InstantSource time, Hosts hosts) {
    this(vertx, time, hosts, Pace.DOCUMENTED);
  }

  XConnector(Vertx vertx, InstantSource time, Hosts hosts, Pace pace) {
    this.hosts = hosts;
    this.vertx = vertx;
    this.http = client(vertx);
    this.time = time;
    this.pace = pace;
  }

  static HttpClient client(Vertx vertx) {
    return vertx.createHttpClient(
        new HttpClientOptions().setDecompressionSupported(false),
        new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
  }

  @Override
  public Network network() {
    return Network.X;
  }

  @Override
  public Running follow(Following following) {
    Follower follower = new Follower(vertx, http, hosts, following, time, pace);
    follower.start();
    return follower;
  }
}
