package plenary.support;

import io.vertx.pgclient.PgConnectOptions;
import java.util.Map;
import plenary.live.Faults;

/**
 * Two nodes on one database for all tests of this JVM that need no node of their own: a node takes
 * seconds to start. Every change is told at once. Tests share nothing but the organiser: each opens
 * its own room. They go with the JVM.
 */
public final class Nodes {
  private static final Map<String, String> AT_ONCE = Map.of("PLENARY_LIVE_TICK_MS", "0");

  private Nodes() {}

  /** Started on first use. */
  private static final class Shared {
    static final PgConnectOptions DATABASE = TestPostgres.options();
    static final TestServer FIRST = TestServer.start(DATABASE, AT_ONCE, Faults.NONE);
    static final Client ORGANISER = Room.organiser(FIRST);
    static final TestServer SECOND = TestServer.start(DATABASE, AT_ONCE, Faults.NONE);
  }

  public static PgConnectOptions database() {
    return Shared.DATABASE;
  }

  public static TestServer first() {
    return Shared.FIRST;
  }

  public static TestServer second() {
    return Shared.SECOND;
  }

  /** The organiser of the server, at the first node. */
  public static Client organiser() {
    return Shared.ORGANISER;
  }
}
