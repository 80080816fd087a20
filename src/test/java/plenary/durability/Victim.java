package plenary.durability;

import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plenary.support.ServerProcess;
import plenary.support.TestPostgres;

/** A server of its own and its PostgreSQL, to be killed under a trial. */
final class Victim implements AutoCloseable {
  private final Path directory = TestPostgres.directory();
  private final String main;
  private ServerProcess server;

  Victim(String main) throws IOException {
    this.main = main;
    this.server = start();
  }

  private ServerProcess start() throws IOException {
    return ServerProcess.start(directory, main, List.of("-Xmx256m"), Map.of());
  }

  URI http() {
    return server.http();
  }

  PgConnectOptions database() {
    return server.database();
  }

  /** Changes a setting of the running PostgreSQL, for every session of it. */
  void set(String setting, String value) {
    Vertx vertx = Vertx.vertx();
    PgConnection sql = result(PgConnection.connect(vertx, server.database()));
    result(sql.query("alter system set " + setting + " = " + value).execute());
    result(sql.query("select pg_reload_conf()").execute());
    result(sql.close());
    result(vertx.close());
  }

  /** The server alone, which takes its PostgreSQL along; milliseconds until the next is ready. */
  long killServer(Trial trial) throws IOException {
    server.kill();
    return again(trial);
  }

  /** Both in one moment. */
  long killBoth(Trial trial) throws IOException {
    List<ProcessHandle> all = new ArrayList<>(server.postgres());
    all.add(server.process().toHandle());
    ServerProcess.signal("KILL", all);
    server.kill();
    return again(trial);
  }

  private long again(Trial trial) throws IOException {
    server = start();
    trial.caller.moved(server.http());
    return server.readyMillis();
  }

  /**
   * The postmaster and its children, at once; the server has to notice and start it again.
   *
   * @return milliseconds until the first acknowledgement
   */
  long killPostgres(Trial trial) throws IOException {
    long postmaster = server.postgres().getFirst().pid();
    ServerProcess.signal("KILL", server.postgres());
    long killed = System.nanoTime();
    Trial.until("PostgreSQL does not come back", () -> isBack(postmaster));
    Trial.until("nothing is acknowledged any more", () -> trial.journal.lastAck() > killed);
    // An answer may have been under way when the database was killed, so one more.
    trial.acknowledge(1);
    return (System.nanoTime() - killed) / 1_000_000;
  }

  private boolean isBack(long before) {
    try {
      List<ProcessHandle> now = server.postgres();
      return !now.isEmpty() && now.getFirst().pid() != before;
    } catch (IOException | NumberFormatException beingWritten) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    TestPostgres.delete(directory);
  }
}
