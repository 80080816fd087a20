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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import plenary.network.Connector;
import plenary.network.Following;
import plenary.network.Following.State;
import plenary.network.Hosts;

/**
 * Reads one Jetstream for an account: connects, watches, and connects again for ever. Runs on one
 * event loop; only {@link #stop} and {@link #tagsChanged} may be called from elsewhere.
 */
final class Reading implements Connector.Running, Intake.Owner {
  private static final Duration OPENING = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final Context context;
  private final WebSocketClient client;
  private final Hosts hosts;
  private final Following following;
  private final Pace pace;
  private final Addresses.Host host;
  private final Report report;
  private final Names names;
  private final Intake intake;
  private final Seam seam;
  private final Vitals vitals;
  private final boolean wireGiven;

  private Wire wire;
  private @Nullable WebSocket socket;
  private boolean stopped;
  private boolean paused;
  private int attempt;
  private int failures;
  private int connections;

  Reading(
      Vertx vertx,
      Context context,
      WebSocketClient client,
      Hosts hosts,
      Xrpc xrpc,
      Following following,
      Addresses.Host host,
      Pace pace) {
    this.vertx = vertx;
    this.context = context;
    this.client = client;
    this.hosts = hosts;
    this.following = following;
    this.host = host;
    this.pace = pace;
    report = new Report(following);
    names = new Names(xrpc, Addresses.appview(following.account()), context);
    intake = new Intake(following, context, pace, names, this);
    seam = new Seam(intake, pace, host.label());
    vitals = new Vitals(pace, host.label());
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
  public void promptsChanged() {
    tagsChanged();
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
    intake.stop();
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
      vitals.awake();
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
    WebSocketConnectOptions options = new WebSocketConnectOptions();
    options.setHost(host.name()).setPort(host.port()).setSsl(host.ssl());
    options.setURI(wire.uri(host, seam.from()));
    options.addHeader("User-Agent", "Plenary");
    Future<WebSocket> opening =
        hosts
            .find(host.name(), host.port())
            .compose(
                found -> {
                  options.setServer(found);
                  return client.connect(options);
                });
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
    seam.opened();
    vitals.opened(intake.position());
    open.textMessageHandler(text -> heard(mine, text));
    open.binaryMessageHandler(bytes -> heard(mine, ""));
    open.pongHandler(pong -> vitals.heard());
    open.exceptionHandler(why -> lost(mine, why));
    open.closeHandler(closed -> lost(mine, null));
    if (connections++ > 0) {
      following.reconnected();
    }
    boolean behind = Vitals.isBehind(intake.position()) && seam.from().isPresent();
    report.connection(behind ? State.REPAIRING : State.LIVE, null);
  }

  private void heard(int mine, String text) {
    if (mine != attempt) {
      return;
    }
    vitals.heard();
    switch (wire.read(text)) {
      case null -> vitals.unreadable();
      case Event.Notice notice -> {
        if (notice.name().equals("OutdatedCursor")) {
          seam.leftOut();
        }
      }
      case Event.Placed event -> {
        vitals.event();
        failures = 0;
        seam.event(event);
        intake.take(event, host.label());
      }
    }
    if (intake.isFull() && socket != null && !paused) {
      paused = true;
      socket.pause();
    }
  }

  private void lost(int mine, @Nullable Throwable why) {
    if (mine != attempt) {
      return;
    }
    attempt++;
    close();
    if (isTooLarge(why)) {
      seam.tooLarge();
    }
    again(State.CONNECTING, null, null);
  }

  private static boolean isTooLarge(@Nullable Throwable why) {
    return why != null && String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT).contains("max");
  }

  private void refused(Throwable why) {
    attempt++;
    Trouble trouble = Trouble.of(why, host.label());
    if (trouble.tooOld() && seam.tooOld()) {
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
    if (open == null) {
      return;
    }
    if (paused) {
      vitals.awake();
      return;
    }
    Position at = intake.position();
    String dead = vitals.dead(at);
    if (dead != null) {
      attempt++;
      close();
      again(State.CONNECTING, dead, null);
      return;
    }
    if (vitals.pings()) {
      open.writePing(Buffer.buffer("plenary"));
    }
    if (vitals.checks()) {
      boolean live = vitals.isLive(at) || report.connection() == State.LIVE;
      report.connection(live ? State.LIVE : State.REPAIRING, vitals.leftOut());
    }
  }
}
