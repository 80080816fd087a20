package plenary.support;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A WebSocket that follows a session as a page does: records every frame and folds them. Waiting is
 * by condition and deadline. Safe for use by several threads.
 */
public final class StreamClient implements AutoCloseable {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Fold fold;
  private final List<JsonObject> frames = new ArrayList<>();
  private final WebSocket socket;
  private int closeCode = -1;

  private StreamClient(Client client, String session, String view, Fold from) {
    fold = from.copy();
    String position =
        from.epoch().isEmpty() ? "" : "&since=" + from.have() + "&epoch=" + from.epoch();
    socket = connect(client, session, view, position, new Frames()).join();
  }

  private static CompletableFuture<WebSocket> connect(
      Client client, String session, String view, String position, WebSocket.Listener listener) {
    WebSocket.Builder builder = Client.http().newWebSocketBuilder().subprotocols("plenary.v1");
    if (!client.token().isEmpty()) {
      builder.header("Authorization", "Bearer " + client.token());
    }
    return builder.buildAsync(
        URI.create(
            "ws://127.0.0.1:"
                + client.port()
                + "/api/sessions/"
                + session
                + "/live?view="
                + view
                + position),
        listener);
  }

  /** Watches from nothing. */
  public static StreamClient open(Client client, String session, String view) {
    return new StreamClient(client, session, view, new Fold());
  }

  /** Comes back with what it had. */
  public static StreamClient resume(Client client, String session, String view, Fold from) {
    return new StreamClient(client, session, view, from);
  }

  /** The status that answers a handshake: 101 when it is let in. */
  public static int handshake(Client client, String session, String view) {
    try {
      connect(client, session, view, "", new WebSocket.Listener() {}).join().abort();
      return 101;
    } catch (CompletionException refused) {
      if (refused.getCause() instanceof WebSocketHandshakeException answer) {
        return answer.getResponse().statusCode();
      }
      throw refused;
    }
  }

  private final class Frames implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        received(new JsonObject(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(part);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed(code);
      return CompletableFuture.completedFuture(reason);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed(1006);
    }
  }

  private synchronized void received(JsonObject frame) {
    frames.add(frame);
    fold.apply(frame);
    notifyAll();
  }

  private synchronized void closed(int code) {
    closeCode = code;
    notifyAll();
  }

  /** A copy of what it knows now. */
  public synchronized Fold now() {
    return fold.copy();
  }

  /** Every frame since it opened, in order. */
  public synchronized List<JsonObject> frames() {
    return List.copyOf(frames);
  }

  /** How often the server sent what cannot be applied. */
  public synchronized int gaps() {
    return fold.gaps();
  }

  /** Waits until what it knows fits; fails after ten seconds with what it knew. */
  public void await(String what, Predicate<Fold> fits) {
    awaitTrue(
        () -> what + "; it knows " + fold.have() + ":\n" + fold.shared(), () -> fits.test(fold));
  }

  /** Waits for a frame of that type and gives the first. */
  public JsonObject awaitFrame(String type) {
    List<JsonObject> found = new ArrayList<>();
    awaitTrue(
        () -> "a frame of type " + type,
        () -> {
          frames.stream().filter(each -> type.equals(each.getString("type"))).forEach(found::add);
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  /** Waits until the connection is gone and gives the close code. */
  public synchronized int awaitClose() {
    awaitTrue(() -> "the end of the stream", () -> closeCode >= 0);
    return closeCode;
  }

  private synchronized void awaitTrue(Supplier<String> what, Supplier<Boolean> condition) {
    long until = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.get()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("not within ten seconds: " + what.get());
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
