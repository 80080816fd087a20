package plenary.network.mastodon;

import io.vertx.core.Vertx;
import plenary.support.Await;

/** The simulated Mastodon server for tests of other packages. */
public final class Town implements AutoCloseable {
  public static final String TOKEN = MastodonServer.TOKEN;

  private final Vertx vertx = Vertx.vertx();
  private final MastodonServer server = new MastodonServer(vertx, 1);

  /** A post of it. */
  public record Letter(Town town, Toot toot) {
    public void delete() {
      town.server.delete(toot);
    }
  }

  public String base() {
    return server.base();
  }

  public Letter post(String text, String tag) {
    return new Letter(this, server.post(text, tag));
  }

  @Override
  public void close() {
    server.close();
    Await.result(vertx.close());
  }
}
