package plenary.network.bluesky;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import plenary.support.Await;

/**
 * A Jetstream on loopback, with faults. What it does is what social.md says in section 1.3, rows
 * "Jetstream v1 wire" and "Jetstream v2", and the lexicon of {@code subscribeEvents}: events in the
 * order of the log from a cursor on; v1 clamps a cursor that is too old in silence; v2 refuses it
 * with 400 {@code CursorTooOld} before the upgrade when it is a sequence number, and says {@code
 * OutdatedCursor} when it is a time; either understands times, v2 takes what is below 1e15 for a
 * sequence number; v2 refuses v1's names. It speaks frames byte by byte, so that it can break them.
 */
final class JetstreamSimulator implements AutoCloseable {
  private static final long TIMES_FROM = 1_000_000_000_000_000L;

  /** An answer that is no stream. */
  record Refusal(int status, String headers, String body) {}

  private final Source source;
  private final NetServer server;
  private final boolean v1;
  private final boolean v2;
  private final List<RawSocket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Deque<Refusal> refusals = new ArrayDeque<>();
  private final Deque<Consumer<RawSocket>> greetings = new ArrayDeque<>();
  private int kept;
  private volatile int dropAfter = -1;
  private volatile boolean duplicating;
  private volatile boolean fragmenting;

  JetstreamSimulator(Vertx vertx, Source source, boolean v1, boolean v2) {
    this.source = source;
    this.v1 = v1;
    this.v2 = v2;
    server = vertx.createNetServer();
    server.connectHandler(socket -> new RawSocket(socket, this::answer, sockets::remove));
    Await.result(server.listen(0, "127.0.0.1"));
    source.listen(() -> sockets.forEach(RawSocket::pump));
  }

  String url() {
    return "ws://127.0.0.1:" + server.actualPort();
  }

  /** Path and query of every request. */
  List<String> requests() {
    return requests;
  }

  int connections() {
    return sockets.size();
  }

  /** The next requests are answered so. */
  synchronized void refuse(Refusal... next) {
    refusals.addAll(List.of(next));
  }

  /** The next connection is treated so instead of being served. */
  synchronized void greet(Consumer<RawSocket> next) {
    greetings.add(next);
  }

  /** Nothing before this place in the log is kept. */
  synchronized void keepFrom(int place) {
    kept = place;
  }

  /** Every connection breaks after so many events, without a word; -1 for none. */
  void dropAfter(int events) {
    dropAfter = events;
  }

  void duplicating(boolean on) {
    duplicating = on;
  }

  void fragmenting(boolean on) {
    fragmenting = on;
  }

  /** Breaks what is open. */
  void dropAll() {
    sockets.forEach(RawSocket::drop);
  }

  /** What is open stays open and is never written to again, not even to answer a ping. */
  void stallAll() {
    sockets.forEach(RawSocket::stall);
  }

  @Override
  public void close() {
    dropAll();
    Await.result(server.close());
  }

  private synchronized void answer(RawSocket socket, String target) {
    requests.add(target);
    if (!refusals.isEmpty()) {
      Refusal refusal = refusals.poll();
      socket.refuse(refusal.status(), refusal.headers(), refusal.body());
      return;
    }
    if (!greetings.isEmpty()) {
      Consumer<RawSocket> greeting = greetings.poll();
      socket.accept();
      greeting.accept(socket);
      return;
    }
    String path = target.replaceFirst("\\?.*", "");
    Map<String, List<String>> query = query(target);
    if (path.equals("/subscribe") && v1) {
      serveV1(socket, query);
    } else if (path.equals("/xrpc/network.bsky.jetstream.subscribeEvents") && v2) {
      serveV2(socket, query);
    } else {
      socket.refuse(404, "", "404 page not found\n");
    }
  }

  private void serveV1(RawSocket socket, Map<String, List<String>> query) {
    long cursor = Long.parseLong(query.getOrDefault("cursor", List.of("-1")).getFirst());
    serve(socket, cursor, false);
  }

  private void serveV2(RawSocket socket, Map<String, List<String>> query) {
    if (query.containsKey("wantedCollections") || query.containsKey("wantedDids")) {
      xrpcError(socket, "InvalidRequest", "wantedCollections is a parameter of /subscribe");
      return;
    }
    long cursor = Long.parseLong(query.getOrDefault("cursor", List.of("-1")).getFirst());
    boolean known = kept < source.size();
    if (cursor >= 0 && cursor < TIMES_FROM) {
      if (known && cursor < source.entry(kept).seq()) {
        xrpcError(socket, "CursorTooOld", "cursor is below the floor");
        return;
      }
      throw new AssertionError("Plenary never asks by sequence number");
    }
    serve(socket, cursor, true);
  }

  private static void xrpcError(RawSocket socket, String error, String message) {
    socket.refuse(
        400,
        "Content-Type: application/json\r\n",
        new JsonObject().put("error", error).put("message", message).encode());
  }

  private void serve(RawSocket socket, long cursor, boolean second) {
    socket.accept();
    boolean outdated =
        kept > 0
            && cursor >= 0
            && kept <= source.size()
            && cursor < source.entry(kept - 1).micros();
    if (second && outdated) {
      socket.text(
          new JsonObject()
              .put("$type", "message")
              .put(
                  "payload",
                  new JsonObject()
                      .put("$type", "network.bsky.jetstream.subscribeEvents#info")
                      .put("name", "OutdatedCursor")
                      .put("message", "resumed later"))
              .encode(),
          false);
    }
    boolean live = cursor < 0 || cursor > source.micros();
    sockets.add(socket);
    socket.serve(new Serving(live ? source.size() : kept, live ? 0 : cursor, second, dropAfter));
  }

  /** What one connection is told. */
  final class Serving {
    private final long cursor;
    private final boolean second;
    private final int dropAt;
    private int next;
    private int told;

    Serving(int from, long cursor, boolean second, int dropAt) {
      next = from;
      this.cursor = cursor;
      this.second = second;
      this.dropAt = dropAt;
    }

    /** Tells what is new. */
    void pump(RawSocket socket) {
      while (next < source.size() && !socket.isFull()) {
        Source.Entry entry = source.entry(next++);
        if (entry.micros() < cursor) {
          continue;
        }
        String text = (second ? second(entry) : entry.v1()).encode();
        socket.text(text, fragmenting);
        if (duplicating && told % 3 == 0) {
          socket.text(text, false);
        }
        if (++told == dropAt) {
          socket.drop();
          return;
        }
      }
    }
  }

  private static JsonObject second(Source.Entry entry) {
    JsonObject v1 = entry.v1();
    String kind = v1.getString("kind");
    String time = Event.instant(entry.micros()).toString();
    JsonObject payload =
        new JsonObject()
            .put("$type", "network.bsky.jetstream.subscribeEvents#" + kind)
            .put("seq", entry.seq())
            .put("did", v1.getString("did"))
            .put("time", time)
            .put("witnessedAt", time);
    if (kind.equals("commit")) {
      payload.mergeIn(v1.getJsonObject("commit"));
    } else {
      payload.put(kind, v1.getJsonObject(kind));
    }
    return new JsonObject().put("$type", "message").put("payload", payload);
  }

  private static Map<String, List<String>> query(String target) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    int at = target.indexOf('?');
    for (String pair : at < 0 ? new String[0] : target.substring(at + 1).split("&")) {
      String[] parts = pair.split("=", 2);
      query
          .computeIfAbsent(parts[0], name -> new ArrayList<>())
          .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  /** A text as bytes. */
  static Buffer bytes(String text) {
    return Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));
  }
}
