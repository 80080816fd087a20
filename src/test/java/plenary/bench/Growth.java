package plenary.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a delivery and a vote cost as the audience and the sessions grow. */
final class Growth {
  private Growth() {}

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            "Growth",
            "what grows",
            "to",
            "cost",
            "CPU-s per million",
            "× smallest",
            "per second",
            "check");
    viewers(table, sizes);
    sessions(table, sizes);
    votesAndDeliveries(table, sizes);
    return table;
  }

  private static void viewers(Table table, Sizes sizes) {
    double smallest = Double.NaN;
    for (int viewers : sizes.growth()) {
      try (Wire wire = new Wire();
          Broadcaster server = FanOut.product(wire, viewers, "0")) {
        List<FanOut.Run> runs = new ArrayList<>();
        for (int i = 0; i < sizes.runs(); i++) {
          runs.add(FanOut.closed(wire, server, viewers, sizes.seconds()));
        }
        double cost = Table.median(runs.stream().mapToDouble(FanOut.Run::cpuPerMillion).toArray());
        smallest = Double.isNaN(smallest) ? cost : smallest;
        table.row(
            "attendees of one session",
            viewers,
            "delivery, closed loop",
            cost,
            cost / smallest,
            runs.getLast().perSecond(),
            runs.getLast().faults());
      }
    }
  }

  private static void sessions(Table table, Sizes sizes) {
    double smallest = Double.NaN;
    for (int sessions : sizes.sessions()) {
      try (Wire wire = new Wire();
          VoteStorm.Hall hall = VoteStorm.Hall.open(wire, sizes, sessions, Map.of(), false)) {
        VoteStorm.Result result = hall.vote(0, sizes.seconds());
        double cost = result.cpuPerMillion() + result.databaseCpuPerMillion();
        smallest = Double.isNaN(smallest) ? cost : smallest;
        table.row(
            "sessions voted in",
            sessions,
            "vote, with PostgreSQL",
            cost,
            cost / smallest,
            result.perSecond(),
            result.counted() + " / " + result.acknowledged());
      }
    }
  }

  /** Votes must not multiply frames: what attendees get in a second at three rates of votes. */
  private static void votesAndDeliveries(Table table, Sizes sizes) {
    int viewers = sizes.growth()[0];
    try (Wire wire = new Wire();
        VoteStorm.Hall hall = VoteStorm.Hall.open(wire, sizes, 1, Map.of(), false)) {
      Room room = hall.rooms().getFirst();
      String[] people = hall.voters().getFirst();
      Audience audience =
          new Audience(
              wire,
              hall.node().port(),
              Math.min(viewers, people.length),
              socket -> Requests.upgrade(room.livePath("attendee"), people[socket]));
      audience.open(true);
      double smallest = Double.NaN;
      for (int rate : new int[] {10, 100, 1_000, 0}) {
        long before = wire.call(() -> audience.frames);
        long bytes = audience.bytes;
        long start = System.nanoTime();
        VoteStorm.Result result = hall.vote(rate, sizes.seconds());
        double seconds = (System.nanoTime() - start) / 1e9;
        double frames = (wire.call(() -> audience.frames) - before) / seconds / audience.size();
        smallest = Double.isNaN(smallest) ? frames : smallest;
        table.row(
            "votes each second",
            Math.round(result.perSecond()),
            "frames to each attendee each second",
            Double.NaN,
            frames / smallest,
            frames,
            (audience.bytes - bytes) / Math.max(1, Math.round(frames * seconds * audience.size()))
                + " bytes each");
      }
      audience.close();
    }
  }
}
