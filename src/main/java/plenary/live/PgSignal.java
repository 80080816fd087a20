package plenary.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signals over PostgreSQL's {@code LISTEN} and {@code NOTIFY}. Sent after the commit and never
 * inside a writing transaction, where it would serialise all commits of the database; coalesced:
 * the first at once, then at most one message per {@value #GATHER_MILLIS} ms.
 *
 * <p>A message is words separated by blanks: {@code v session version}, {@code r principal}, {@code
 * e session}, {@code c node session attendees}.
 */
final class PgSignal implements Signal {
  private static final Logger LOG = Logger.getLogger(PgSignal.class.getName());
  private static final String CHANNEL = "plenary";
  private static final int GATHER_MILLIS = 20;

  /** PostgreSQL refuses 8,000 bytes and more. */
  private static final int PAYLOAD_MAX = 7_900;

  private static final long RECONNECT_MILLIS = 500;

  private final Vertx vertx;
  private final Context context;
  private final PgConnectOptions options;
  private final Pool pool;
  private final UUID node;

  private final Map<UUID, Long> announced = new LinkedHashMap<>();
  private final Map<UUID, Integer> counted = new LinkedHashMap<>();
  private final Deque<String> ended = new ArrayDeque<>();
  private boolean sending;
  private boolean closed;
  private @Nullable PgSubscriber subscriber;

  PgSignal(Vertx vertx, Context context, PgConnectOptions options, Pool pool, UUID node) {
    this.vertx = vertx;
    this.context = context;
    this.options = options;
    this.pool = pool;
    this.node = node;
  }

  @Override
  public Future<Void> listen(Listener listener) {
    PgSubscriber fresh = PgSubscriber.subscriber(vertx, options);
    subscriber = fresh;
    fresh.reconnectPolicy(retries -> closed ? -1L : RECONNECT_MILLIS);
    fresh
        .channel(CHANNEL)
        .subscribeHandler(ignored -> listener.listening())
        .handler(payload -> hear(payload, listener));
    return fresh.connect();
  }

  private void hear(String payload, Listener listener) {
    String[] words = payload.split(" ");
    try {
      int i = 0;
      while (i < words.length) {
        switch (words[i]) {
          case "v" -> listener.announced(id(words[i + 1]), Long.parseLong(words[i + 2]));
          case "r" -> listener.revoked(id(words[i + 1]));
          case "e" -> listener.erased(id(words[i + 1]));
          case "c" -> {
            UUID other = id(words[i + 1]);
            if (!other.equals(node)) {
              listener.counted(other, id(words[i + 2]), Integer.parseInt(words[i + 3]));
            }
          }
          default -> throw new IllegalArgumentException("unknown word");
        }
        i += lengthOf(words[i]);
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
      LOG.log(Level.WARNING, "A signal could not be read; the poll makes up for it.", malformed);
    }
  }

  private static int lengthOf(String word) {
    return switch (word) {
      case "v" -> 3;
      case "c" -> 4;
      default -> 2;
    };
  }

  private static UUID id(String text) {
    return UUID.fromString(text);
  }

  @Override
  public void announce(UUID session, long version) {
    context.runOnContext(
        ignored -> {
          announced.merge(session, version, Math::max);
          flush();
        });
  }

  @Override
  public void revoke(UUID principal) {
    context.runOnContext(
        ignored -> {
          ended.add("r " + principal);
          flush();
        });
  }

  @Override
  public void erase(UUID session) {
    context.runOnContext(
        ignored -> {
          ended.add("e " + session);
          flush();
        });
  }

  @Override
  public void count(Map<UUID, Integer> attendees) {
    Map<UUID, Integer> counts = new HashMap<>(attendees);
    context.runOnContext(
        ignored -> {
          counted.putAll(counts);
          flush();
        });
  }

  private void flush() {
    if (sending || closed || (announced.isEmpty() && counted.isEmpty() && ended.isEmpty())) {
      return;
    }
    sending = true;
    long start = System.nanoTime();
    pool.preparedQuery("select pg_notify($1, $2)")
        .execute(Tuple.of(CHANNEL, take()))
        .onComplete(
            sent -> {
              if (sent.failed()) {
                LOG.log(
                    Level.FINE, "A signal was not sent; the poll makes up for it.", sent.cause());
              }
              long spent = (System.nanoTime() - start) / 1_000_000;
              vertx.setTimer(
                  Math.max(1, GATHER_MILLIS - spent),
                  ignored ->
                      context.runOnContext(
                          again -> {
                            sending = false;
                            flush();
                          }));
            });
  }

  /** As much as fits into a message; the rest goes with the next. */
  private String take() {
    StringBuilder words = new StringBuilder();
    while (!ended.isEmpty() && fits(words, ended.getFirst())) {
      add(words, ended.removeFirst());
    }
    take(words, announced, entry -> "v " + entry.getKey() + ' ' + entry.getValue());
    take(words, counted, entry -> "c " + node + ' ' + entry.getKey() + ' ' + entry.getValue());
    return words.toString();
  }

  private static <T> void take(
      StringBuilder words, Map<UUID, T> from, Function<Map.Entry<UUID, T>, String> written) {
    var entries = from.entrySet().iterator();
    while (entries.hasNext()) {
      String word = written.apply(entries.next());
      if (!fits(words, word)) {
        return;
      }
      add(words, word);
      entries.remove();
    }
  }

  private static boolean fits(StringBuilder words, String word) {
    return words.length() + word.length() < PAYLOAD_MAX;
  }

  private static void add(StringBuilder words, String word) {
    words.append(words.isEmpty() ? "" : " ").append(word);
  }

  @Override
  public Future<Void> close() {
    closed = true;
    PgSubscriber listening = subscriber;
    return listening == null ? Future.succeededFuture() : listening.close();
  }
}
