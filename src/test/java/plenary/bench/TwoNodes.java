package plenary.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Votes for one session that come in at two nodes with one database, beside one node. As many are
 * under way in both: so many that a node which waits for the other's commit has a batch full.
 */
final class TwoNodes {
  private static final int CONNECTIONS = 4 * VoteStorm.CONNECTIONS;

  private TwoNodes() {}

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            String.format(
                Locale.ROOT, "Vote storm on one session at two nodes, %,d voters", sizes.voters()),
            "nodes",
            "votes/s (median)",
            "× one node",
            "p50 / p99 ms",
            "servers' CPU-s per million",
            "PostgreSQL CPU-s per million",
            "counted / acknowledged",
            "refused");
    double one = Double.NaN;
    for (int nodes = 1; nodes <= 2; nodes++) {
      try (Wire wire = new Wire();
          VoteStorm.Hall hall = VoteStorm.Hall.open(wire, sizes, 1, Map.of(), false, nodes)) {
        hall.warm(sizes.seconds(), CONNECTIONS);
        List<VoteStorm.Result> runs = new ArrayList<>();
        for (int i = 0; i < sizes.runs(); i++) {
          runs.add(hall.vote(0, sizes.seconds(), CONNECTIONS));
        }
        VoteStorm.Result result = VoteStorm.median(runs);
        one = nodes == 1 ? result.perSecond() : one;
        table.row(
            nodes,
            result.perSecond(),
            result.perSecond() / one,
            result.times(),
            result.cpuPerMillion(),
            result.databaseCpuPerMillion(),
            result.counted() + " / " + result.acknowledged(),
            result.refused());
      }
    }
    table.note(
        "%d connections, spread over the nodes, one vote under way on each, after storms that"
            + " are not counted. Both servers,"
            + " PostgreSQL and the load share the machine; a second node adds no cores here, it"
            + " only shows what waiting for each other costs.",
        CONNECTIONS);
    return table;
  }
}
