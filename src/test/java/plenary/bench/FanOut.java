package plenary.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One event to everybody in a session: what a delivery costs, and how long a room takes. */
final class FanOut {
  private static final int WINDOW = 2;

  /** The last number any event had: numbers only grow, for a question keeps its last text. */
  private static int last;

  /** What one run of a closed or an open loop showed. */
  record Run(
      double perSecond,
      double cpuPerMillion,
      double compilerCpuPerMillion,
      double databaseCpuPerMillion,
      String faults,
      Latencies each,
      Latencies room,
      int events) {
    Run with(String found) {
      return new Run(
          perSecond,
          cpuPerMillion,
          compilerCpuPerMillion,
          databaseCpuPerMillion,
          found,
          each,
          room,
          events);
    }
  }

  private FanOut() {}

  static Table run(Sizes sizes) {
    int viewers = sizes.viewers();
    Table table =
        new Table(
            String.format(Locale.ROOT, "Fan-out to %,d attendees of one session", viewers),
            "server",
            "loop",
            "deliveries/s",
            "CPU-s per million (median)",
            "× limit",
            "JVM's compiler beside it",
            "PostgreSQL CPU-s per million",
            "delivery p50 / p99 ms",
            "whole room p50 / p99 ms",
            "lost / doubled / out of order");
    Map<String, Double> limit = new HashMap<>();
    try (Wire wire = new Wire()) {
      Broadcaster.limit()
          .ifPresentOrElse(
              climit -> rows(table, wire, sizes, climit, limit),
              () ->
                  table.note("The C limit was left out: no gcc, or no climit.c beside the tree."));
      rows(table, wire, sizes, Broadcaster.vertx(), limit);
      rows(table, wire, sizes, product(wire, viewers, "0"), limit);
      Broadcaster ticking = product(wire, viewers, "-1");
      warm(wire, ticking, sizes);
      open(table, wire, sizes, ticking, "open, 5/s, the default tick", limit);
      ticking.close();
      Broadcaster.nchan()
          .ifPresentOrElse(
              nchan -> rows(table, wire, sizes, nchan, limit),
              () -> table.note("Nchan was left out: there is no nginx with its module here."));
    }
    table.note(
        "Closed loop: %d events under way, %d runs of %d s each, server on one core and load on the"
            + " other, after as long a run on both that is not counted; tick 0. What the JVM's"
            + " compiler takes is told beside. An event of Plenary is a"
            + " moderator's edit through HTTP, durable before it is told; an event of the"
            + " references is a POST.",
        WINDOW, sizes.runs(), sizes.seconds());
    return table;
  }

