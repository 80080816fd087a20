package plenary.network.x;

import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import plenary.network.Following;

/** Keeps an account's books over all its followings: a limit, and what was reserved. */
final class Books {
  private final AtomicLong spent = new AtomicLong();
  private volatile long limit;

  Books(long limit) {
    this.limit = limit;
  }

  void limit(long micros) {
    limit = micros;
  }

  long spent() {
    return spent.get();
  }

  Future<Boolean> spend(long micros) {
    if (micros < 0) {
      throw new AssertionError("money is not given back");
    }
    long had = spent.get();
    boolean within = had + micros <= limit;
    if (within && !spent.compareAndSet(had, had + micros)) {
      return spend(micros);
    }
    return Future.succeededFuture(within);
  }

  /** The same following, which pays from here. */
  Following over(Following given) {
    return (Following)
        Proxy.newProxyInstance(
            Following.class.getClassLoader(),
            new Class<?>[] {Following.class},
            (self, method, arguments) -> {
              if (method.getName().equals("spend")) {
                return spend((Long) arguments[0]);
              }
              try {
                return method.invoke(given, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }
}
