package plenary.config;

import static plenary.config.Key.key;

import java.util.List;

/**
 * The limits against crowds and against single senders. A hall of thousands shares one address, so
 * limits by address are far above what one phone does and only stop machines.
 */
final class LimitKeys {
  private static final Check RATE = Check.between(1, 10_000_000);

  static final Key BURST =
      key(
          "limits.burst-seconds",
          Check.between(1, 60),
          "5",
          "seconds",
          "every limit per second lets this many seconds' worth through at once: crowds come in"
              + " waves");
  static final Key JOIN_NODE =
      key(
          "limits.join.node-per-second",
          RATE,
          "2000",
          "joins/s",
          "on this node; a full hall joins within a minute");
  static final Key JOIN_ADDRESS =
      key("limits.join.address-per-second", RATE, "500", "joins/s", "from one address");
  static final Key CODE_FAILED =
      key(
          "limits.code.failed-node-per-second",
          RATE,
          "20",
          "codes/s",
          "unknown join codes from all addresses together: at this rate a guesser needs days for"
              + " one hit among 100 live codes");
  static final Key ASK_INTERVAL =
      key(
          "limits.ask.participant-interval-ms",
          Check.between(0, 3_600_000),
          "10000",
          "milliseconds",
          "between two questions of one participant, on average");
  static final Key ASK_BURST =
      key(
          "limits.ask.participant-burst",
          Check.between(1, 10_000_000),
          "3",
          "questions",
          "of one participant at once");
  static final Key VOTE =
      key(
          "limits.vote.participant-per-second",
          RATE,
          "5",
          "votes/s",
          "of one participant; a thumb is slower");
  static final Key SIMILAR =
      key(
          "limits.similar.person-per-second",
          RATE,
          "4",
          "look-ups/s",
          "of one person for similar questions; the page asks in the pauses of typing");
  static final Key REQUEST_ADDRESS =
      key(
          "limits.request.address-per-second",
          RATE,
          "3000",
          "requests/s",
          "of every kind from one address");
  static final Key REQUEST_NODE =
      key(
          "limits.request.node-per-second",
          RATE,
          "20000",
          "requests/s",
          "of every kind on this node; beyond, 429 + Retry-After before anything is read");
  static final Key CONNECTIONS =
      key(
          "limits.connection.node-max",
          RATE,
          "60000",
          "connections",
          "open on this node; each needs a file descriptor");
  static final Key SOCKETS_PARTICIPANT =
      key(
          "limits.socket.participant-max",
          RATE,
          "50",
          "streams",
          "live streams of one participant or member of staff on this node: tabs and devices");
  static final Key UPGRADES =
      key(
          "limits.upgrade.node-per-second",
          RATE,
          "1000",
          "upgrades/s",
          "new live streams on this node; beyond, 503 + Retry-After");
  static final Key IDLE =
      key(
          "limits.idle-seconds",
          Check.between(10, 3600),
          "75",
          "seconds",
          "a connection without traffic stays open; above the 60 s of usual proxies");

  static final List<Key> LIST =
      List.of(
          BURST,
          JOIN_NODE,
          JOIN_ADDRESS,
          CODE_FAILED,
          ASK_INTERVAL,
          ASK_BURST,
          VOTE,
          SIMILAR,
          REQUEST_ADDRESS,
          REQUEST_NODE,
          CONNECTIONS,
          SOCKETS_PARTICIPANT,
          UPGRADES,
          IDLE);

  private LimitKeys() {}
}
