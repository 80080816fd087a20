package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Supplier;
import plenary.network.Account;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Hosts;
import plenary.network.Network;

/** Reads hashtags from Mastodon servers, one server for each account. */
public final class MastodonConnector implements Connector {
  private final Net net;
  private final Pace pace;
  private final InstantSource clock;
  private final Supplier<Seen> memory;

  /**
   * A connector.
   *
   * @param hosts where it may connect to: organisers enter addresses, and servers name further ones
   */
  public MastodonConnector(Vertx vertx, Hosts hosts) {
    this(new Net(vertx, hosts), Pace.usual(), InstantSource.system(), Seen::new);
  }

  MastodonConnector(Net net, Pace pace, InstantSource clock, Supplier<Seen> memory) {
    this.net = net;
    this.pace = pace;
    this.clock = clock;
    this.memory = memory;
  }

  @Override
  public Network network() {
    return Network.MASTODON;
  }

  @Override
  public Running follow(Following following) {
    Account account = following.account();
    Site site;
    try {
      site = site(net, account, pace, clock);
    } catch (Trouble wrong) {
      following.state(wrong.state(), wrong.sentence());
      return new Idle();
    }
    return new Reader(net, following, pace, site, memory.get()).start();
  }

  static Site site(Net net, Account account, Pace pace, InstantSource clock) {
    String token = account.credentials().getString("token");
    return new Site(
        net,
        Site.address(account.server()),
        token == null || token.isBlank() ? null : token.strip(),
        pace,
        clock);
  }

  /** For an address that is none: only another address helps. */
  private static final class Idle implements Running {
    @Override
    public void tagsChanged() {
      // Nothing is followed.
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
