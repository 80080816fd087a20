package plenary.support;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import plenary.Server;
import plenary.config.Config;
import plenary.live.Faults;
import plenary.network.Wires;

/**
 * A whole node in this JVM, on free ports and a database of its own or one shared with other nodes.
 * The limits against crowds are so high that a test from one address does not meet them, unless a
 * test sets them.
 */
public final class TestServer implements AutoCloseable {
  /** The one-time token of every test's first organiser. */
  public static final String SETUP_TOKEN = "setup-token-for-tests-0123456789abcdef";

  /** The file that the servers of this process list erased meetings in. */
  public static final String ERASURE_LIST =
      Path.of("target", "erased-meetings-" + ProcessHandle.current().pid() + ".txt")
          .toAbsolutePath()
          .toString();

  static final Map<String, String> OPEN =
      Map.ofEntries(
          Map.entry("PLENARY_HTTP_HOST", "127.0.0.1"),
          Map.entry("PLENARY_HTTP_PORT", "0"),
          Map.entry("PLENARY_MANAGEMENT_PORT", "0"),
          Map.entry("PLENARY_SETUP_TOKEN", SETUP_TOKEN),
          Map.entry("PLENARY_ERASURE_LIST", ERASURE_LIST),
          Map.entry("PLENARY_LIVE_DRAIN_MS", "200"),
          Map.entry("PLENARY_NETWORKS_PRIVATE", "1"),
          Map.entry("PLENARY_LIMITS_JOIN_NODE_PER_SECOND", "100000"),
          Map.entry("PLENARY_LIMITS_JOIN_ADDRESS_PER_SECOND", "100000"),
          Map.entry("PLENARY_LIMITS_ASK_PARTICIPANT_INTERVAL_MS", "1"),
          Map.entry("PLENARY_LIMITS_ASK_PARTICIPANT_BURST", "1000"),
          Map.entry("PLENARY_LIMITS_VOTE_PARTICIPANT_PER_SECOND", "100000"),
          Map.entry("PLENARY_LIMITS_SIMILAR_PERSON_PER_SECOND", "100000"),
          Map.entry("PLENARY_LIMITS_REQUEST_ADDRESS_PER_SECOND", "100000"),
          Map.entry("PLENARY_LIMITS_REQUEST_NODE_PER_SECOND", "100000"),
          Map.entry("PLENARY_LIMITS_UPGRADE_NODE_PER_SECOND", "100000"));

  private final Server server;
  private final PgConnectOptions database;

  private TestServer(Server server, PgConnectOptions database) {
    this.server = server;
    this.database = database;
  }

  /** A node on a database of its own. */
  public static TestServer start() {
    return start(TestPostgres.options(), Map.of(), Faults.NONE);
  }

  /**
   * A node.
   *
   * @param environment variables that win over those of every test
   */
  public static TestServer start(
      PgConnectOptions database, Map<String, String> environment, Faults faults) {
    Config config = config(environment);
    return started(Server.start(config, database, InstantSource.system(), faults), database);
  }

  /** A node on a database of its own, with a clock and networks of the test's. */
  public static TestServer start(InstantSource time, Wires wires) {
    Config config = config(Map.of("PLENARY_LIVE_TICK_MS", "0"));
    PgConnectOptions database = TestPostgres.options();
    return started(
        Server.start(config, database, time, Faults.NONE, (vertx, own) -> wires), database);
  }

  private static Config config(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(OPEN);
    all.putAll(environment);
    return Config.load(all);
  }

  private static TestServer started(Future<Server> starting, PgConnectOptions database) {
    Server server = Await.result(starting, 60);
    Await.result(server.access().setup().link(SETUP_TOKEN));
    return new TestServer(server, database);
  }

  public int port() {
    return server.port();
  }

  public int managementPort() {
    return server.managementPort();
  }

  public Server server() {
    return server;
  }

  public PgConnectOptions database() {
    return database;
  }

  /** Ends at once, as nodes do that lose their power: nobody is told good-bye. */
  public void kill() {
    Await.result(server.halt(), 30);
  }

  @Override
  public void close() {
    Await.result(server.stop(), 30);
  }
}
