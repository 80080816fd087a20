package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The body of an answer, which is given up when it is longer than any that is needed. */
public final class BoundedBody implements BodyStream<Buffer> {
  private final int bytesMax;
  private final Supplier<? extends Throwable> tooLong;
  private final Buffer body = Buffer.buffer();
  private final Promise<Buffer> whole = Promise.promise();

  /**
   * A body.
   *
   * @param tooLong what it fails with when there is more
   */
  public BoundedBody(int bytesMax, Supplier<? extends Throwable> tooLong) {
    this.bytesMax = bytesMax;
    this.tooLong = tooLong;
  }

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
    if (body.length() + part.length() > bytesMax) {
      Throwable failure = tooLong.get();
      whole.tryFail(failure);
      return Future.failedFuture(failure);
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
