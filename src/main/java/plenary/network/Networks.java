package plenary.network;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import plenary.database.Database;
import plenary.hashtag.Guards;
import plenary.live.Live;
import plenary.meeting.Follows;
import plenary.question.Intake;
import plenary.web.Api;

/** The networks of one node, put together: accounts, connectors, and what sessions are told. */
public final class Networks {
  private final Accounts accounts;
  private final Intake intake;
  private final Deliveries deliveries;
  private final Connectors connectors;

  /**
   * @param guards keep posts out that mean something else
   * @param placement knows which prompts posts answer
   * @param readers one for each network that can be read
   * @param hosts which may be called
   */
  public Networks(
      Vertx vertx,
      Database database,
      Live live,
      Guards guards,
      Placement placement,
      List<Connector> readers,
      Hosts hosts,
      MeterRegistry registry,
      InstantSource time) {
    NetworkMeters meters = new NetworkMeters(registry);
    Follows follows = new Follows(database);
    this.intake = new Intake(database);
    this.accounts = new Accounts(database, hosts, time);
    this.deliveries =
        new Deliveries(vertx, database, live, follows, intake, guards, placement, meters, time);
    this.connectors =
        new Connectors(
            vertx, database, follows, placement, deliveries, readers, hosts, meters, time);
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    new NetworkRoutes(accounts, intake).attach(api);
  }

  /** The accounts that prompts may be posted by. */
  public Accounts accounts() {
    return accounts;
  }

  public void start() {
    deliveries.start();
    connectors.start();
  }

  public void stop() {
    connectors.stop();
    deliveries.stop();
  }
}
