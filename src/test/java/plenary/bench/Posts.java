package plenary.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plenary.network.bluesky.Sky;

/**
 * Posts that come over a network's wire into a session's queue, each seen on the moderator's
 * socket, and what the hall notices of it: how long a moderator's edit takes to every attendee and
 * a vote to its answer, without posts, with a lively chat's, and at the height of a hashtag.
 */
final class Posts {
  private static final String TAG = "Benchmark26";
  private static final int EDITS = 5;
  private static final int VOTES = 50;
  private static final int QUESTIONS = 20;
  private static final Pattern POST = Pattern.compile("post=(\\d+);");

  private Posts() {}

  static Table run(Sizes sizes) {
    int viewers = Math.max(50, sizes.viewers() / 2);
    Table table =
        new Table(
            String.format(Locale.ROOT, "Posts in, with %,d attendees watching", viewers),
            "posts",
            "sent",
            "seen by the moderator",
            "post → moderator's socket p50 / p99 ms",
            "edit → attendee p50 / p99 ms",
            "vote → answer p50 / p99 ms",
            "lost / doubled / out of order",
            "refused",
            "server CPU, % of a core",
            "PostgreSQL CPU, % of a core");
    try (Wire wire = new Wire();
        Node node = Node.start(Map.of("PLENARY_NETWORKS_PRIVATE", "1"));
        Sky sky = new Sky()) {
      Room room = Room.open(node, 1, true).getFirst();
      Hall hall = new Hall(wire, node, room, sky, room.join(wire, viewers));
      hall.open();
      hall.run(table, "warm-up, not counted", 250, sizes.seconds() * 2);
      hall.run(table, "none", 0, sizes.joinSeconds() * 2);
      hall.run(table, "10/s", 10, sizes.joinSeconds() * 2);
      hall.run(table, "250/s", 250, sizes.joinSeconds() * 6);
      hall.close();
    }
    table.note(
        "Each post comes over a simulated Jetstream and is screened; what the moderator's socket is"
            + " told is counted. The connector stores what came every 200 ms, which is in the"
            + " posts' times. Beside it %d edits/s to everybody and %d votes/s, timed from when"
            + " they were meant to be sent.",
        EDITS, VOTES);
    return table;
  }

  /** A session, its network, and everybody who is timed. On the wire's thread unless said. */
  private static final class Hall {
    private final Wire wire;
    private final Node node;
    private final Room room;
    private final Sky sky;
    private final String[] people;
    private final String[] questions = new String[QUESTIONS];
    private final Map<Integer, Long> writtenAt = new HashMap<>();
    private final Audience audience;
    private Publisher editor;
    private Voters voters;
    private Latencies posts = new Latencies();
    private int written;
    private int seq;
    private int vote;

    Hall(Wire wire, Node node, Room room, Sky sky, String[] people) {
      this.wire = wire;
      this.node = node;
      this.room = room;
      this.sky = sky;
      this.people = people;
      audience =
          new Audience(
              wire,
              node.port(),
              people.length,
              socket -> Requests.upgrade(room.livePath("attendee"), people[socket]));
    }

    /** From any other thread. */
    void open() {
      String organiser = room.organiser();
      node.call(
          "PATCH",
          "/api/meetings/" + room.meeting(),
          organiser,
          new JsonObject().put("hashtags", JsonArray.of(TAG)));
      node.call("POST", "/api/meetings/" + room.meeting() + "/networks", organiser, sky.account());
      for (int i = 0; i < QUESTIONS; i++) {
        questions[i] = room.ask(people[i], "What about case number " + i + '?');
        node.call(
            "POST",
            room.path("/questions/" + questions[i] + "/moves"),
            organiser,
            new JsonObject().put("to", "approved"));
      }
      audience.open(true);
      wire.call(
          () -> {
            editor = new Publisher(wire, node.port(), 8, new Connection.Client() {});
            voters = new Voters(wire, node.port());
            return wire.open(node.port(), moderator());
          });
      while (!sky.isRead()) {
        Pause.millis(50);
      }
    }

