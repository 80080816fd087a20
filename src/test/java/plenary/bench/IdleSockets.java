package plenary.bench;

import java.util.Locale;

/** What sockets cost that only wait. */
final class IdleSockets {
  private static final int SETTLE_MILLIS = 3_000;

  private IdleSockets() {}

  static Table run(Sizes sizes) {
    int count = sizes.growth()[sizes.growth().length - 1];
    int watched = Math.max(10, sizes.seconds() * 4);
    Table table =
        new Table(
            String.format(Locale.ROOT, "%,d idle attendees", count),
            "server",
            "RSS before MiB",
            "RSS with all MiB",
            "KiB a socket",
            "× reference",
            "idle CPU, % of a core",
            "closed meanwhile");
    double reference = measure(table, Broadcaster.vertx(), count, watched, Double.NaN);
    try (Wire wire = new Wire()) {
      measure(table, FanOut.product(wire, count, "-1"), count, watched, reference);
    }
    table.note(
        "RSS after a collection of garbage, before and after, with a heap that grows as it likes;"
            + " CPU over %d s in which pings and pulses go out as in production.",
        watched);
    return table;
  }

  private static double measure(
      Table table, Broadcaster server, int count, int seconds, double reference) {
    try (server;
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
      Pause.millis(1_000);
      double after = Proc.residentMebibytes(server.pid());
      double each = (after - before) * 1024 / count;
      long closed = wire.call(() -> all.dropped);
      all.close();
      table.row(server.name(), before, after, each, each / reference, idle, closed);
      return each;
    }
  }
}
