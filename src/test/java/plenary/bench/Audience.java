package plenary.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Sockets that watch and check what they get. An event carries {@code seq=N;} in some text; a frame
 * that carries N has told everything up to N. Each socket holds the protocol's rules for versions.
 * On the wire's thread unless said otherwise.
 */
final class Audience implements Connection.Client {
  private static final int OPENING = 256;
  private static final byte[] SEQ = "seq=".getBytes(ISO_8859_1);
  private static final int EVENTS_MAX = 1 << 20;

  private final Wire wire;
  private final int port;
  private final IntFunction<byte[]> upgrade;
  private final Connection[] sockets;
  private final long[] have;
  private final int[] told;
  private final boolean[] greeted;
  private final int[] reached = new int[EVENTS_MAX];
  private final long[] sentAt = new long[EVENTS_MAX];
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private int nextToOpen;
  private int present;
  private IntConsumer onComplete = seq -> {};
  private byte[] known = {};
  private Frame knownFrame = new Frame("", -1, -1, 0);
  private volatile boolean closing;

  final Latencies each = new Latencies();
  final Latencies room = new Latencies();
  volatile long frames;
  volatile long bytes;
  volatile long changes;
  long gaps;
  long repeated;
  long refused;
  long dropped;

  private record Frame(String type, long from, long version, int seq) {}

  Audience(Wire wire, int port, int count, IntFunction<byte[]> upgrade) {
    this.wire = wire;
    this.port = port;
    this.upgrade = upgrade;
    this.sockets = new Connection[count];
    this.have = new long[count];
    this.told = new int[count];
    this.greeted = new boolean[count];
  }

  /** Opens all sockets and waits for the first frame of each; from any other thread. */
  void open(boolean waitForFrames) {
    wire.run(
        () -> {
          for (int i = 0; i < Math.min(OPENING, sockets.length); i++) {
            openNext();
          }
        });
    wire.await(opened, 180);
    if (waitForFrames) {
      long until = System.nanoTime() + 60_000_000_000L;
      while (!wire.call(this::allGreeted)) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("a socket got no first frame");
        }
        Pause.millis(20);
      }
    }
  }

  private boolean allGreeted() {
    for (boolean one : greeted) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  private void openNext() {
    if (nextToOpen < sockets.length) {
      int index = nextToOpen++;
      sockets[index] = wire.open(port, this);
      sockets[index].index = index;
    }
  }

  void onComplete(IntConsumer action) {
    onComplete = action;
  }

  /** An event is sent now, or was meant to be. */
  void sent(int seq, long intended) {
    sentAt[seq] = intended;
  }

  int size() {
    return sockets.length;
  }

  @Override
  public void connected(Connection connection) {
    connection.send(upgrade.apply(connection.index));
  }

  @Override
  public void answered(Connection connection, int status, byte[] content, int from, int length) {
    if (status != 101) {
      refused++;
      opened.completeExceptionally(new IllegalStateException("upgrade: " + status));
      return;
    }
    present++;
    openNext();
    if (present == sockets.length) {
      opened.complete(null);
    }
  }

  @Override
  public void text(Connection connection, byte[] content, int from, int length) {
    int index = connection.index;
    frames++;
    bytes += length;
    Frame frame = frame(content, from, length);
    greeted[index] = true;
    if (frame.type().equals("private") || frame.type().equals("bye")) {
      return;
    }
    if (frame.type().equals("change")) {
      changes++;
    }
    if (frame.type().equals("snapshot") || frame.from() <= have[index]) {
      if (frame.version() < have[index]
          || (frame.version() == have[index] && !frame.type().equals("pulse"))) {
        repeated++;
      }
      have[index] = Math.max(have[index], frame.version());
    } else {
      gaps++;
    }
    if (frame.seq() > told[index]) {
      reach(index, frame.seq());
    }
  }

  private void reach(int index, int seq) {
    long now = System.nanoTime();
    for (int one = told[index] + 1; one <= seq; one++) {
      if (sentAt[one] != 0) {
        each.add(now - sentAt[one]);
      }
      reached[one]++;
      if (reached[one] == sockets.length) {
        if (sentAt[one] != 0) {
          room.add(now - sentAt[one]);
        }
        told[index] = Math.max(told[index], one);
        onComplete.accept(one);
      }
    }
    told[index] = seq;
  }

  /** Everybody gets the same bytes, so each frame is read once. */
  private Frame frame(byte[] content, int from, int length) {
    if (length == known.length && Arrays.equals(content, from, from + length, known, 0, length)) {
      return knownFrame;
    }
    known = Arrays.copyOfRange(content, from, from + length);
    String text = new String(known, ISO_8859_1);
    String type = text.startsWith("{\"type\":\"") ? text.substring(9, text.indexOf('"', 9)) : "";
    knownFrame =
        new Frame(type, number(text, "\"from\":"), number(text, "\"version\":"), seq(known));
    return knownFrame;
  }

  private static long number(String text, String name) {
    int at = text.indexOf(name);
    if (at < 0) {
      return 0;
    }
    long value = 0;
    for (int i = at + name.length(); i < text.length() && Character.isDigit(text.charAt(i)); i++) {
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }

  /** The greatest number after {@code seq=}. */
  static int seq(byte[] text) {
    int greatest = 0;
    for (int i = 0; i + SEQ.length < text.length; i++) {
      if (text[i] == 's' && Arrays.equals(text, i, i + SEQ.length, SEQ, 0, SEQ.length)) {
        int value = 0;
        for (int j = i + SEQ.length; j < text.length && text[j] >= '0' && text[j] <= '9'; j++) {
          value = value * 10 + text[j] - '0';
        }
        greatest = Math.max(greatest, value);
      }
    }
    return greatest;
  }

  @Override
  public void closed(Connection connection) {
    if (!closing) {
      dropped++;
    }
  }

  /** How many sockets were not told of an event. */
  int missing(int seq) {
    int missing = 0;
    for (int one : told) {
      if (one < seq) {
        missing++;
      }
    }
    return missing;
  }

  /** Forgets the times so far; the checks go on. */
  void forgetTimes() {
    each.clear();
    room.clear();
  }

  /** Lost, doubled and out of order, for a cell. */
  String faults(int lastSeq) {
    return missing(lastSeq)
        + " / "
        + repeated
        + " / "
        + gaps
        + (dropped > 0 ? " (" + dropped + " closed)" : "");
  }

  /** Closes all; from any other thread. */
  void close() {
    closing = true;
    wire.call(
        () -> {
          for (Connection socket : sockets) {
            if (socket != null) {
              socket.close();
            }
          }
          return null;
        });
  }
}
