package plenary.network.mastodon;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import plenary.hashtag.MastodonTags;

/**
 * The streaming side of the simulator. The rules are those of the real streaming server, as it ran
 * here and as its source has it (research/social.md, lines 34 to 39, section 1.2).
 */
final class Channels {
  /** What goes wrong on the way. */
  enum Fault {
    /** Events are not sent. */
    DROP,
    /** Creates and edits come late, and so behind deletes and out of order (lines 9 and 37). */
    LATE,
    /** Everything comes twice. */
    TWICE,
    /** Messages come in several frames, or chunks. */
    IN_PARTS,
    /** Connections are accepted, answer pings, and bring nothing (line 36, issue 25157). */
    DEAD
  }

  private record Subscriber(String tag, Sink sink) {}

  private interface Sink {
    void send(String event, String payload, String tag);

    void close();
  }

  private final Vertx vertx;
  private final Random random;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<ServerWebSocket> sockets = new ArrayList<>();
  private final Map<ServerWebSocket, Long> pings = new HashMap<>();
  private final Set<Fault> faults = EnumSet.noneOf(Fault.class);

  Channels(Vertx vertx, Random random) {
    this.vertx = vertx;
    this.random = random;
  }

  synchronized void fault(Fault fault, boolean on) {
    if (on) {
      faults.add(fault);
    } else {
      faults.remove(fault);
    }
  }

  synchronized void heal() {
    faults.clear();
  }

  /** How many subscriptions there are, of sockets and event streams together. */
  synchronized int subscriptions() {
    return subscribers.size();
  }

  synchronized long subscriptions(String tag) {
    return subscribers.stream().filter(one -> one.tag().equals(tag)).count();
  }

  /** Line 34: many hashtags on one socket, by messages of type subscribe. */
  synchronized void socket(ServerWebSocket socket) {
    sockets.add(socket);
    socket.textMessageHandler(
        text -> {
          JsonObject message = new JsonObject(text);
          if ("subscribe".equals(message.getString("type"))) {
            add(new Subscriber(message.getString("tag"), new SocketSink(socket)));
          }
        });
    socket.closeHandler(closed -> forget(socket));
    pings.put(socket, vertx.setPeriodic(200, t -> socket.writePing(Buffer.buffer("s"))));
  }

  /** Line 35: the first bytes are {@code :)}, and {@code :thump} keeps it alive. */
  synchronized void events(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.putHeader("Content-Type", "text/event-stream").setChunked(true);
    response.write(":)\n");
    EventSink sink = new EventSink(response);
    add(new Subscriber(request.getParam("tag"), sink));
    long thumps =
        vertx.setPeriodic(
            200,
            t -> {
              if (!sink.stalled) {
                response.write(":thump\n");
              }
            });
    response.closeHandler(
        closed -> {
          vertx.cancelTimer(thumps);
          remove(sink);
        });
  }

  /** Everybody is disconnected. Line 124: a revoked token ends the stream with 1005. */
  synchronized void cut() {
    subscribers.forEach(one -> one.sink().close());
    sockets.forEach(ServerWebSocket::close);
    subscribers.clear();
    sockets.clear();
  }

  /** Nothing is read, answered or sent any more, and nobody is told. */
  synchronized void stall() {
    sockets.forEach(
        socket -> {
          socket.pause();
          vertx.cancelTimer(pings.get(socket));
        });
    subscribers.forEach(
        one -> {
          if (one.sink() instanceof EventSink sink) {
            sink.stalled = true;
          }
        });
    subscribers.removeIf(one -> one.sink() instanceof SocketSink);
    sockets.clear();
  }

  /** Line 35: to every channel of these hashtags; the requested spelling is echoed. */
  synchronized void tell(String event, String payload, List<String> tags) {
    if (faults.contains(Fault.DEAD) || faults.contains(Fault.DROP)) {
      return;
    }
    boolean waits = faults.contains(Fault.LATE) && !event.equals("delete");
    for (int i = 0; i < (faults.contains(Fault.TWICE) ? 2 : 1); i++) {
      for (Subscriber one : List.copyOf(subscribers)) {
        String folded = MastodonTags.key(one.tag());
        if (tags.stream().map(MastodonTags::key).noneMatch(folded::equals)) {
          continue;
        }
        if (waits) {
          vertx.setTimer(1 + random.nextInt(40), t -> one.sink().send(event, payload, one.tag()));
        } else {
          one.sink().send(event, payload, one.tag());
        }
      }
    }
  }

  /** An error within the stream (line 35). */
  synchronized void error(int status, String text) {
    sockets.forEach(
        socket ->
            socket.writeTextMessage(
                new JsonObject().put("error", text).put("status", status).encode()));
  }

  private synchronized void add(Subscriber one) {
    subscribers.add(one);
  }

  private synchronized void remove(Sink sink) {
    subscribers.removeIf(one -> one.sink() == sink);
  }

  private synchronized void forget(ServerWebSocket socket) {
    sockets.remove(socket);
    vertx.cancelTimer(pings.remove(socket));
    subscribers.removeIf(one -> one.sink() instanceof SocketSink sink && sink.socket == socket);
  }

  private synchronized boolean inParts() {
    return faults.contains(Fault.IN_PARTS);
  }

  private final class SocketSink implements Sink {
    private final ServerWebSocket socket;

    SocketSink(ServerWebSocket socket) {
      this.socket = socket;
    }

    @Override
    public void send(String event, String payload, String tag) {
      if (socket.isClosed()) {
        return;
      }
      String text =
          new JsonObject()
              .put("stream", new JsonArray().add("hashtag").add(tag))
              .put("event", event)
              .put("payload", payload)
              .encode();
      if (!inParts()) {
        socket.writeTextMessage(text);
        return;
      }
      int cut = text.length() / 3;
      socket.writeFrame(WebSocketFrame.textFrame(text.substring(0, cut), false));
      socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(text.substring(cut)), true));
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private final class EventSink implements Sink {
    private final HttpServerResponse response;
    private volatile boolean stalled;

    EventSink(HttpServerResponse response) {
      this.response = response;
    }

    @Override
    public void send(String event, String payload, String tag) {
      if (stalled || response.closed() || response.ended()) {
        return;
      }
      byte[] bytes =
          ("event: " + event + "\ndata: " + payload + "\n\n").getBytes(StandardCharsets.UTF_8);
      if (inParts()) {
        for (int at = 0; at < bytes.length; at += 97) {
          response.write(
              Buffer.buffer(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 97))));
        }
      } else {
        response.write(Buffer.buffer(bytes));
      }
    }

    @Override
    public void close() {
      response.reset();
    }
  }
}
