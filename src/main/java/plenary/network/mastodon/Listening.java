package plenary.network.mastodon;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plenary.network.Following;

/**
 * Keeps a stream open, for ever: opens it again with growing pauses, and holds it against what the
 * walk finds. A stream may be dead and look alive (mastodon issue 25157), and it leaves out posts
 * in languages that the account does not read.
 */
final class Listening implements Stream.Ear {
  private static final int QUIET_FAILURES = 3;

  /** After so many rounds in which the stream had everything, what it left out is forgotten. */
  private static final int CLEAN_ROUNDS = 30;

  private final Net net;
  private final Site site;
  private final Following following;
  private final Pace pace;
  private final Arrivals arrivals;
  private final Seen seen;
  private final Standing standing;
  private final Runnable repair;
  private final Supplier<Set<String>> asked;
  private final Backoff backoff;

  private @Nullable URI address;
  private @Nullable Stream stream;
  private int attempt;
  private long timer = -1;
  private boolean stopped;
  private boolean opening;
  private boolean opened;
  private boolean live;
  private Instant since = Instant.MAX;
  private int heard;
  private int deaths;
  private int clean;
  private boolean incomplete;
  private final Set<String> missed = new TreeSet<>();

  Listening(
      Net net,
      Site site,
      Following following,
      Pace pace,
      Arrivals arrivals,
      Seen seen,
      Standing standing,
      Runnable repair,
      Supplier<Set<String>> asked) {
    this.net = net;
    this.site = site;
    this.following = following;
    this.pace = pace;
    this.arrivals = arrivals;
    this.seen = seen;
    this.standing = standing;
    this.repair = repair;
    this.asked = asked;
    this.backoff = new Backoff(pace.retry(), pace.retryMax());
  }

  /** Whether the stream can be relied on for what is new. */
  boolean isLive() {
    return live && deaths < 2;
  }

  /** Where the server streams; opens the stream unless it is open, or about to be. */
  void at(@Nullable URI told) {
    address = told;
    if (told == null) {
      standing.stream(site.host() + " does not stream: it is asked again and again instead.");
      standing.connecting(false);
    } else if (stream == null && !opening && timer < 0) {
      open();
    }
  }

  /** Other hashtags. */
  void reopen() {
    if (address != null) {
      net.vertx().cancelTimer(timer);
      drop();
      open();
    }
  }

  void stop() {
    stopped = true;
    net.vertx().cancelTimer(timer);
    drop();
  }

  private void drop() {
    attempt++;
    opening = false;
    live = false;
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }

  private void open() {
    Set<String> tags = asked.get();
    timer = -1;
    if (stopped || address == null || tags.isEmpty()) {
      standing.connecting(false);
      return;
    }
    opening = true;
    int mine = ++attempt;
    Stream.open(net, address, site.token(), tags, pace, this)
        .onComplete(
            done -> {
              if (mine != attempt || stopped) {
                if (done.succeeded()) {
                  done.result().close();
                }
              } else if (done.succeeded()) {
                opened(done.result());
              } else {
                opening = false;
                again(Trouble.of(done.cause(), site.host()));
              }
            });
  }

  private void opened(Stream now) {
    opening = false;
    stream = now;
    live = true;
    heard = 0;
    missed.clear();
    since = site.now();
    if (opened) {
      following.reconnected();
    }
    opened = true;
    standing.connecting(false);
    if (deaths < 2) {
      incomplete = false;
      standing.stream(null);
    }
    repair.run();
  }

  /** Opens it again, later. Meanwhile the timeline is read more often. */
  private void again(Trouble why) {
    boolean lasting = why.state() == Following.State.FAILED;
    long pause = lasting ? backoff.next(pace.failedRetry().toMillis()) : backoff.next();
    boolean quiet = !lasting && backoff.failures() < QUIET_FAILURES && opened;
    standing.connecting(quiet);
    if (!quiet) {
      standing.stream(
          "Posts are read with some delay, for the stream cannot be opened: " + why.sentence());
    }
    timer = net.vertx().setTimer(pause, t -> open());
  }

  @Override
  public void ended(Trouble why) {
    if (stopped) {
      return;
    }
    drop();
    again(why);
    repair.run();
  }

  @Override
  public void heard(String event, String payload) {
    if (stopped) {
      return;
    }
    switch (event) {
      case "update", "status.update" -> status(payload, event.equals("update"));
      case "delete" -> {
        String number = payload.strip();
        if (Lookup.isNumber(number) && !arrivals.deleted(number)) {
          repair.run();
        }
      }
      default -> {
        // Of no account: notifications, changed filters, announcements.
      }
    }
  }

  private void status(String payload, boolean created) {
    JsonObject status;
    try {
      status = new JsonObject(payload);
    } catch (DecodeException | ClassCastException e) {
      return;
    }
    heard++;
    deaths = 0;
    backoff.reset();
    arrivals
        .streamed(status)
        .onSuccess(
            room -> {
              if (!room) {
                repair.run();
              }
            });
    @Nullable Instant written = created ? Times.instant(status.getString("created_at")) : null;
    if (written != null) {
      Duration lag = Duration.between(written, site.now());
      following.lag(lag.isNegative() ? Duration.ZERO : lag);
    }
  }

  /** The walk found it: has the stream brought it too? */
  void walked(JsonObject status) {
    @Nullable Instant written = Times.instant(status.getString("created_at"));
    boolean due =
        live
            && written != null
            && written.isAfter(since.plus(pace.settle()))
            && written.isBefore(site.now().minus(pace.settle()))
            && status.getValue("edited_at") == null;
    if (due && !seen.hasStreamed(status.getString("id"))) {
      String language = status.getString("language");
      missed.add(language == null ? "?" : language);
    }
  }

  /** Judges the stream by what the walk found. */
  void judge() {
    if (missed.isEmpty() || !live) {
      clean++;
      if (incomplete && clean > CLEAN_ROUNDS) {
        incomplete = false;
        standing.stream(null);
      }
      return;
    }
    clean = 0;
    if (heard > 0) {
      incomplete = true;
      standing.stream(
          "The stream of "
              + site.host()
              + " leaves out posts ("
              + String.join(", ", missed)
              + "), which are read a minute later: let the account show posts in all languages.");
      missed.clear();
      return;
    }
    deaths++;
    if (deaths >= 2) {
      standing.stream(
          "The stream of "
              + site.host()
              + " is open and brings nothing: it is asked again and again instead.");
    }
    missed.clear();
    drop();
    following.reconnected();
    timer = net.vertx().setTimer(backoff.next(), t -> open());
  }
}
