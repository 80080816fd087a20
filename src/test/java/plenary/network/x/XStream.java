package plenary.network.x;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The filtered stream of the simulated X: one connection, signs of life, and on request late,
 * twice, out of order, lost, in pieces, silent, or cut. Safe for use by several threads.
 */
final class XStream {
  private static final long ALIVE_MILLIS = 40;

  /** 250 posts a second at most (row Limits). */
  private static final long POST_MILLIS = 4;

  private final Vertx vertx;
  private final XSource source;
  private final Random random;
  private final Function<XSource.Version, JsonArray> matching;
  private final Deque<XSource.Version> due = new ArrayDeque<>();
  private @Nullable HttpServerResponse response;
  private int connections;
  private boolean silent;
  private double lost;
  private double twice;
  private int lateMillis;
  private boolean inPieces;

  XStream(
      Vertx vertx, XSource source, Random random, Function<XSource.Version, JsonArray> matching) {
    this.vertx = vertx;
    this.source = source;
    this.random = random;
    this.matching = matching;
    source.onWritten(this::written);
    vertx.setPeriodic(ALIVE_MILLIS, tick -> alive());
    vertx.setPeriodic(POST_MILLIS, tick -> deliverNext());
  }

  synchronized void faults(double lost, double twice, int lateMillis, boolean inPieces) {
    this.lost = lost;
    this.twice = twice;
    this.lateMillis = lateMillis;
    this.inPieces = inPieces;
  }

  synchronized boolean isOpen() {
    return response != null;
  }

  synchronized int connections() {
    return connections;
  }

  synchronized void open(HttpServerResponse opened) {
    connections++;
    silent = false;
    response = opened;
    opened.setChunked(true);
    opened.closeHandler(closed -> forget(opened));
    opened.exceptionHandler(failure -> forget(opened));
    opened.write("\r\n");
  }

  private synchronized void forget(HttpServerResponse closed) {
    if (response == closed) {
      response = null;
    }
  }

  /** The connection ends without a word. */
  void cut() {
    HttpServerResponse at;
    synchronized (this) {
      at = response;
      response = null;
    }
    if (at != null) {
      at.reset();
    }
  }

  /** Nothing comes any more, and nobody ends the connection; X holds it for gone. */
  synchronized void stall() {
    silent = true;
    response = null;
  }

  /** X says why, and ends it. */
  void disconnect(JsonObject message) {
    say(message.encode() + "\r\n");
    HttpServerResponse at;
    synchronized (this) {
      at = response;
      response = null;
    }
    if (at != null) {
      at.end();
    }
  }

  synchronized void say(String text) {
    say(Buffer.buffer(text));
  }

  synchronized void say(Buffer bytes) {
    if (response == null || silent) {
      return;
    }
    if (!inPieces) {
      response.write(bytes);
      return;
    }
    int from = 0;
    while (from < bytes.length()) {
      int until = Math.min(bytes.length(), from + 1 + random.nextInt(400));
      response.write(bytes.getBuffer(from, until));
      from = until;
    }
  }

  private void alive() {
    say("\r\n");
  }

  private void written(XSource.Version version) {
    int wait;
    boolean again;
    synchronized (this) {
      if (random.nextDouble() < lost) {
        return;
      }
      again = random.nextDouble() < twice;
      wait = lateMillis == 0 ? 0 : random.nextInt(lateMillis);
    }
    if (wait == 0) {
      enqueue(version);
    } else {
      vertx.setTimer(wait, tick -> enqueue(version));
    }
    if (again) {
      vertx.setTimer(1 + wait * 2L, tick -> enqueue(version));
    }
  }

  private synchronized void enqueue(XSource.Version version) {
    due.add(version);
  }

  private void deliverNext() {
    XSource.Version version;
    synchronized (this) {
      version = due.poll();
    }
    if (version != null) {
      deliver(version);
    }
  }

  private void deliver(XSource.Version version) {
    JsonArray rules = matching.apply(version);
    synchronized (this) {
      if (rules.isEmpty() || response == null || silent) {
        return;
      }
      say(source.message(version, rules).encode() + "\r\n");
    }
  }
}
