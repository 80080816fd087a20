package plenary.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * Reads a body whole, within a limit and a deadline of its own: the server's idle timeout does not
 * end a body that comes byte by byte.
 */
final class Bodies {
  /** How long what is still sent after a refusal is thrown away before the connection is closed. */
  private static final long LINGER_MS = 500;

  private Bodies() {}

  /** Whether the request carries a body at all. */
  static boolean present(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : !length.equals("0");
  }

  /**
   * Reads it. To be called on the request's event loop; a paused request flows again.
   *
   * @return fails with {@link Failure.TooLarge} or {@link Failure.TooSlow}
   */
  static Future<Buffer> read(Vertx vertx, HttpServerRequest request, int max, int seconds) {
    long declared = length(request);
    if (declared > max) {
      return Future.failedFuture(new Failure.TooLarge(max));
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer((int) Math.max(0, Math.min(declared, 64 * 1024)));
    long timer =
        vertx.setTimer(
            TimeUnit.SECONDS.toMillis(seconds), id -> whole.tryFail(new Failure.TooSlow(seconds)));
    request.handler(
        part -> {
          if (body.length() + part.length() > max) {
            whole.tryFail(new Failure.TooLarge(max));
          } else {
            body.appendBuffer(part);
          }
        });
    request.endHandler(end -> whole.tryComplete(body));
    request.exceptionHandler(lost -> whole.tryFail(lost));
    request.resume();
    return whole
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              if (done.failed()) {
                discard(request);
              }
            });
  }

  /** Throws away what has not been read, so that an answer can be sent before it arrived. */
  static void discard(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.handler(part -> {});
      request.endHandler(null);
      request.exceptionHandler(lost -> {});
      request.resume();
    }
  }

  /** Closes the connection a moment after an early answer, so that the answer is still read. */
  static void closeSoon(Vertx vertx, HttpServerRequest request) {
    vertx.setTimer(LINGER_MS, id -> request.connection().close());
  }

  private static long length(HttpServerRequest request) {
    @Nullable String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (header == null) {
      return -1;
    }
    try {
      return Long.parseLong(header.trim());
    } catch (NumberFormatException e) {
      throw new Failure.Malformed("Content-Length is not a number.");
    }
  }
}
