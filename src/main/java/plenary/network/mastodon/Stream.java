package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The hashtags of one server as they are written: one WebSocket for all of them, or, where that is
 * refused, a stream of server-sent events for each.
 */
final class Stream {
  private final Net net;
  private final String host;
  private final Pace pace;
  private final Ear ear;
  private @Nullable WebSocket socket;
  private @Nullable EventStreams events;
  private long timer = -1;
  private long heardAt;
  private boolean ended;

  /** Hears what is said. */
  interface Ear {
    void heard(String event, String payload);

    /** It is over; told once, and not when it was closed from here. */
    void ended(Trouble why);
  }

  private Stream(Net net, String host, Pace pace, Ear ear) {
    this.net = net;
    this.host = host;
    this.pace = pace;
    this.ear = ear;
    this.heardAt = System.nanoTime();
  }

  /**
   * Opens a stream.
   *
   * @param address where the server says that its streams are
   */
  static Future<Stream> open(
      Net net, URI address, @Nullable String token, Collection<String> tags, Pace pace, Ear ear) {
    Stream stream = new Stream(net, address.getHost(), pace, ear);
    return stream
        .connect(address, token, tags)
        .recover(
            e ->
                e instanceof UpgradeRejectedException refused && mayBeEvents(refused.getStatus())
                    ? stream.events(address, token, tags)
                    : Future.failedFuture(stream.trouble(e)))
        .map(
            opened -> {
              stream.watch();
              return stream;
            })
        .onFailure(e -> stream.close());
  }

  boolean isSocket() {
    return socket != null;
  }

  void close() {
    ended = true;
    net.vertx().cancelTimer(timer);
    if (socket != null) {
      socket.close();
    }
    if (events != null) {
      events.close();
    }
  }

  private static boolean mayBeEvents(int status) {
    return status != 401 && status != 403 && status != 429;
  }

  private Future<Void> connect(URI address, @Nullable String token, Collection<String> tags) {
    int port = Site.port(address);
    return net.find(address.getHost(), port)
        .compose(
            found -> {
              WebSocketConnectOptions options = new WebSocketConnectOptions();
              options.setServer(found);
              options
                  .setAllowOriginHeader(false)
                  .setHost(address.getHost())
                  .setPort(port)
                  .setSsl(Site.isSecure(address))
                  .setTimeout(pace.patience().toMillis())
                  .setURI(path(address));
              if (token != null) {
                options.putHeader("Authorization", "Bearer " + token);
              }
              return net.sockets().connect(options);
            })
        .timeout(pace.patience().toMillis() * 2, TimeUnit.MILLISECONDS)
        .map(
            opened -> {
              listen(opened, tags);
              return null;
            });
  }

  private void listen(WebSocket opened, Collection<String> tags) {
    if (ended) {
      opened.close();
      return;
    }
    socket = opened;
    opened.frameHandler(frame -> heardAt = System.nanoTime());
    opened.pongHandler(pong -> heardAt = System.nanoTime());
    opened.textMessageHandler(this::message);
    opened.exceptionHandler(e -> end(Trouble.of(e, host)));
    opened.closeHandler(
        closed ->
            end(Trouble.passing(0, host + " ended the stream; it is opened again by itself.")));
    for (String tag : tags) {
      opened.writeTextMessage(
          new JsonObject()
              .put("type", "subscribe")
              .put("stream", "hashtag")
              .put("tag", tag)
              .encode());
    }
  }

  private void message(String text) {
    heardAt = System.nanoTime();
    if (ended) {
      return;
    }
    JsonObject message;
    try {
      message = new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      return;
    }
    if (message.containsKey("error")) {
      end(refusal(message));
      return;
    }
    @Nullable Object payload = message.getValue("payload");
    if (message.getValue("event") instanceof String event && payload != null) {
      ear.heard(event, payload instanceof JsonObject whole ? whole.encode() : payload.toString());
    }
  }

  /** Errors come within the stream, with the status that they would have had. */
  private Trouble refusal(JsonObject message) {
    int status = message.getValue("status") instanceof Integer number ? number : 400;
    return Trouble.of(new Site.Answer(status, MultiMap.caseInsensitiveMultiMap(), message), host);
  }

  private Future<Void> events(URI address, @Nullable String token, Collection<String> tags) {
    EventStreams opened =
        new EventStreams(
            net,
            address,
            token,
            pace,
            new EventStreams.Ear() {
              @Override
              public void sign() {
                heardAt = System.nanoTime();
              }

              @Override
              public void heard(String event, String payload) {
                if (!ended) {
                  ear.heard(event, payload);
                }
              }

              @Override
              public void ended(Trouble why) {
                end(why);
              }
            });
    events = opened;
    return opened.open(tags);
  }

  /** A connection may die without a word: pings and heartbeats must be heard. */
  private void watch() {
    heardAt = System.nanoTime();
    long each = Math.max(1, pace.silence().toMillis() / 3);
    timer =
        net.vertx()
            .setPeriodic(
                each,
                t -> {
                  if (System.nanoTime() - heardAt > pace.silence().toNanos()) {
                    end(
                        Trouble.passing(
                            0, "The stream of " + host + " went silent; it is opened again."));
                  } else if (socket != null && !socket.isClosed()) {
                    socket.writePing(Buffer.buffer("p"));
                  }
                });
  }

  private void end(Trouble why) {
    if (!ended) {
      close();
      ear.ended(why);
    }
  }

  private Trouble trouble(Throwable e) {
    return e instanceof UpgradeRejectedException refused
        ? Trouble.of(
            new Site.Answer(refused.getStatus(), MultiMap.caseInsensitiveMultiMap(), null), host)
        : Trouble.of(e, host);
  }

  static String path(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + "/api/v1/streaming";
  }
}
