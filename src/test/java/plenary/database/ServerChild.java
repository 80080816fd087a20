package plenary.database;

import java.nio.file.Path;
import java.util.Map;

/** A server process for tests that end one: starts PostgreSQL and waits for its input to end. */
final class ServerChild {
  private ServerChild() {}

  public static void main(String[] args) throws Exception {
    ManagedPostgres.Setup setup =
        new ManagedPostgres.Setup(Path.of(args[0]), Path.of(args[1]), Map.of());
    try {
      ManagedPostgres postgres = ManagedPostgres.start(setup);
      System.out.println("up " + postgres.pid() + " " + postgres.runsAs());
      if (System.in.read() < 0) {
        postgres.close();
      }
    } catch (DatabaseRefusal refusal) {
      System.out.println("refused " + refusal.getMessage());
    }
  }
}
