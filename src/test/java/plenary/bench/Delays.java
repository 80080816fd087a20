package plenary.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From a phone's question to the moderator's socket, and from a moderator's move to the screen's,
 * while a hall watches: 100 questions in each second, two moves.
 */
final class Delays {
  private static final int ASKS = 100;
  private static final int MOVES = 2;
  private static final Pattern QUESTION =
      Pattern.compile("\"id\":\"([0-9a-f-]{36})\",\"text\":\"([^\"]*)\"");
  private static final Pattern STAGED =
      Pattern.compile(
          "\"id\":\"([0-9a-f-]{36})\"[^{}]*?(?:\\{[^{}]*}[^{}]*?)*?\"status\":\"stage\"");

  private Delays() {}

  static Table run(Sizes sizes) {
    int viewers = Math.max(50, sizes.viewers() / 2);
    Table table =
        new Table(
            String.format(Locale.ROOT, "Delays with %,d attendees watching", viewers),
            "way",
            "rate",
            "events",
            "arrived",
            "p50 / p99 ms",
            "server CPU, % of a core",
            "refused");
    try (Wire wire = new Wire();
        Node node = Node.start(Map.of())) {
      Room room = Room.open(node, 1, true).getFirst();
      String[] attendees = room.join(wire, viewers);
      Audience hall =
          new Audience(
              wire,
              node.port(),
              viewers,
              socket -> Requests.upgrade(room.livePath("attendee"), attendees[socket]));
      hall.open(true);
      Watch watch = new Watch(wire, node, room, attendees);
      watch.open();
      int seconds = sizes.seconds() * 3;
      watch.run(1);
      watch.forget();
      double cpu = node.cpu();
      watch.run(seconds);
      double busy = (node.cpu() - cpu) / seconds * 100;
      table.row(
          "ask → moderator's socket",
          ASKS + "/s",
          watch.asked,
          watch.asks.count(),
          watch.asks,
          busy,
          watch.publisher.refused);
      table.row(
          "move to the stage → screen's socket",
          MOVES + "/s",
          watch.moved,
          watch.moves.count(),
          watch.moves,
          busy,
          watch.publisher.refused);
      table.note("Times count from when a request was meant to be sent. Both ways are in one run.");
      hall.close();
    }
    return table;
  }

  /** The two sockets that are timed, and who asks and moves. */
  private static final class Watch {
    private final Wire wire;
    private final Node node;
    private final Room room;
    private final String[] attendees;
    private final Map<Integer, Long> askedAt = new HashMap<>();
    private final Map<String, Long> movedAt = new HashMap<>();
    private final Deque<String> incoming = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private Publisher publisher;
    private Latencies asks = new Latencies();
    private Latencies moves = new Latencies();
    private int seq;
    private int asked;
    private int moved;

    Watch(Wire wire, Node node, Room room, String[] attendees) {
      this.wire = wire;
      this.node = node;
      this.room = room;
      this.attendees = attendees;
    }

    void open() {
      wire.call(
          () -> {
            publisher = new Publisher(wire, node.port(), 32, new Connection.Client() {});
            wire.open(node.port(), client("moderator"));
            wire.open(node.port(), client("screen"));
            return null;
          });
      Pause.millis(500);
    }

    private Connection.Client client(String view) {
      return new Connection.Client() {
        @Override
        public void connected(Connection connection) {
          connection.send(Requests.upgrade(room.livePath(view), room.organiser()));
        }

        @Override
        public void text(Connection connection, byte[] bytes, int from, int length) {
          long now = System.nanoTime();
          String text = new String(bytes, from, length, UTF_8);
          if (view.equals("moderator")) {
            arrived(text, now);
          } else {
            staged(text, now);
          }
        }
      };
    }

    private void arrived(String frame, long now) {
      Matcher found = QUESTION.matcher(frame);
      while (found.find()) {
        Long at = askedAt.remove(Audience.seq((found.group(2) + ';').getBytes(ISO_8859_1)));
        if (at != null) {
          asks.add(now - at);
        }
        if (seen.add(found.group(1))) {
          incoming.add(found.group(1));
        }
      }
    }

    private void staged(String frame, long now) {
      Matcher found = STAGED.matcher(frame);
      while (found.find()) {
        Long at = movedAt.remove(found.group(1));
        if (at != null) {
          moves.add(now - at);
        }
      }
    }

    void forget() {
      wire.call(
          () -> {
            asks = new Latencies();
            moves = new Latencies();
            asked = 0;
            moved = 0;
            return null;
          });
    }

    /** Asks and moves for a while, and waits for what is on its way. */
    void run(int seconds) {
      wire.run(
          () -> {
            long start = System.nanoTime() + 20_000_000L;
            for (int i = 0; i < ASKS * seconds; i++) {
              long at = start + i * 1_000_000_000L / ASKS;
              wire.at(at, () -> ask(at));
            }
            for (int i = 1; i < MOVES * seconds; i++) {
              long at = start + i * 1_000_000_000L / MOVES + 3_000_000L;
              wire.at(at, () -> move(at));
            }
          });
      Pause.millis(seconds * 1_000L + 1_500);
    }

    private void ask(long at) {
      seq++;
      asked++;
      askedAt.put(seq, at);
      String text = "What about case " + seq + ", is it safe? seq=" + seq + ';';
      publisher.send(
          Requests.post(
              room.path("/questions"),
              attendees[seq % attendees.length],
              new JsonObject().put("text", text).encode()));
    }

    private void move(long at) {
      String question = incoming.poll();
      if (question == null) {
        return;
      }
      moved++;
      movedAt.put(question, at);
      publisher.send(
          Requests.post(
              room.path("/questions/" + question + "/moves"),
              room.organiser(),
              new JsonObject().put("to", "stage").encode()));
    }
  }
}
