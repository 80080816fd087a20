package plenary.network.x;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection to a stream: ends once, and says why; a silent one is ended. */
final class Stream {
  /** X sends something at least that often. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(20);

  static final String PATH = "/2/tweets/search/stream";

  private final Vertx vertx;
  private final Pace pace;
  private final Api api;
  private final Listener listener;
  private final Lines lines;
  private @Nullable HttpClientResponse response;
  private long watchdog = -1;
  private boolean paused;
  private boolean over;

  /** Hears of the connection, on the event loop it was opened on. */
  interface Listener {
    void opened();

    /** Bytes came, if only a sign of life; after {@link #message} of what they had. */
    void heard();

    void message(JsonObject message);

    void ended(Trouble why);
  }

  Stream(Vertx vertx, Pace pace, Api api, Listener listener) {
    this.vertx = vertx;
    this.pace = pace;
    this.api = api;
    this.listener = listener;
    this.lines = new Lines(this::message);
  }

  void open(Map<String, String> query) {
    api.open(PATH, query)
        .onSuccess(this::opened)
        .onFailure(
            failure ->
                end(
                    failure instanceof Trouble trouble
                        ? trouble
                        : new Trouble(Trouble.Kind.NETWORK, "X cannot be reached.")));
  }

  private void opened(HttpClientResponse opened) {
    if (over) {
      opened.request().reset();
      return;
    }
    response = opened;
    opened.exceptionHandler(failure -> end(Answers.dropped()));
    opened.endHandler(ended -> end(Answers.dropped()));
    opened.handler(this::bytes);
    watch();
    listener.opened();
    if (!paused && !over) {
      opened.resume();
    }
  }

  private void bytes(Buffer chunk) {
    if (over) {
      return;
    }
    watch();
    lines.add(chunk);
    if (!over) {
      listener.heard();
    }
  }

  private void message(JsonObject message) {
    if (!over) {
      listener.message(message);
    }
  }

  private void watch() {
    vertx.cancelTimer(watchdog);
    watchdog =
        vertx.setTimer(
            pace.millis(SILENCE_MAX),
            silent -> {
              if (!paused) {
                end(Answers.dropped());
              }
            });
  }

  /** Reads no more for a while: what comes waits in the network. */
  void pause(boolean pause) {
    if (paused == pause || over) {
      return;
    }
    paused = pause;
    HttpClientResponse at = response;
    if (at != null && pause) {
      at.pause();
    } else if (at != null) {
      watch();
      at.resume();
    }
  }

  /** Lines that could not be read. */
  long skipped() {
    return lines.skipped();
  }

  /** Ends it without telling. */
  void close() {
    over = true;
    vertx.cancelTimer(watchdog);
    if (response != null) {
      response.request().reset();
    }
  }

  private void end(Trouble why) {
    if (over) {
      return;
    }
    close();
    listener.ended(why);
  }
}
