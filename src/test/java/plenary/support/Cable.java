package plenary.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A way to a node or to a database that can be cut, so that what was connected breaks and who comes
 * is turned away; that can stall, so that nothing gets through and nobody is told; and that can be
 * slow.
 */
public final class Cable implements AutoCloseable {
  private static final int CHUNK_BYTES = 16 * 1024;

  /** Chunks under way in one direction, so that a slow reader is felt at the other end. */
  private static final int CHUNKS_MAX = 64;

  private final SocketAddress target;
  private final ServerSocketChannel door;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile long delayNanos;

  /** While it is held nothing gets through. */
  private final Object stalling = new Object();

  private boolean stalled;

  /** A way to a port of this machine. */
  public Cable(int node) {
    this(port(node));
  }

  /** A way to a port or to a Unix socket. */
  public Cable(SocketAddress target) {
    this.target = target;
    try {
      door = ServerSocketChannel.open().bind(port(0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("cable").start(this::accept);
  }

  private static SocketAddress port(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The port that leads to the other end. */
  public int port() {
    return door.socket().getLocalPort();
  }

  /** Breaks everything that is connected, until {@link #mend}. */
  public void cut() {
    cut = true;
    open.forEach(Cable::close);
  }

  /** From now on nothing gets through, and nobody is told, until {@link #mend}. */
  public void stall() {
    synchronized (stalling) {
      stalled = true;
    }
  }

  /** Everything arrives so much later, in each direction. */
  public void delay(long millis) {
    delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** As good as new; what was stalled arrives late. */
  public void mend() {
    cut = false;
    delayNanos = 0;
    synchronized (stalling) {
      stalled = false;
      stalling.notifyAll();
    }
  }

  private void accept() {
    while (door.isOpen()) {
      try {
        SocketChannel here = door.accept();
        Thread.ofVirtual().start(() -> connect(here));
      } catch (IOException e) {
        // The door was closed.
      }
    }
  }

  private void connect(SocketChannel here) {
    try {
      pass();
      if (cut) {
        close(here);
        return;
      }
      SocketChannel there = SocketChannel.open(target);
      open.add(here);
      open.add(there);
      carry(here, there);
      carry(there, here);
      if (cut) {
        open.forEach(Cable::close);
      }
    } catch (IOException e) {
      // The other end is away: who wanted in learns it from the socket.
      close(here);
    }
  }

  /** Waits while it is stalled. */
  private void pass() throws IOException {
    synchronized (stalling) {
      while (stalled) {
        try {
          stalling.wait();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }

  private record Chunk(long due, ByteBuffer bytes) {}

  private void carry(SocketChannel from, SocketChannel to) {
    BlockingQueue<Chunk> under = new LinkedBlockingQueue<>(CHUNKS_MAX);
    Thread.ofVirtual().start(() -> take(from, under));
    Thread.ofVirtual().start(() -> give(from, to, under));
  }

  /** Ends with an empty chunk. */
  private void take(SocketChannel from, BlockingQueue<Chunk> under) {
    boolean ended = false;
    while (!ended) {
      ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);
      try {
        ended = from.read(bytes) < 0;
      } catch (IOException broken) {
        ended = true;
      }
      try {
        under.put(
            new Chunk(
                System.nanoTime() + delayNanos, ended ? ByteBuffer.allocate(0) : bytes.flip()));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void give(SocketChannel from, SocketChannel to, BlockingQueue<Chunk> under) {
    try {
      Chunk chunk = under.take();
      while (chunk.bytes.hasRemaining()) {
        TimeUnit.NANOSECONDS.sleep(chunk.due - System.nanoTime());
        pass();
        while (chunk.bytes.hasRemaining()) {
          to.write(chunk.bytes);
        }
        chunk = under.take();
      }
      pass();
    } catch (IOException | InterruptedException e) {
      // One end is gone, so the other goes too.
    } finally {
      open.remove(from);
      open.remove(to);
      close(from);
      close(to);
      under.clear();
    }
  }

  private static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed then.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    mend();
    cut();
  }
}
