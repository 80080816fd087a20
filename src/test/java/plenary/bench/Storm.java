package plenary.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Votes on their way: in a closed loop the next follows the answer to the last, in an open one they
 * start when they are meant to, and their time counts from then. On the wire's thread.
 */
final class Storm implements Connection.Client {
  private final VoteStorm.Hall hall;
  private final int rate;
  private final Latencies times = new Latencies();
  private final List<Connection> all = new ArrayList<>();
  private final Deque<Connection> free = new ArrayDeque<>();
  private final Deque<Long> meant = new ArrayDeque<>();
  private long[] startedAt = {};
  private int underWay;
  private volatile int done;
  private int refused;
  private boolean measuring;
  private boolean stopped;
  private long due;

  Storm(VoteStorm.Hall hall, int rate) {
    this.hall = hall;
    this.rate = rate;
  }

  void open(int connections) {
    startedAt = new long[connections];
    for (int i = 0; i < connections; i++) {
      Connection connection =
          hall.wire().open(hall.nodes().get(i % hall.nodes().size()).port(), this);
      connection.index = i;
      all.add(connection);
    }
    if (rate > 0) {
      due = System.nanoTime() + 200_000_000L;
      hall.wire().at(due, this::pace);
    }
  }

  private void pace() {
    if (stopped) {
      return;
    }
    long now = System.nanoTime();
    while (due <= now) {
      meant.add(due);
      due += 1_000_000_000L / rate;
    }
    while (!meant.isEmpty() && !free.isEmpty()) {
      start(free.poll(), meant.poll());
    }
    hall.wire().at(now + 1_000_000L, this::pace);
  }

  private void start(Connection connection, long at) {
    byte[] request = hall.take();
    if (request.length == 0) {
      throw new IllegalStateException("everybody has voted for everything; use more voters");
    }
    startedAt[connection.index] = at;
    underWay++;
    connection.send(request);
  }

  @Override
  public void connected(Connection connection) {
    if (rate == 0 && !stopped) {
      start(connection, System.nanoTime());
    } else if (!meant.isEmpty() && !stopped) {
      start(connection, meant.poll());
    } else {
      free.add(connection);
    }
  }

  @Override
  public void answered(Connection connection, int status, byte[] bytes, int from, int length) {
    underWay--;
    if (status == 200) {
      done++;
      if (measuring) {
        times.add(System.nanoTime() - startedAt[connection.index]);
      }
    } else {
      refused++;
    }
    connected(connection);
  }

  int measure() {
    measuring = true;
    return done;
  }

  int done() {
    return done;
  }

  int refused() {
    return refused;
  }

  Latencies times() {
    return times;
  }

  /** Starts no more and waits for the answers; from any other thread. */
  void stop() {
    hall.wire()
        .call(
            () -> {
              stopped = true;
              measuring = false;
              return null;
            });
    long until = System.nanoTime() + 20_000_000_000L;
    while (hall.wire().call(() -> underWay) > 0) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("votes without an answer");
      }
      Pause.millis(20);
    }
    hall.wire()
        .call(
            () -> {
              all.forEach(Connection::close);
              return null;
            });
  }
}
