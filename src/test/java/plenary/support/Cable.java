package plenary.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a node that can be cut: what was connected breaks, and who comes is turned away. */
public final class Cable implements AutoCloseable {
  private final int node;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /** A way to a port of this machine. */
  public Cable(int node) {
    this.node = node;
    try {
      this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("cable").start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Breaks everything that is connected, until {@link #mend}. */
  public void cut() {
    cut = true;
    open.forEach(Cable::close);
  }

  public void mend() {
    cut = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket here = door.accept();
        if (cut) {
          close(here);
          continue;
        }
        Socket there = new Socket(InetAddress.getLoopbackAddress(), node);
        open.add(here);
        open.add(there);
        carry(here, there);
        carry(there, here);
        if (cut) {
          open.forEach(Cable::close);
        }
      } catch (IOException e) {
        // The door was closed, or the node is away: who wanted in learns it from the socket.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to) {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException e) {
                // One end is gone, so the other goes too.
              } finally {
                open.remove(from);
                open.remove(to);
              }
            });
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed then.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
