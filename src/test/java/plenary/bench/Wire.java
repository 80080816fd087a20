package plenary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The load generator: one thread, one selector, thousands of connections. Everything happens on its
 * thread but {@link #run}, {@link #call} and {@link #close}. It binds one source address of
 * 127.1.0.0/16 for every {@value #PER_ADDRESS} connections, so ephemeral ports are no limit.
 */
final class Wire implements AutoCloseable {
  private static final int PER_ADDRESS = 5_000;
  private static final int BUFFER_BYTES = 1 << 20;

  private record Timed(long at, long order, Runnable work) {}

  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timed> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timed::at).thenComparingLong(Timed::order));
  final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private volatile boolean stopped;
  private volatile Throwable failure;
  private long order;
  private long opened;

  Wire() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().name("wire").daemon().start(this::loop);
  }

  private void loop() {
    try {
      while (!stopped) {
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.peek().at() <= now) {
          timers.poll().work().run();
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        select();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  private void select() throws IOException {
    long wait = 50;
    if (!timers.isEmpty()) {
      long nanos = timers.peek().at() - System.nanoTime();
      wait = Math.clamp((nanos + 999_999) / 1_000_000, 0, 50);
    }
    Consumer<SelectionKey> ready = key -> ((Connection) key.attachment()).ready(key);
    if (wait == 0 || !tasks.isEmpty()) {
      selector.selectNow(ready);
    } else {
      selector.select(ready, wait);
    }
  }

  /** Opens a connection; the client is told when it is there, or that it is closed. */
  Connection open(int port, Connection.Client client) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      long number = opened++;
      int host = (int) (number / PER_ADDRESS % 200) + 1;
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress("127.1.0." + host, 0));
      Connection connection = new Connection(this, channel, client);
      boolean there = channel.connect(new InetSocketAddress("127.0.0.1", port));
      connection.register(selector, there);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs work on the wire's thread; from any thread. */
  void run(Runnable work) {
    tasks.add(work);
    selector.wakeup();
  }

  /** Runs work at a time of {@link System#nanoTime}, to the millisecond. */
  void at(long nanoTime, Runnable work) {
    timers.add(new Timed(nanoTime, order++, work));
  }

  /** Runs work on the wire's thread and gives what it found; from any other thread. */
  <T> T call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    run(
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return await(result, 60);
  }

  /** Waits for something that happens on the wire; fails when the wire did. */
  <T> T await(CompletableFuture<T> result, long seconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      try {
        return result.get(200, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (failure != null) {
          throw new IllegalStateException("the load generator failed", failure);
        }
        if (System.nanoTime() > until) {
          throw new IllegalStateException("nothing within " + seconds + " s", e);
        }
      } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    selector.wakeup();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
