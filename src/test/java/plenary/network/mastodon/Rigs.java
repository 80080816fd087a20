package plenary.network.mastodon;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** The servers and connectors of one test, ended with it. */
final class Rigs implements AutoCloseable {
  private final Vertx vertx;
  private final List<Runnable> open = new ArrayList<>();

  Rigs(Vertx vertx) {
    this.vertx = vertx;
  }

  MastodonServer server() {
    MastodonServer server = new MastodonServer(vertx, 1);
    open.add(server::close);
    return server;
  }

  Rig rig(Pace pace, String... tags) {
    return rig(server(), pace, tags);
  }

  Rig rig(MastodonServer server, Pace pace, String... tags) {
    Rig rig = new Rig(vertx, server, pace, tags);
    open.addFirst(rig::close);
    return rig;
  }

  @Override
  public void close() {
    open.forEach(Runnable::run);
  }
}
