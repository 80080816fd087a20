package plenary.bench;

/**
 * How large a run is.
 *
 * @param runs repetitions whose median counts
 * @param seconds of one measurement
 * @param viewers of a fan-out, a reconnect storm and idle sockets
 * @param voters of a vote storm
 * @param questions they vote for
 * @param joins that arrive in each second of a join wave
 * @param joinSeconds how long it lasts
 * @param growth numbers of viewers at which the cost is compared
 * @param sessions numbers of sessions at which the cost is compared
 */
record Sizes(
    int runs,
    int seconds,
    int viewers,
    int voters,
    int questions,
    int joins,
    int joinSeconds,
    int[] growth,
    int[] sessions) {

  static Sizes named(String name) {
    return switch (name) {
      case "tiny" -> new Sizes(1, 1, 100, 1_000, 50, 50, 1, new int[] {50, 100}, new int[] {1, 3});
      case "short" ->
          new Sizes(
              3, 4, 2_000, 12_000, 50, 500, 10, new int[] {500, 1_000, 2_000}, new int[] {1, 10});
      case "long" ->
          new Sizes(
              3,
              4,
              10_000,
              20_000,
              50,
              500,
              10,
              new int[] {1_000, 5_000, 10_000, 19_000},
              new int[] {1, 10, 100});
      default -> throw new IllegalArgumentException("tiny, short or long, not " + name);
    };
  }
}
