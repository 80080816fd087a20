package plenary.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Every socket is cut at once. The clients do as the protocol says: a first wait spread over
 * clamp(viewers / 800, 1, 20) s, then full jitter; each says where it stood.
 */
final class Reconnects {
  private static final Map<String, String> UPGRADES =
      Map.of("PLENARY_LIMITS_UPGRADE_NODE_PER_SECOND", "1000");

  private Reconnects() {}

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            String.format(Locale.ROOT, "Reconnect storm of %,d attendees", sizes.viewers()),
            "resumed",
            "all back after s",
            "last without the spread wait s",
            "attempts refused",
            "snapshots sent again",
            "gaps",
            "server CPU-s");
    try (Wire wire = new Wire();
        Broadcaster server = FanOut.product(wire, sizes.viewers(), 1, UPGRADES)) {
      Returning clients = new Returning(wire, server, sizes.viewers());
      clients.open();
      clients.publish(1);
      clients.waitForAll(1);
      double cpu = server.cpu();
      // They miss a change, so that a resume has something to tell.
      clients.cutAll();
      clients.publish(2);
      clients.waitForAll(2);
      table.row(
          clients.resumed + " of " + sizes.viewers(),
          clients.lastBack / 1e9,
          clients.longest / 1e9,
          clients.refused,
          clients.snapshots,
          clients.gaps,
          server.cpu() - cpu);
      clients.close();
    }
    table.note("The limit of new streams is the default of the configuration, 1,000 each second.");
    return table;
  }

  /** Clients that come back. */
  private static final class Returning implements Connection.Client {
    private final Wire wire;
    private final Broadcaster server;
    private final int count;
    private final Connection[] sockets;
    private final long[] have;
    private final int[] told;
    private final int[] attempts;
    private final long[] triedAt;
    private final boolean[] back;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private CompletableFuture<Void> reached = new CompletableFuture<>();
    private int wanted = -1;
    private int present;
    private String epoch = "";
    private boolean cut;
    private boolean closing;
    private long cutAt;
    private int resumed;
    private int refused;
    private int snapshots;
    private int gaps;
    private long lastBack;
    private long longest;

    Returning(Wire wire, Broadcaster server, int count) {
      this.wire = wire;
      this.server = server;
      this.count = count;
      this.sockets = new Connection[count];
      this.have = new long[count];
      this.told = new int[count];
      this.attempts = new int[count];
      this.triedAt = new long[count];
      this.back = new boolean[count];
    }

    void open() {
      wire.run(
          () -> {
            for (int i = 0; i < count; i++) {
              int index = i;
              wire.at(System.nanoTime() + i * 1_000_000L, () -> connect(index));
            }
          });
      wire.await(opened, 60 + count / 200);
    }

    private void connect(int index) {
      triedAt[index] = System.nanoTime();
      sockets[index] = wire.open(server.port(), this);
      sockets[index].index = index;
    }

    void publish(int seq) {
      wire.call(
          () -> {
            Publisher publisher = new Publisher(wire, server.port(), 1, new Connection.Client() {});
            server.publish(seq).forEach(publisher::send);
            return null;
          });
    }

    void waitForAll(int seq) {
      CompletableFuture<Void> all = new CompletableFuture<>();
      wire.run(
          () -> {
            wanted = seq;
            reached = all;
            check();
          });
      wire.await(all, 90);
    }

    private void check() {
      if (wanted >= 0 && Arrays.stream(told).allMatch(one -> one >= wanted)) {
        reached.complete(null);
      }
    }

    void cutAll() {
      wire.call(
          () -> {
            cut = true;
            cutAt = System.nanoTime();
            for (Connection socket : sockets) {
              socket.cut();
            }
            return null;
          });
    }

    @Override
    public void connected(Connection connection) {
      int index = connection.index;
      byte[] request = server.upgrade(index);
      if (have[index] > 0) {
        String head = new String(request, java.nio.charset.StandardCharsets.ISO_8859_1);
        String position = "view=attendee&since=" + have[index] + "&epoch=" + epoch;
        request =
            head.replace("view=attendee", position)
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      }
      connection.send(request);
    }

    @Override
    public void answered(Connection connection, int status, byte[] bytes, int from, int length) {
      if (status != 101) {
        refused++;
        connection.close();
      }
    }

    @Override
    public void text(Connection connection, byte[] bytes, int from, int length) {
      int index = connection.index;
      String frame = new String(bytes, from, length, java.nio.charset.StandardCharsets.ISO_8859_1);
      boolean snapshot = frame.startsWith("{\"type\":\"snapshot\"");
      if (!snapshot && !frame.startsWith("{\"type\":\"change\"")) {
        return;
      }
      long version = Long.parseLong(frame.replaceFirst("(?s).*?\"version\":(\\d+).*", "$1"));
      if (!cut) {
        epoch = frame.replaceFirst("(?s).*?\"epoch\":\"([^\"]+)\".*", "$1");
        if (have[index] == 0) {
          present++;
          if (present == count) {
            opened.complete(null);
          }
        }
      } else if (!back[index]) {
        returned(index, snapshot);
      }
      if (!snapshot
          && Long.parseLong(frame.replaceFirst("(?s).*?\"from\":(\\d+).*", "$1")) > have[index]) {
        gaps++;
      }
      have[index] = Math.max(have[index], version);
      told[index] =
          Math.max(told[index], Audience.seq(Arrays.copyOfRange(bytes, from, from + length)));
      if (told[index] == wanted) {
        check();
      }
    }

    private void returned(int index, boolean snapshot) {
      back[index] = true;
      long now = System.nanoTime();
      lastBack = now - cutAt;
      longest = Math.max(longest, now - triedAt[index]);
      if (snapshot) {
        snapshots++;
      } else {
        resumed++;
      }
    }

    @Override
    public void closed(Connection connection) {
      if (closing) {
        return;
      }
      int index = connection.index;
      long spread = Math.clamp(count / 800, 1, 20) * 1_000_000_000L;
      int attempt = cut ? attempts[index]++ : 0;
      long most = attempt == 0 ? spread : Math.min(30_000_000_000L, 1_000_000_000L << attempt);
      long wait = ThreadLocalRandom.current().nextLong(most);
      wire.at(System.nanoTime() + wait, () -> connect(index));
    }

    void close() {
      wire.call(
          () -> {
            closing = true;
            for (Connection socket : sockets) {
              socket.close();
            }
            return null;
          });
    }
  }
}
