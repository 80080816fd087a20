package plenary.config;

import java.util.List;

/** Keys that belong together, in the order they are documented. */
record Topic(String title, List<Key> keys) {
  /** Every topic: with their keys, all there is to configure. */
  static final List<Topic> ALL =
      List.of(
          new Topic("Addresses", ServerKeys.HTTP),
          new Topic("Storage", ServerKeys.STORAGE),
          new Topic("Access", AccessKeys.ACCESS),
          new Topic("Sessions", AccessKeys.SESSION),
          new Topic("Networks", ServerKeys.NETWORKS),
          new Topic("Limits", LimitKeys.LIST),
          new Topic("Live streams", LiveKeys.LIVE),
          new Topic("Commits", LiveKeys.COMMIT),
          new Topic("Log", ServerKeys.LOG));

  /** Every key once. */
  static final List<Key> KEYS = ALL.stream().flatMap(topic -> topic.keys().stream()).toList();
}
