package plenary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What sockets cost that only wait: on one node beside bare Vert.x, and on two nodes at once. */
final class IdleSockets {
  private static final int SETTLE_MILLIS = 3_000;

  private IdleSockets() {}

  static Table run(Sizes sizes) {
    int count = sizes.growth()[sizes.growth().length - 1];
    int watched = Math.max(10, sizes.seconds() * 4);
    Table table =
        new Table(
            String.format(Locale.ROOT, "%,d idle attendees on each node", count),
            "server",
            "RSS before MiB",
            "RSS with all MiB",
            "KiB a socket",
            "× reference",
            "idle CPU, % of a core",
            "still there");
    double reference = bare(table, count, watched);
    product(table, 1, count, watched, reference);
    product(table, 2, count, watched, reference);
    table.note(
        "RSS after a collection of garbage, before and after, with a heap that grows as it likes;"
            + " CPU over %d s in which pings and pulses go out as in production.",
        watched);
    return table;
  }

  private static double bare(Table table, int count, int seconds) {
    try (Broadcaster server = Broadcaster.vertx();
        Wire wire = new Wire()) {
      Audience few = new Audience(wire, server.port(), 10, server::upgrade);
      few.open(false);
      few.close();
      Proc.collect(server.pid());
      Pause.millis(SETTLE_MILLIS);
      double before = Proc.residentMebibytes(server.pid());
      Audience all = new Audience(wire, server.port(), count, server::upgrade);
      all.open(false);
      Pause.millis(SETTLE_MILLIS);
      double cpu = server.cpu();
      Pause.millis(seconds * 1_000L);
      double idle = (server.cpu() - cpu) / seconds * 100;
      Proc.collect(server.pid());
      double after = Proc.residentMebibytes(server.pid());
      double each = (after - before) * 1024 / count;
      long there = count - wire.call(() -> all.dropped);
      all.close();
      table.row(server.name(), before, after, each, 1.0, idle, there + " of " + count);
      return each;
    }
  }

  /** One session, watched at every node; each node's watchers are a process of their own. */
  private static void product(
      Table table, int nodeCount, int count, int seconds, double reference) {
    List<Node> nodes = new ArrayList<>(List.of(Node.start(Map.of())));
    List<JavaProcess> crowds = new ArrayList<>();
    try {
      Room room = Room.open(nodes.getFirst(), 1, false).getFirst();
      while (nodes.size() < nodeCount) {
        nodes.add(nodes.getFirst().second(Map.of()));
      }
      List<Path> tokens = new ArrayList<>();
      try (Wire wire = new Wire()) {
        for (int i = 0; i < nodeCount; i++) {
          tokens.add(tokens(room.join(wire, count), i));
        }
      }
      nodes.forEach(node -> Proc.collect(node.pid()));
      Pause.millis(SETTLE_MILLIS);
      double[] before = nodes.stream().mapToDouble(IdleSockets::resident).toArray();
      for (int i = 0; i < nodeCount; i++) {
        JavaProcess crowd =
            JavaProcess.start(
                IdleCrowd.class,
                Map.of(),
                String.valueOf(nodes.get(i).port()),
                room.livePath("attendee"),
                tokens.get(i).toString());
        crowds.add(crowd);
        crowd.line("ready");
      }
      Pause.millis(SETTLE_MILLIS);
      double[] cpu = nodes.stream().mapToDouble(Node::cpu).toArray();
      Pause.millis(seconds * 1_000L);
      for (int i = 0; i < nodeCount; i++) {
        Node node = nodes.get(i);
        double idle = (node.cpu() - cpu[i]) / seconds * 100;
        Proc.collect(node.pid());
        double after = resident(node);
        double each = (after - before[i]) * 1024 / count;
        String name = nodeCount == 1 ? "Plenary" : "Plenary, node " + (i + 1) + " of " + nodeCount;
        long there = Math.round(node.metric("plenary_sockets"));
        table.row(name, before[i], after, each, each / reference, idle, there + " of " + count);
      }
    } finally {
      crowds.forEach(JavaProcess::close);
      nodes.reversed().forEach(Node::close);
    }
  }

  private static double resident(Node node) {
    return Proc.residentMebibytes(node.pid());
  }

  private static Path tokens(String[] tokens, int node) {
    Path file = Table.DIRECTORY.resolve("tokens-" + node + ".txt").toAbsolutePath();
    try {
      return Files.write(file, List.of(tokens));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
