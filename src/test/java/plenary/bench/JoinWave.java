package plenary.bench;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * People arrive at a rate: each joins with the code, loads the state for the first paint, and opens
 * a socket on a connection of its own, as browsers do. Done with the socket's first frame.
 */
final class JoinWave {
  private JoinWave() {}

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            "Join wave: join, state, socket",
            "asked for",
            "arrived",
            "done within the wave/s",
            "p50 / p99 ms",
            "refused or broken",
            "server CPU-s per 1,000",
            "PostgreSQL CPU-s per 1,000");
    try (Wire wire = new Wire();
        Node node = Node.start(Map.of())) {
      Room room = Room.open(node, 1, false).getFirst();
      String[] first = room.join(wire, 20);
      for (int i = 0; i < 20; i++) {
        room.ask(first[0], "What about case number " + i + '?');
      }
      Wave warm = new Wave(wire, node, room, 50);
      warm.start(50);
      warm.await(30);
      warm.close();
      int count = sizes.joins() * sizes.joinSeconds();
      double cpu = node.cpu();
      double databaseCpu = node.postgresCpu();
      Wave wave = new Wave(wire, node, room, count);
      wave.start(sizes.joins());
      Pause.millis(sizes.joinSeconds() * 1_000L);
      double inTime = (double) wire.call(() -> wave.done) / sizes.joinSeconds();
      wave.await(60);
      table.row(
          sizes.joins() + "/s for " + sizes.joinSeconds() + " s",
          wave.times.count(),
          inTime,
          wave.times,
          wave.broken,
          (node.cpu() - cpu) / count * 1_000,
          (node.postgresCpu() - databaseCpu) / count * 1_000);
      wave.close();
    }
    return table;
  }

  /** One crowd on its way. */
  private static final class Wave implements Connection.Client {
    private final Wire wire;
    private final Node node;
    private final Room room;
    private final int count;
    private final byte[] join;
    private final long[] meantAt;
    private final int[] step;
    private final Connection[] sockets;
    private final String[] tokens;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final Latencies times = new Latencies();
    private int done;
    private int broken;
    private boolean closing;

    Wave(Wire wire, Node node, Room room, int count) {
      this.wire = wire;
      this.node = node;
      this.room = room;
      this.count = count;
      this.join =
          Requests.post("/api/join", "", new JsonObject().put("code", room.code()).encode());
      this.meantAt = new long[count];
      this.step = new int[count];
      this.sockets = new Connection[count];
      this.tokens = new String[count];
    }

    void start(int perSecond) {
      wire.run(
          () -> {
            long start = System.nanoTime() + 50_000_000L;
            for (int i = 0; i < count; i++) {
              int index = i;
              meantAt[i] = start + i * 1_000_000_000L / perSecond;
              wire.at(meantAt[i], () -> wire.open(node.port(), this).index = index);
            }
          });
    }

    void await(int seconds) {
      wire.await(finished, seconds);
    }

    @Override
    public void connected(Connection connection) {
      int index = connection.index;
      if (step[index] == 0) {
        connection.send(join);
      } else {
        connection.send(Requests.upgrade(room.livePath("attendee"), tokens[index]));
      }
    }

    @Override
    public void answered(Connection connection, int status, byte[] bytes, int from, int length) {
      int index = connection.index;
      if (status >= 300) {
        broken++;
        finish();
        return;
      }
      switch (step[index]++) {
        case 0 -> {
          String body = new String(bytes, from, length, StandardCharsets.UTF_8);
          tokens[index] = new JsonObject(body).getString("token");
          connection.send(Requests.get(room.path("/state?view=attendee"), tokens[index]));
        }
        case 1 -> {
          connection.close();
          sockets[index] = wire.open(node.port(), this);
          sockets[index].index = index;
        }
        default -> {
          // Upgraded; the first frame follows.
        }
      }
    }

    @Override
    public void text(Connection connection, byte[] bytes, int from, int length) {
      if (step[connection.index] == 3) {
        step[connection.index]++;
        times.add(System.nanoTime() - meantAt[connection.index]);
        finish();
      }
    }

    @Override
    public void closed(Connection connection) {
      if (!closing && step[connection.index] != 2 && step[connection.index] != 4) {
        broken++;
        finish();
      }
    }

    private void finish() {
      done++;
      if (done == count) {
        finished.complete(null);
      }
    }

    void close() {
      wire.call(
          () -> {
            closing = true;
            for (Connection socket : sockets) {
              if (socket != null) {
                socket.close();
              }
            }
            return null;
          });
    }
  }
}
