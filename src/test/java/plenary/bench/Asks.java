package plenary.bench;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Questions through HTTP for one session, as many as go, with nobody watching. */
final class Asks {
  private static final int CONNECTIONS = 64;

  private Asks() {}

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            "Questions asked in one session, nobody watching",
            "server",
            "questions/s (median)",
            "× reference",
            "p50 / p99 ms",
            "server CPU-ms each",
            "PostgreSQL CPU-ms each",
            "refused");
    Result alone = asked(sizes, VoteStorm.ONE_BY_ONE);
    row(table, "one transaction per question", alone, alone);
    row(table, "Plenary", asked(sizes, Map.of()), alone);
    table.note(
        "Closed loop: %d connections, one question under way on each. Everything of a question"
            + " is in it: screening, near-duplicates, its entities. The reference is the same"
            + " build with batches of one.",
        CONNECTIONS);
    return table;
  }

  private static void row(Table table, String name, Result result, Result reference) {
    table.row(
        name,
        result.perSecond(),
        result.perSecond() / reference.perSecond(),
        result.times(),
        result.cpuMillis(),
        result.databaseCpuMillis(),
        result.refused());
  }

  private record Result(
      double perSecond, Latencies times, double cpuMillis, double databaseCpuMillis, int refused) {}

  private static Result asked(Sizes sizes, Map<String, String> environment) {
    try (Wire wire = new Wire();
        Node node = Node.start(environment)) {
      Room room = Room.open(node, 1, true).getFirst();
      Crowd crowd = new Crowd(room, room.join(wire, Math.max(CONNECTIONS, sizes.voters() / 10)));
      wire.run(
          () -> {
            for (int i = 0; i < CONNECTIONS; i++) {
              wire.open(node.port(), crowd).index = i;
            }
          });
      Pause.millis(sizes.seconds() * 1_000L);
      List<Result> runs = new ArrayList<>();
      for (int i = 0; i < sizes.runs(); i++) {
        wire.run(crowd::forget);
        double cpu = node.cpu();
        double databaseCpu = node.postgresCpu();
        long start = System.nanoTime();
        Pause.millis(sizes.seconds() * 1_000L);
        Latencies times = wire.call(() -> crowd.times);
        double seconds = (System.nanoTime() - start) / 1e9;
        double each = 1_000.0 / Math.max(1, times.count());
        runs.add(
            new Result(
                times.count() / seconds,
                times,
                (node.cpu() - cpu) * each,
                (node.postgresCpu() - databaseCpu) * each,
                crowd.refused));
      }
      runs.sort(Comparator.comparingDouble(Result::perSecond));
      return runs.get(runs.size() / 2);
    }
  }

  /** Who asks: the next question of a connection follows the answer to the last. */
  private static final class Crowd implements Connection.Client {
    private final Room room;
    private final String[] people;
    private final long[] startedAt = new long[CONNECTIONS];
    private Latencies times = new Latencies();
    private volatile int refused;
    private int seq;

    Crowd(Room room, String[] people) {
      this.room = room;
      this.people = people;
    }

    void forget() {
      times = new Latencies();
    }

    @Override
    public void connected(Connection connection) {
      seq++;
      startedAt[connection.index] = System.nanoTime();
      connection.send(
          Requests.post(
              room.path("/questions"),
              people[seq % people.length],
              new JsonObject()
                  .put("text", "What about case " + seq + " of " + seq * 7919L + ", is it safe?")
                  .encode()));
    }

    @Override
    public void answered(Connection connection, int status, byte[] bytes, int from, int length) {
      if (status == 201) {
        times.add(System.nanoTime() - startedAt[connection.index]);
      } else {
        refused++;
      }
      connected(connection);
    }
  }
}
