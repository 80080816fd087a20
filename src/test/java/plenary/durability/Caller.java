package plenary.durability;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server that comes and goes, each time on another port, or to nodes that do. What it
 * cannot tell the outcome of it sends again with the same key until it can.
 */
final class Caller {
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final long AGAIN_NANOS = 150_000_000L;
  private static final long MUST_NANOS = 15_000_000_000L;

  private final HttpClient http = HttpClient.newHttpClient();
  final AtomicLong resent = new AtomicLong();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<URI> nodes = List.of(URI.create("http://127.0.0.1:1"));

  /** An answer; a status of 0 when there was none. */
  record Reply(int status, JsonObject body) {
    boolean isKnown() {
      return status != 0 && status != 429 && status < 500;
    }

    boolean isDone() {
      return status >= 200 && status < 300;
    }
  }

  void moved(URI... to) {
    nodes = List.of(to);
  }

  /** A node: each in its turn, whether it is up or not. */
  URI base() {
    List<URI> all = nodes;
    return all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
  }

  Reply once(
      String method, String path, String token, @Nullable String key, @Nullable JsonObject body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base().resolve(path))
            .timeout(PATIENCE)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
    if (!token.isEmpty()) {
      request.setHeader("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.setHeader(
          "Content-Type",
          method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
    }
    if (key != null) {
      request.setHeader("Idempotency-Key", key);
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      String text = answer.body();
      return new Reply(
          answer.statusCode(), text.startsWith("{") ? new JsonObject(text) : new JsonObject());
    } catch (IOException | DecodeException unknown) {
      return new Reply(0, new JsonObject());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Reply(0, new JsonObject());
    }
  }

  /** A command, sent with one key until its outcome is known. */
  Reply settle(
      String method, String path, String token, @Nullable JsonObject body, BooleanSupplier goOn) {
    String key = UUID.randomUUID().toString();
    Reply reply = once(method, path, token, key, body);
    while (!reply.isKnown() && goOn.getAsBoolean()) {
      resent.incrementAndGet();
      LockSupport.parkNanos(AGAIN_NANOS);
      reply = once(method, path, token, key, body);
    }
    return reply;
  }

  /**
   * A request that has to succeed. Tried for a while whatever the answer: a server that answers
   * before it commits does not know yet what it has just acknowledged.
   */
  JsonObject must(String method, String path, String token, @Nullable JsonObject body) {
    long until = System.nanoTime() + MUST_NANOS;
    String key = UUID.randomUUID().toString();
    Reply reply = once(method, path, token, key, body);
    while (!reply.isDone() && System.nanoTime() < until) {
      LockSupport.parkNanos(AGAIN_NANOS);
      reply = once(method, path, token, key, body);
    }
    if (!reply.isDone()) {
      throw new AssertionError(method + " " + path + " → " + reply);
    }
    return reply.body();
  }
}
