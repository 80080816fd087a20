package plenary.network.bluesky;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/** A body that is given up when it is longer than any answer that is needed. */
final class BoundedBody implements BodyStream<Buffer> {
  private static final int MAX = 2 << 20;

  private final Buffer body = Buffer.buffer();
  private final Promise<Buffer> whole = Promise.promise();

  @Override
  public Future<Buffer> result() {
    return whole.future();
  }

  @Override
  public void handle(Throwable wrong) {
    whole.tryFail(wrong);
  }

  @Override
  public Future<Void> write(Buffer part) {
    if (body.length() + part.length() > MAX) {
      Throwable tooLong = new Xrpc.Failure(200, Xrpc.Failure.NO_JSON, "", null);
      whole.tryFail(tooLong);
      return Future.failedFuture(tooLong);
    }
    body.appendBuffer(part);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    whole.tryComplete(body);
    return Future.succeededFuture();
  }

  @Override
  public BoundedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public BoundedBody setWriteQueueMaxSize(int size) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public BoundedBody drainHandler(@Nullable Handler<Void> handler) {
    return this;
  }
}
