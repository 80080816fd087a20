package plenary.support;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Network;
import plenary.network.Publisher;

/**
 * A network that takes posts, and goes wrong as it is told. Like a real one it knows a post by its
 * identity; without that ({@link #forgetful}) it shows what sending twice would do.
 */
public final class FakeNetwork implements Connector, Publisher {
  /** What becomes of one try. */
  public enum Fault {
    /** It arrives and is answered. */
    NONE,
    /** It does not arrive, and nobody says so. */
    LOST,
    /** It arrives, and the answer is lost. */
    UNANSWERED,
    /** It arrives, and no answer ever comes. */
    SILENT,
    LATER,
    REFUSED
  }

  /** A post that people see. */
  public record Seen(String id, String text, boolean again) {}

  private final Network network;
  private final int max;
  private final boolean forgetful;
  private final Map<String, Sent> known = new LinkedHashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger reserved = new AtomicInteger();
  private final AtomicInteger tries = new AtomicInteger();
  private volatile @Nullable Following following;
  private volatile Instant later = Instant.EPOCH;

  private FakeNetwork(Network network, int max, boolean forgetful) {
    this.network = network;
    this.max = max;
    this.forgetful = forgetful;
  }

  /** One that takes texts up to a length. */
  public static FakeNetwork of(Network network, int max) {
    return new FakeNetwork(network, max, false);
  }

  /** One that knows no identities and looks for nothing. */
  public static FakeNetwork forgetful(Network network) {
    return new FakeNetwork(network, 300, true);
  }

  /** Until then it asks to wait, when it is told to go wrong so. */
  public FakeNetwork later(Instant until) {
    later = until;
    return this;
  }

  /** What becomes of the next tries, in turn. */
  public FakeNetwork next(Fault... coming) {
    faults.addAll(List.of(coming));
    return this;
  }

  /** Everything that people see, in order. */
  public synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  public int tries() {
    return tries.get();
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public String reserve(Instant now) {
    return network.id() + "-" + reserved.incrementAndGet() + "-" + now.toEpochMilli();
  }

  @Override
  public synchronized Future<Sent> publish(Account account, Outgoing outgoing) {
    tries.incrementAndGet();
    Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
    return switch (fault) {
      case NONE -> Future.succeededFuture(arrive(outgoing));
      case LOST -> Future.failedFuture("connection reset");
      case UNANSWERED -> {
        arrive(outgoing);
        yield Future.failedFuture("connection reset");
      }
      case SILENT -> {
        arrive(outgoing);
        yield Promise.<Sent>promise().future();
      }
      case LATER -> Future.failedFuture(new Later(later, "The network asks to wait a moment."));
      case REFUSED -> Future.failedFuture(new Refused("This account's token is not valid."));
    };
  }

  private Sent arrive(Outgoing outgoing) {
    Sent there = forgetful ? null : known.get(outgoing.identity());
    if (there != null) {
      return there;
    }
    String id = "at://" + network.id() + "/" + (seen.size() + 1);
    Sent sent = new Sent(id, "https://" + network.id() + ".test/" + seen.size(), new JsonObject());
    known.put(outgoing.identity(), sent);
    seen.add(new Seen(id, outgoing.text(), outgoing.again()));
    return sent;
  }

  /** The network's account that is read with, once the node reads. */
  public Following following() {
    Await.until(() -> following != null && !following.tags().isEmpty());
    return Objects.requireNonNull(following);
  }

  @Override
  public Running follow(Following reading) {
    following = reading;
    reading.state(Following.State.LIVE, null);
    return new Running() {
      @Override
      public void tagsChanged() {}

      @Override
      public void promptsChanged() {}

      @Override
      public Future<Void> stop() {
        return Future.succeededFuture();
      }
    };
  }

  @Override
  public Future<Void> delete(Account account, Sent sent) {
    return Future.succeededFuture();
  }

  @Override
  public Length length(Account account) {
    return new Length() {
      @Override
      public int of(String text) {
        return text.codePointCount(0, text.length());
      }

      @Override
      public int max() {
        return max;
      }
    };
  }
}