    private Connection.Client moderator() {
      return new Connection.Client() {
        @Override
        public void connected(Connection connection) {
          connection.send(Requests.upgrade(room.livePath("moderator"), room.organiser()));
        }

        @Override
        public void text(Connection connection, byte[] bytes, int from, int length) {
          long now = System.nanoTime();
          Matcher found = POST.matcher(new String(bytes, from, length, UTF_8));
          while (found.find()) {
            Long at = writtenAt.remove(Integer.parseInt(found.group(1)));
            if (at != null) {
              posts.add(now - at);
            }
          }
        }
      };
    }

    /** Runs for a while and adds a row; from any other thread. */
    void run(Table table, String name, int rate, int seconds) {
      int before =
          wire.call(
              () -> {
                posts = new Latencies();
                voters.times = new Latencies();
                audience.forgetTimes();
                return written;
              });
      double cpu = node.cpu();
      double databaseCpu = node.postgresCpu();
      wire.run(() -> plan(rate, seconds));
      Pause.millis(seconds * 1_000L);
      double busy = (node.cpu() - cpu) / seconds * 100;
      double databaseBusy = (node.postgresCpu() - databaseCpu) / seconds * 100;
      Pause.millis(2_000);
      wire.call(
          () ->
              table.row(
                  name,
                  written - before,
                  posts.count(),
                  posts,
                  audience.each,
                  voters.times,
                  audience.faults(seq),
                  editor.refused + voters.refused,
                  busy,
                  databaseBusy));
    }

    private void plan(int rate, int seconds) {
      long start = System.nanoTime() + 100_000_000L;
      each(start, rate, seconds, this::write);
      each(start, EDITS, seconds, this::edit);
      each(start, VOTES, seconds, this::vote);
    }

    private void each(long start, int rate, int seconds, java.util.function.LongConsumer what) {
      for (int i = 0; i < rate * seconds; i++) {
        long at = start + i * 1_000_000_000L / rate;
        wire.at(at, () -> what.accept(at));
      }
    }

    private void write(long at) {
      int post = ++written;
      writtenAt.put(post, at);
      String text = "Case " + post * 7919L + ": is it safe? post=" + post + "; #" + TAG;
      sky.write("writer" + post % 500, Instant.now(), text, List.of(TAG));
      sky.publish();
    }

    private void edit(long at) {
      int event = ++seq;
      audience.sent(event, at);
      editor.send(
          Requests.patch(
              room.path("/questions/" + questions[0]),
              room.organiser(),
              new JsonObject().put("text", "Does it hold? seq=" + event + ';').encode()));
    }

    private void vote(long at) {
      int number = vote++;
      String question = questions[1 + number / people.length % (QUESTIONS - 1)];
      String path = room.path("/questions/" + question + "/vote");
      voters.send(at, Requests.put(path, people[number % people.length]));
    }

    /** From any other thread. */
    void close() {
      audience.close();
    }
  }

  /** Votes over a few connections, timed from when they were meant to be sent. */
  private static final class Voters implements Connection.Client {
    private static final int CONNECTIONS = 16;

    private record Due(long at, byte[] request) {}

    private final Deque<Due> waiting = new ArrayDeque<>();
    private final Deque<Connection> free = new ArrayDeque<>();
    private final long[] since = new long[CONNECTIONS];
    private Latencies times = new Latencies();
    private int refused;

    Voters(Wire wire, int port) {
      for (int i = 0; i < CONNECTIONS; i++) {
        wire.open(port, this).index = i;
      }
    }

    void send(long at, byte[] request) {
      waiting.add(new Due(at, request));
      next();
    }

    private void next() {
      if (!waiting.isEmpty() && !free.isEmpty()) {
        Due due = waiting.remove();
        Connection connection = free.remove();
        since[connection.index] = due.at();
        connection.send(due.request());
      }
    }

    @Override
    public void connected(Connection connection) {
      free.add(connection);
      next();
    }

    @Override
    public void answered(Connection connection, int status, byte[] bytes, int from, int length) {
      times.add(System.nanoTime() - since[connection.index]);
      if (status >= 300) {
        refused++;
      }
      connected(connection);
    }
  }
}