  private static void rows(
      Table table, Wire wire, Sizes sizes, Broadcaster server, Map<String, Double> limit) {
    try (server) {
      warm(wire, server, sizes);
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < sizes.runs(); i++) {
        runs.add(closed(wire, server, sizes.viewers(), sizes.seconds()));
      }
      double cpu = Table.median(runs.stream().mapToDouble(Run::cpuPerMillion).toArray());
      limit.putIfAbsent("closed", cpu);
      table.row(
          server.name(),
          "closed",
          Table.median(runs.stream().mapToDouble(Run::perSecond).toArray()),
          cpu,
          cpu / limit.get("closed"),
          Table.median(runs.stream().mapToDouble(Run::compilerCpuPerMillion).toArray()),
          Table.median(runs.stream().mapToDouble(Run::databaseCpuPerMillion).toArray()),
          runs.getLast().each(),
          runs.getLast().room(),
          String.join(", ", runs.stream().map(Run::faults).distinct().toList()));
      open(table, wire, sizes, server, "open, 5/s", limit);
    }
  }

  /**
   * Lets a server that has just started compile what it does all the time: that is not the cost of
   * a delivery.
   */
  static void warm(Wire wire, Broadcaster server, Sizes sizes) {
    closed(wire, server, sizes.viewers(), 1, sizes.seconds() * 2, false);
  }

  private static void open(
      Table table,
      Wire wire,
      Sizes sizes,
      Broadcaster server,
      String loop,
      Map<String, Double> limit) {
    Run run = open(wire, server, sizes.viewers(), 5, sizes.seconds() * 2);
    limit.putIfAbsent("open", run.cpuPerMillion());
    table.row(
        server.name(),
        loop,
        run.perSecond(),
        run.cpuPerMillion(),
        run.cpuPerMillion() / limit.get("open"),
        run.compilerCpuPerMillion(),
        run.databaseCpuPerMillion(),
        run.each(),
        run.room(),
        run.faults());
  }

  /** The product with a session full of attendees and one public question. */
  static Broadcaster product(Wire wire, int viewers, String tick) {
    return product(wire, viewers, 1, Map.of("PLENARY_LIVE_TICK_MS", tick));
  }

  /** The same with the attendees spread over some sessions. */
  static Broadcaster product(
      Wire wire, int viewers, int sessions, Map<String, String> environment) {
    Node node = Node.start(environment);
    try {
      List<Broadcaster.Hall> halls = new ArrayList<>();
      for (Room room : Room.open(node, sessions, false)) {
        String[] attendees = room.join(wire, (viewers + sessions - 1) / sessions);
        halls.add(new Broadcaster.Hall(room, attendees, room.ask(attendees[0], "Does it hold?")));
      }
      return Broadcaster.product(node, halls);
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  /** As many events as the server tells, {@value #WINDOW} under way. */
  static Run closed(Wire wire, Broadcaster server, int viewers, int seconds) {
    return closed(wire, server, viewers, seconds, 2 + seconds / 2, true);
  }

  private static Run closed(
      Wire wire, Broadcaster server, int viewers, int seconds, int warmUpSeconds, boolean pin) {
    boolean pinned = pin && Proc.pin(server.pid(), "0");
    pinned = pinned && Proc.pin(ProcessHandle.current().pid(), "1");
    Audience audience = new Audience(wire, server.port(), viewers, server::upgrade);
    audience.open(false);
    CompletableFuture<Void> warm = new CompletableFuture<>();
    CompletableFuture<Integer> done = new CompletableFuture<>();
    boolean[] stop = {false};
    int base = last;
    int[] seq = {base};
    Publisher publisher =
        wire.call(() -> new Publisher(wire, server.port(), WINDOW, new Connection.Client() {}));
    Runnable next =
        () -> {
          seq[0]++;
          audience.sent(seq[0], System.nanoTime());
          server.publish(seq[0]).forEach(publisher::send);
        };
    audience.onComplete(
        complete -> {
          if (complete <= base) {
            return;
          }
          if (complete >= base + 5) {
            warm.complete(null);
          }
          if (!stop[0]) {
            next.run();
          } else if (complete == seq[0]) {
            done.complete(complete);
          }
        });
    wire.run(
        () -> {
          for (int i = 0; i < WINDOW; i++) {
            next.run();
          }
        });
    wire.await(warm, 60);
    Pause.millis(warmUpSeconds * 1_000L);
    Meter meter = wire.call(() -> Meter.start(server, audience));
    Pause.millis(seconds * 1_000L);
    Run run =
        wire.call(
            () -> {
              stop[0] = true;
              return meter.stop(server, audience, "", seq[0]);
            });
    last = end(wire, done, next);
    String faults = wire.call(() -> audience.faults(last));
    audience.close();
    wire.call(
        () -> {
          publisher.close();
          return null;
        });
    if (pinned) {
      Proc.unpin(server.pid());
      Proc.unpin(ProcessHandle.current().pid());
    }
    return run.with(faults + (publisher.refused > 0 ? " refused " + publisher.refused : ""));
  }

  /**
   * Waits for the last event. Of two that are under way the earlier may be committed later, in one
   * batch with the other, and then nobody is told of the last: one more tells of it.
   */
  private static int end(Wire wire, CompletableFuture<Integer> done, Runnable next) {
    for (int i = 0; i < 10 && !done.isDone(); i++) {
      Pause.millis(1_000);
      if (!done.isDone()) {
        wire.run(next);
      }
    }
    return wire.await(done, 30);
  }

  /** Events at a rate, whatever becomes of them. */
  static Run open(Wire wire, Broadcaster server, int viewers, int perSecond, int seconds) {
    Audience audience = new Audience(wire, server.port(), viewers, server::upgrade);
    audience.open(false);
    Publisher publisher =
        wire.call(() -> new Publisher(wire, server.port(), 8, new Connection.Client() {}));
    Meter meter = wire.call(() -> Meter.start(server, audience));
    int events = perSecond * seconds;
    int base = last;
    last += events;
    wire.run(
        () -> {
          long start = System.nanoTime() + 100_000_000L;
          for (int i = 1; i <= events; i++) {
            int seq = base + i;
            long at = start + (i - 1) * 1_000_000_000L / perSecond;
            wire.at(
                at,
                () -> {
                  audience.sent(seq, at);
                  server.publish(seq).forEach(publisher::send);
                });
          }
        });
    Pause.millis(seconds * 1_000L + 2_000);
    Run run = wire.call(() -> meter.stop(server, audience, audience.faults(base + events), events));
    audience.close();
    wire.call(
        () -> {
          publisher.close();
          return null;
        });
    return run;
  }

  /** Differences of counters. On the wire's thread. */
  private record Meter(long at, long frames, double cpu, double compilerCpu, double databaseCpu) {
    static Meter start(Broadcaster server, Audience audience) {
      audience.forgetTimes();
      return new Meter(
          System.nanoTime(),
          audience.frames,
          server.cpu(),
          Proc.compilerCpu(server.pid()),
          server.databaseCpu());
    }

    Run stop(Broadcaster server, Audience audience, String faults, int events) {
      double millions = (audience.frames - frames) / 1e6;
      double compiler = Proc.compilerCpu(server.pid()) - compilerCpu;
      return new Run(
          millions * 1e6 / ((System.nanoTime() - at) / 1e9),
          (server.cpu() - cpu - compiler) / millions,
          compiler / millions,
          (server.databaseCpu() - databaseCpu) / millions,
          faults,
          audience.each,
          audience.room,
          events);
    }
  }
}
