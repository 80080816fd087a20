package plenary.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends requests in order over a few connections; counts what was refused. On the wire's thread.
 */
final class Publisher implements Connection.Client {
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final Deque<Connection> free = new ArrayDeque<>();
  private final Deque<Connection> all = new ArrayDeque<>();
  private final Connection.Client told;
  int refused;
  int answered;

  /** Over as many connections as requests may be under way. */
  Publisher(Wire wire, int port, int connections, Connection.Client told) {
    this.told = told;
    for (int i = 0; i < connections; i++) {
      all.add(wire.open(port, this));
    }
  }

  void send(byte[] request) {
    Connection connection = free.poll();
    if (connection == null) {
      waiting.add(request);
    } else {
      connection.send(request);
    }
  }

  @Override
  public void connected(Connection connection) {
    byte[] next = waiting.poll();
    if (next == null) {
      free.add(connection);
    } else {
      connection.send(next);
    }
  }

  @Override
  public void answered(Connection connection, int status, byte[] bytes, int from, int length) {
    answered++;
    if (status >= 300) {
      refused++;
    }
    told.answered(connection, status, bytes, from, length);
    connected(connection);
  }

  void close() {
    all.forEach(Connection::close);
  }
}
