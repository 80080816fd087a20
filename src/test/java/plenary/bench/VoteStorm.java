package plenary.bench;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Everybody votes at once in one session: durable votes through HTTP, each counted once. */
final class VoteStorm {
  static final int CONNECTIONS = 256;
  static final Map<String, String> ONE_BY_ONE =
      Map.of("PLENARY_COMMIT_BATCH_MAX", "1", "PLENARY_COMMIT_VOTE_GATHER_MS", "0");
  private static final int RATE = 5_000;
  private static final int WARM_UPS_MAX = 5;

  /** Share of a core the JVMs' compilers may still take when measuring begins. */
  private static final double COMPILERS_REST = 0.1;

  private VoteStorm() {}

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            String.format(Locale.ROOT, "Vote storm on one session, %,d voters", sizes.voters()),
            "server",
            "disk",
            "loop",
            "votes/s (median)",
            "× reference",
            "p50 / p99 ms",
            "server CPU-s per million",
            "PostgreSQL CPU-s per million",
            "counted / acknowledged",
            "refused");
    double[] reference = new double[2];
    for (boolean slow : new boolean[] {false, true}) {
      try (Wire wire = new Wire();
          Hall hall = Hall.open(wire, sizes, 1, ONE_BY_ONE, slow)) {
        Result result = closed(hall, sizes);
        reference[slow ? 1 : 0] = result.perSecond();
        row(table, "one transaction per vote", slow, "closed", result, 1);
      }
    }
    for (boolean slow : new boolean[] {false, true}) {
      try (Wire wire = new Wire();
          Hall hall = Hall.open(wire, sizes, 1, Map.of(), slow)) {
        Result result = closed(hall, sizes);
        row(table, "Plenary", slow, "closed", result, result.perSecond() / reference[slow ? 1 : 0]);
        Result open = hall.vote(RATE, sizes.seconds() * 2);
        row(
            table,
            "Plenary",
            slow,
            "open, " + RATE + "/s",
            open,
            open.perSecond() / reference[slow ? 1 : 0]);
      }
    }
    table.note(
        "Closed loop: %d connections, one vote under way on each, after storms that are not"
            + " counted. The slow disk is simulated by"
            + " PostgreSQL's commit_delay of 2 ms, which holds up each flush as such a disk would."
            + " The reference is the same build with batches of one.",
        CONNECTIONS);
    return table;
  }

  private static Result closed(Hall hall, Sizes sizes) {
    hall.warm(sizes.seconds(), CONNECTIONS);
    List<Result> runs = new ArrayList<>();
    for (int i = 0; i < sizes.runs(); i++) {
      runs.add(hall.vote(0, sizes.seconds()));
    }
    return median(runs);
  }

  /** The run with the median rate; the counts are those of all runs. */
  static Result median(List<Result> runs) {
    Result middle =
        runs.stream()
            .sorted(Comparator.comparingDouble(Result::perSecond))
            .toList()
            .get(runs.size() / 2);
    return new Result(
        middle.perSecond(),
        middle.times(),
        middle.cpuPerMillion(),
        middle.databaseCpuPerMillion(),
        runs.stream().mapToLong(Result::counted).sum(),
        runs.stream().mapToLong(Result::acknowledged).sum(),
        runs.stream().mapToInt(Result::refused).sum());
  }

  private static void row(
      Table table, String name, boolean slow, String loop, Result result, double ratio) {
    table.row(
        name,
        slow ? "+ 2 ms a flush" : "as it is",
        loop,
        result.perSecond(),
        ratio,
        result.times(),
        result.cpuPerMillion(),
        result.databaseCpuPerMillion(),
        result.counted() + " / " + result.acknowledged(),
        result.refused());
  }

  /** What one storm showed. */
  record Result(
      double perSecond,
      Latencies times,
      double cpuPerMillion,
      double databaseCpuPerMillion,
      long counted,
      long acknowledged,
      int refused) {}

  /** Sessions with questions, and people who did not vote yet. */
  record Hall(
      Wire wire,
      List<Node> nodes,
      List<Room> rooms,
      List<String[]> voters,
      List<String[]> questions,
      int[] next)
      implements AutoCloseable {

    static Hall open(
        Wire wire, Sizes sizes, int sessions, Map<String, String> environment, boolean slow) {
      return open(wire, sizes, sessions, environment, slow, 1);
    }

    /** The same on some nodes with one database. */
    static Hall open(
        Wire wire,
        Sizes sizes,
        int sessions,
        Map<String, String> environment,
        boolean slow,
        int count) {
      Node node = Node.start(environment);
      List<Node> nodes = new ArrayList<>(List.of(node));
      try {
        while (nodes.size() < count) {
          nodes.add(node.second(environment));
        }
        List<Room> rooms = Room.open(node, sessions, false);
        List<String[]> voters = new ArrayList<>();
        List<String[]> questions = new ArrayList<>();
        for (Room room : rooms) {
          voters.add(room.join(wire, Math.max(2, sizes.voters() / sessions)));
          String asker = room.join(wire, 1)[0];
          String[] asked = new String[sizes.questions()];
          for (int i = 0; i < asked.length; i++) {
            asked[i] = room.ask(asker, "What about case number " + i + '?');
          }
          questions.add(asked);
        }
        if (slow) {
          slowDown(node);
        }
        return new Hall(wire, nodes, rooms, voters, questions, new int[1]);
      } catch (RuntimeException e) {
        nodes.reversed().forEach(Node::close);
        throw e;
      }
    }

    /** Sets PostgreSQL to wait 2 ms before each flush of its log, as a slow disk does. */
    private static void slowDown(Node node) {
      Vertx vertx = Vertx.vertx();
      try {
        PgConnection.connect(vertx, node.database())
            .compose(
                sql ->
                    sql.query("alter system set commit_delay = 2000")
                        .execute()
                        .compose(
                            done -> sql.query("alter system set commit_siblings = 0").execute())
                        .compose(done -> sql.query("select pg_reload_conf()").execute())
                        .eventually(sql::close))
            .await(20, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        vertx.close().await();
      }
      Pause.millis(200);
    }

    /** The request of the next vote that nobody cast yet; empty when all are cast. */
    byte[] take() {
      int number = next[0]++;
      int sessions = rooms.size();
      int session = number % sessions;
      int rest = number / sessions;
      String[] people = voters.get(session);
      String[] asked = questions.get(session);
      if (rest >= people.length * asked.length) {
        return new byte[0];
      }
      int person = rest % people.length;
      // Spread over the questions at any time, and each pair of person and question once.
      String question = asked[(rest / people.length + person) % asked.length];
      return Requests.put(
          rooms.get(session).path("/questions/" + question + "/vote"), people[person]);
    }

    /**
     * Votes for a while.
     *
     * @param rate votes in each second; 0 for as many as go
     */
    Result vote(int rate, int seconds) {
      return vote(rate, seconds, CONNECTIONS);
    }

    Result vote(int rate, int seconds, int connections) {
      long before = counted();
      Storm storm = new Storm(this, rate);
      wire.call(
          () -> {
            storm.open(connections);
            return null;
          });
      // The first second warms connections and code.
      Pause.millis(1_000);
      double cpu = cpu();
      double databaseCpu = node().postgresCpu();
      int from = wire.call(storm::measure);
      long start = System.nanoTime();
      Pause.millis(seconds * 1_000L);
      int votes = wire.call(storm::done) - from;
      double took = (System.nanoTime() - start) / 1e9;
      double millions = votes / 1e6;
      double server = (cpu() - cpu) / millions;
      double database = (node().postgresCpu() - databaseCpu) / millions;
      storm.stop();
      return new Result(
          votes / took,
          storm.times(),
          server,
          database,
          counted() - before,
          storm.done(),
          storm.refused());
    }

    /** Votes that are not counted, until the JVMs' compilers rest. */
    void warm(int seconds, int connections) {
      double compiler = compilerCpu();
      double compiled = 1;
      for (int i = 0; i < WARM_UPS_MAX && compiled > COMPILERS_REST * seconds; i++) {
        vote(0, seconds - 1, connections);
        double now = compilerCpu();
        compiled = now - compiler;
        compiler = now;
      }
    }

    private double compilerCpu() {
      return nodes.stream().mapToDouble(node -> Proc.compilerCpu(node.pid())).sum();
    }

    /** The node whose PostgreSQL it is. */
    Node node() {
      return nodes.getFirst();
    }

    private double cpu() {
      return nodes.stream().mapToDouble(Node::cpu).sum();
    }

    private long counted() {
      return rooms.stream().mapToLong(Room::votes).sum();
    }

    @Override
    public void close() {
      nodes.reversed().forEach(Node::close);
    }
  }
}
