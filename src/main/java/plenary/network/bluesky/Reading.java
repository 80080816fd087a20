package plenary.network.bluesky;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Following.State;

/**
 * Reads one Jetstream for an account: connects, watches, and connects again for ever. Runs on one
 * event loop; only {@link #stop} and {@link #tagsChanged} may be called from elsewhere.
 */
final class Reading implements Connector.Running, Intake.Owner {
  private static final Duration OPENING = Duration.ofSeconds(15);

  /** What arrives later than this after it was seen is being caught up with. */
  private static final Duration BEHIND = Duration.ofSeconds(10);

  /** A stream on which something happens all the time is dead when nothing does for so long. */
  private static final Duration STARVED = Duration.ofSeconds(60);

  private static final long BUSY_MICROS = 1_000_000;

  private final Vertx vertx;
  private final Context context;
  private final WebSocketClient client;
  private final Following following;
  private final Pace pace;
  private final Addresses.Host host;
  private final Report report;
  private final Names names;
  private final Intake intake;
  private final boolean wireGiven;

  private Wire wire;
  private @Nullable WebSocket socket;
  private boolean stopped;
  private boolean paused;
  private int attempt;
  private int failures;
  private int connections;
  private long heardAt = System.nanoTime();
  private long eventAt = System.nanoTime();
  private long pingedAt = System.nanoTime();
  private long microsAtTick;
  private long tickAt = System.nanoTime();
  private long skipped;
  private long skippedAt = System.nanoTime();

  /** Where the open stream was asked to go on from, until its first event has come. */
  private @Nullable Position asked;

  private Instant openedAt = Instant.EPOCH;
  private boolean leftOut;

  /** The stream has to be taken up at its end, since what lies before cannot be had. */
  private @Nullable String fromNow;

  private @Nullable Position stuckAt;

  Reading(
      Vertx vertx,
      Context context,
      WebSocketClient client,
      Xrpc xrpc,
      Following following,
      Addresses.Host host,
      Pace pace) {
    this.vertx = vertx;
    this.context = context;
    this.client = client;
    this.following = following;
    this.host = host;
    this.pace = pace;
    report = new Report(following);
    names = new Names(xrpc, Addresses.appview(following.account()), context);
    intake = new Intake(following, context, pace, names, this);
    Wire given = Wire.named(host);
    wireGiven = given != null;
    wire = given == null ? Wire.V1 : given;
  }

  void start() {
    if (intake.position().isNone()) {
      intake.begin(Instant.now(), host.label());
    }
    every(
        pace.batch(),
        () -> {
          intake.tick();
          names.tick();
        });
    every(pace.silence().dividedBy(30), this::watch);
    connect();
  }

  private void every(Duration time, Runnable action) {
    vertx.setTimer(
        Math.max(1, time.toMillis()),
        id -> {
          if (!stopped) {
            action.run();
            every(time, action);
          }
        });
  }

  @Override
  public void tagsChanged() {
    context.runOnContext(here -> intake.tagsChanged());
  }

  @Override
  public Future<Void> stop() {
    return Future.future(
        done ->
            context.runOnContext(
                here -> {
                  end();
                  intake.quiet().onComplete(quiet -> done.complete());
                }));
  }

  private void end() {
    stopped = true;
    attempt++;
    report.end();
    names.stop();
    close();
  }

  private void close() {
    WebSocket open = socket;
    socket = null;
    paused = false;
    if (open != null) {
      open.resume();
      open.close();
    }
  }

  @Override
  public void drained() {
    if (paused && socket != null) {
      paused = false;
      heardAt = System.nanoTime();
      socket.resume();
    }
  }

  @Override
  public void superseded() {
    end();
  }

  @Override
  public void storing(boolean works) {
    report.storing(works);
  }

  private void connect() {
    if (stopped) {
      return;
    }
    int mine = ++attempt;
    OptionalLong from = fromNow == null ? intake.resume(host.label()) : OptionalLong.empty();
    WebSocketConnectOptions options = new WebSocketConnectOptions();
    options.setHost(host.name()).setPort(host.port()).setSsl(host.ssl());
    options.setURI(wire.uri(host, from));
    options.addHeader("User-Agent", "Plenary");
    Future<WebSocket> opening = client.connect(options);
    vertx.setTimer(
        OPENING.toMillis(),
        id -> {
          if (mine == attempt && socket == null) {
            refused(new TimeoutException());
          }
        });
    opening.onComplete(
        result ->
            context.runOnContext(
                here -> {
                  if (mine != attempt) {
                    opening.onSuccess(WebSocket::close);
                  } else if (result.failed()) {
                    refused(result.cause());
                  }
                }));
    opening.onSuccess(
        open -> {
          if (mine == attempt) {
            opened(mine, open);
          }
        });
  }

