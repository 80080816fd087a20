package plenary.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a delivery and a vote cost as the audience, the sessions and the votes grow. */
final class Growth {
  private Growth() {}

  private static Table table(String title) {
    return new Table(
        title,
        "what grows",
        "to",
        "cost",
        "CPU-s per million",
        "× smallest",
        "per second",
        "check");
  }

  /** Cost of a delivery as the attendees of one session grow. */
  static Table viewers(Sizes sizes) {
    Table table = table("Growth with attendees");
    double smallest = Double.NaN;
    for (int viewers : sizes.growth()) {
      double cost =
          delivery(table, sizes, "attendees of one session", viewers, viewers, 1, smallest);
      smallest = Double.isNaN(smallest) ? cost : smallest;
    }
    return table;
  }

  /** Cost of a delivery and of a vote as sessions grow. */
  static Table sessions(Sizes sizes) {
    Table table = table("Growth with sessions");
    watched(table, sizes);
    voted(table, sizes);
    return table;
  }

  private static void watched(Table table, Sizes sizes) {
    double smallest = Double.NaN;
    int viewers = sizes.growth()[sizes.growth().length / 2];
    for (int sessions : sizes.sessions()) {
      String what = String.format(Locale.ROOT, "sessions that %,d watch", viewers);
      double cost = delivery(table, sizes, what, sessions, viewers, sessions, smallest);
      smallest = Double.isNaN(smallest) ? cost : smallest;
    }
  }

  private static double delivery(
      Table table, Sizes sizes, String what, int to, int viewers, int sessions, double smallest) {
    try (Wire wire = new Wire();
        Broadcaster server =
            FanOut.product(wire, viewers, sessions, Map.of("PLENARY_LIVE_TICK_MS", "0"))) {
      FanOut.warm(wire, server, sizes);
      List<FanOut.Run> runs = new ArrayList<>();
      for (int i = 0; i < sizes.runs(); i++) {
        runs.add(FanOut.closed(wire, server, viewers, sizes.seconds()));
      }
      double cost = Table.median(runs.stream().mapToDouble(FanOut.Run::cpuPerMillion).toArray());
      table.row(
          what,
          to,
          "delivery, closed loop",
          cost,
          Double.isNaN(smallest) ? 1.0 : cost / smallest,
          runs.getLast().perSecond(),
          runs.getLast().faults());
      return cost;
    }
  }

  private static void voted(Table table, Sizes sizes) {
    double smallest = Double.NaN;
    for (int sessions : sizes.sessions()) {
      try (Wire wire = new Wire();
          VoteStorm.Hall hall = VoteStorm.Hall.open(wire, sizes, sessions, Map.of(), false)) {
        hall.warm(sizes.seconds(), VoteStorm.CONNECTIONS);
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

  /** Votes must not multiply frames: what attendees get in a second at some rates of votes. */
  static Table votes(Sizes sizes) {
    Table table = table("Frames as votes grow");
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
      for (int rate : new int[] {1, 10, 100, 1_000, 0}) {
        long before = wire.call(() -> audience.frames);
        long bytes = audience.bytes;
        long start = System.nanoTime();
        hall.warm(sizes.seconds(), VoteStorm.CONNECTIONS);
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
    return table;
  }
}
