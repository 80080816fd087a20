package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Server-sent events, one connection for each hashtag. */
final class EventStreams {
  private static final int LINE_MAX = 2_000_000;

  private final Net net;
  private final URI address;
  private final @Nullable String token;
  private final Pace pace;
  private final Ear ear;
  private final List<HttpClientRequest> open = new ArrayList<>();
  private boolean closed;

  /** Hears what is said. */
  interface Ear {
    /** Something was heard, if only a heartbeat. */
    void sign();

    void heard(String event, String payload);

    void ended(Trouble why);
  }

  EventStreams(Net net, URI address, @Nullable String token, Pace pace, Ear ear) {
    this.net = net;
    this.address = address;
    this.token = token;
    this.pace = pace;
    this.ear = ear;
  }

  /** Completes when all are open; fails with {@link Trouble} when one is not. */
  Future<Void> open(Collection<String> tags) {
    return Future.all(tags.stream().map(this::open).toList())
        .<Void>mapEmpty()
        .recover(e -> Future.failedFuture(Trouble.of(e, address.getHost())));
  }

  void close() {
    closed = true;
    open.forEach(request -> request.connection().close());
    open.clear();
  }

  private Future<Void> open(String tag) {
    int port = Site.port(address);
    return net.find(address.getHost(), port)
        .compose(
            found -> {
              RequestOptions options =
                  new RequestOptions()
                      .setMethod(HttpMethod.GET)
                      .setServer(found)
                      .setHost(address.getHost())
                      .setPort(port)
                      .setSsl(Site.isSecure(address))
                      .setURI(Site.path(Stream.path(address) + "/hashtag", "tag", tag))
                      .putHeader("Accept", "text/event-stream");
              if (token != null) {
                options.putHeader("Authorization", "Bearer " + token);
              }
              return net.streams().request(options);
            })
        .compose(
            request -> {
              if (closed) {
                request.connection().close();
              }
              open.add(request);
              return request.send();
            })
        .timeout(pace.patience().toMillis(), TimeUnit.MILLISECONDS)
        .compose(this::read);
  }

  /** Open is a stream whose first bytes came: {@code :)} on Mastodon. */
  private Future<Void> read(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      drop(response);
      return Future.failedFuture(
          Trouble.of(
              new Site.Answer(response.statusCode(), MultiMap.caseInsensitiveMultiMap(), null),
              address.getHost()));
    }
    String type = String.valueOf(response.getHeader("Content-Type"));
    if (!type.startsWith("text/event-stream")) {
      drop(response);
      return Future.failedFuture(Trouble.notMastodon(200, address.getHost()));
    }
    Promise<Void> first = Promise.promise();
    Lines lines = new Lines();
    RecordParser parser = RecordParser.newDelimited("\n", lines::line).maxRecordSize(LINE_MAX);
    parser.exceptionHandler(
        e -> lost(Trouble.passing(0, address.getHost() + " sent more than can be read."), first));
    response.handler(
        part -> {
          if (!closed) {
            ear.sign();
            first.tryComplete();
            parser.handle(part);
          }
        });
    response.exceptionHandler(e -> lost(Trouble.of(e, address.getHost()), first));
    response.endHandler(
        end ->
            lost(
                Trouble.passing(
                    0, address.getHost() + " ended the stream; it is opened again by itself."),
                first));
    return first.future().timeout(pace.silence().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void drop(HttpClientResponse response) {
    response.exceptionHandler(e -> {});
    response.request().connection().close();
  }

  private void lost(Trouble why, Promise<Void> first) {
    if (!first.tryFail(why) && !closed) {
      ear.ended(why);
    }
  }

  /** Puts events together from lines. */
  private final class Lines {
    private String event = "";
    private final StringBuilder data = new StringBuilder();

    void line(Buffer raw) {
      String text = new String(raw.getBytes(), StandardCharsets.UTF_8);
      String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      if (line.isEmpty()) {
        if (!event.isEmpty() && !data.isEmpty()) {
          ear.heard(event, data.toString());
        }
        event = "";
        data.setLength(0);
      } else if (line.startsWith("event:")) {
        event = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:") && data.length() < LINE_MAX) {
        data.append(data.isEmpty() ? "" : "\n").append(line.substring("data:".length()).strip());
      }
    }
  }
}