  private void opened(int mine, WebSocket open) {
    socket = open;
    asked = intake.position();
    leftOut = false;
    openedAt = Instant.now();
    heardAt = System.nanoTime();
    eventAt = heardAt;
    pingedAt = heardAt;
    open.textMessageHandler(text -> heard(mine, text));
    open.binaryMessageHandler(bytes -> heard(mine, ""));
    open.pongHandler(pong -> heardAt = System.nanoTime());
    open.exceptionHandler(why -> lost(mine, why));
    open.closeHandler(closed -> lost(mine, null));
    if (connections++ > 0) {
      following.reconnected();
    }
    microsAtTick = intake.position().micros();
    tickAt = System.nanoTime();
    boolean behind =
        Duration.between(Event.instant(intake.position().micros()), openedAt).compareTo(BEHIND) > 0;
    report.connection(behind && fromNow == null ? State.REPAIRING : State.LIVE, null);
  }

  private void heard(int mine, String text) {
    if (mine != attempt) {
      return;
    }
    heardAt = System.nanoTime();
    switch (wire.read(text)) {
      case null -> {
        skipped++;
        skippedAt = heardAt;
      }
      case Event.Notice notice -> leftOut |= notice.name().equals("OutdatedCursor");
      case Event.Placed event -> {
        eventAt = heardAt;
        failures = 0;
        first(event);
        intake.take(event, host.label());
      }
    }
    if (intake.isFull() && socket != null && !paused) {
      paused = true;
      socket.pause();
    }
  }

  /** Looks whether the stream goes on where it was asked to. */
  private void first(Event.Placed event) {
    Position from = asked;
    asked = null;
    if (from == null) {
      return;
    }
    long begins = Math.min(event.micros(), Position.micros(openedAt));
    String why =
        fromNow != null
            ? fromNow
            : leftOut || from.isMissedBy(begins, pace)
                ? host.label() + " no longer had the posts of this time."
                : null;
    if (why != null) {
      Instant until = Event.instant(Math.max(event.micros(), from.micros()));
      intake.gap(Event.instant(from.micros()), until, why);
    }
    fromNow = null;
    stuckAt = null;
  }

  private void lost(int mine, @Nullable Throwable why) {
    if (mine != attempt) {
      return;
    }
    attempt++;
    close();
    if (isTooLarge(why)) {
      if (intake.position().equals(stuckAt)) {
        fromNow = host.label() + " sent a message that is too large to be read.";
      }
      stuckAt = intake.position();
    }
    again(State.CONNECTING, null, null);
  }

  private static boolean isTooLarge(@Nullable Throwable why) {
    return why != null && String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT).contains("max");
  }

  private void refused(Throwable why) {
    attempt++;
    Trouble trouble = Trouble.of(why, host.label());
    if (trouble.tooOld()) {
      fromNow = host.label() + " no longer had the posts of this time.";
      connect();
      return;
    }
    if (trouble.otherWire() && !wireGiven) {
      wire = wire.other();
      if (failures % 2 == 0) {
        failures++;
        connect();
        return;
      }
    }
    again(trouble.state(), trouble.sentence(), trouble.pause());
  }

  private void again(State state, @Nullable String sentence, @Nullable Duration wait) {
    report.connection(state, sentence);
    long usual =
        Math.min(pace.backOffMax().toMillis(), pace.backOff().toMillis() << Math.min(failures, 16));
    failures++;
    long jittered = usual / 2 + ThreadLocalRandom.current().nextLong(usual / 2 + 1);
    long millis = Math.max(jittered, wait == null ? 0 : wait.toMillis());
    vertx.setTimer(Math.max(1, millis), id -> connect());
  }

  /** Now and then: whether the stream is alive, and whether it has been caught up with. */
  private void watch() {
    WebSocket open = socket;
    long now = System.nanoTime();
    if (open == null) {
      return;
    }
    if (paused) {
      heardAt = now;
      eventAt = now;
      return;
    }
    if (now - heardAt > pace.silence().toNanos()) {
      silent("The stream of " + host.label() + " was silent; it is opened again.");
      return;
    }
    long every = intake.position().every();
    if (now - eventAt > STARVED.toNanos() && every > 0 && every < BUSY_MICROS) {
      silent("Nothing came from " + host.label() + " for a minute; it is opened again.");
      return;
    }
    long third = pace.silence().toNanos() / 3;
    if (now - heardAt > third && now - pingedAt > third) {
      pingedAt = now;
      open.writePing(Buffer.buffer("plenary"));
    }
    caughtUp(now);
  }

  private void silent(String sentence) {
    attempt++;
    close();
    again(State.CONNECTING, sentence, null);
  }

  /** Live is what is seen at once, or does not come faster than time goes by. */
  private void caughtUp(long now) {
    long sinceTick = now - tickAt;
    if (sinceTick < TimeUnit.SECONDS.toNanos(1)) {
      return;
    }
    long micros = intake.position().micros();
    Duration lag = Duration.between(Event.instant(micros), Instant.now());
    boolean live =
        report.connection() == State.LIVE
            || lag.compareTo(BEHIND) < 0
            || (micros - microsAtTick) * 500 < sinceTick;
    tickAt = now;
    microsAtTick = micros;
    boolean skippedLately = skipped > 0 && now - skippedAt < TimeUnit.MINUTES.toNanos(1);
    report.connection(
        live ? State.LIVE : State.REPAIRING,
        skippedLately
            ? "Messages of "
                + host.label()
                + " that could not be read were left out: "
                + skipped
                + " so far."
            : null);
  }
}
