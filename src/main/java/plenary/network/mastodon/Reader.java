package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.network.Connector;
import plenary.network.Following;

/**
 * Reads one account's hashtags. Everything happens on one event loop. Rounds follow one another:
 * the server is looked at, each hashtag is walked, and now and then looked back on and swept; the
 * stream runs beside them and asks for a round whenever it may have lost something.
 */
final class Reader implements Connector.Running {
  private static final Duration CHECKUP_EVERY = Duration.ofHours(1);
  private static final int PAGES_PER_TURN = 10;
  private static final int POLLS_PER_WALK = 6;
  private static final int ANSWERS_PER_WALK = 3;

  /** What a poll of a hashtag costs at most when there is news: a page, and the empty one after. */
  private static final int CALLS_PER_POLL = 2;

  private final Net net;
  private final Following following;
  private final Pace pace;
  private final Site site;
  private final Marks marks;
  private final Standing standing;
  private final Statuses statuses;
  private final Inlet inlet;
  private final Listening listening;
  private final Walk walk;
  private final Sweep sweep;
  private final Conversations conversations;
  private final Backoff backoff;
  private final Map<String, Long> lookedBack = new HashMap<>();

  private long checkedAt;
  private Set<String> asked;
  private boolean checked;
  private long sweptAt;
  private boolean sweepDue = true;
  private boolean remembered;
  private boolean running;
  private boolean repairDue;
  private boolean stopped;
  private long timer = -1;
  private long answersTimer = -1;

  Reader(Net net, Following following, Pace pace, Site site, Seen seen) {
    this.net = net;
    this.following = following;
    this.pace = pace;
    this.site = site;
    this.marks = new Marks(following.cursor());
    this.standing = new Standing(following);
    this.statuses = new Statuses(site.base(), seen);
    this.asked = statuses.follow(following.spellings());
    Lookup lookup = new Lookup(site, seen);
    this.inlet = new Inlet(net.vertx(), following, pace, new Storing());
    Arrivals arrivals = new Arrivals(statuses, seen, lookup, inlet);
    this.listening =
        new Listening(
            net, site, following, pace, arrivals, seen, standing, this::repair, () -> asked);
    this.walk = new Walk(site, marks, arrivals, following, listening::walked);
    this.sweep = new Sweep(site, following, statuses, lookup, arrivals, seen, inlet);
    this.conversations = new Conversations(site, following, seen, arrivals);
    this.backoff = new Backoff(pace.retry(), pace.retryMax());
    site.listen(this::headroom, () -> standing.waiting(site.host()));
  }

  Reader start() {
    following.state(Following.State.CONNECTING, null);
    answersTimer =
        net.vertx()
            .setPeriodic(
                Math.max(1, pace.walk().toMillis() / ANSWERS_PER_WALK),
                due -> {
                  if (checked) {
                    conversations.run();
                  }
                });
    round();
    return this;
  }

  @Override
  public void tagsChanged() {
    if (!stopped) {
      asked = statuses.follow(following.spellings());
      marks.keep(following.tags());
      lookedBack.keySet().retainAll(asked);
      listening.reopen();
      repair();
    }
  }

  @Override
  public void promptsChanged() {
    if (!stopped && checked) {
      conversations.run();
    }
  }

  @Override
  public Future<Void> stop() {
    stopped = true;
    net.vertx().cancelTimer(timer);
    net.vertx().cancelTimer(answersTimer);
    listening.stop();
    standing.end();
    site.close();
    return inlet.end();
  }

  /** Something may have been lost: reads on, looks back and asks for what is known, at once. */
  private void repair() {
    lookedBack.clear();
    sweepDue = true;
    standing.caughtUp(false);
    repairDue = true;
    if (!running && checked) {
      next(1);
    }
  }

  private void round() {
    if (stopped || running) {
      return;
    }
    running = true;
    repairDue = false;
    timer = -1;
    checkup()
        .compose(checked -> remember())
        .compose(remembered -> tags(asked.iterator(), true))
        .compose(end -> end ? sweep().map(true) : Future.succeededFuture(false))
        .onComplete(
            done -> {
              running = false;
              if (stopped) {
                return;
              }
              if (done.succeeded()) {
                ended(done.result());
              } else {
                failed(done.cause());
              }
            });
  }

  private void ended(boolean end) {
    backoff.reset();
    listening.judge();
    standing.reading(null);
    standing.caughtUp(end && !repairDue);
    next(repairDue || !end ? 1 : pause());
  }

  private void failed(Throwable cause) {
    if (cause instanceof Following.Superseded) {
      stop();
      return;
    }
    Trouble trouble = Trouble.of(cause, site.host());
    if (trouble.status() == 401 || trouble.status() == 403) {
      checked = false;
    }
    standing.reading(trouble);
    next(
        trouble.state() == Following.State.FAILED
            ? backoff.next(pace.failedRetry().toMillis())
            : backoff.next());
  }

  private void next(long pause) {
    net.vertx().cancelTimer(timer);
    timer = net.vertx().setTimer(Math.max(1, pause), t -> round());
  }

  /** Without a stream that can be relied on, the timeline is read as often as the limits allow. */
  private long pause() {
    if (listening.isLive()) {
      return pace.walk().toMillis();
    }
    long affordable = CALLS_PER_POLL * asked.size() * pace.pageEvery().toMillis();
    return Math.max(pace.walk().toMillis() / POLLS_PER_WALK, affordable);
  }

  private Future<Void> checkup() {
    if (checked && !isDue(checkedAt, CHECKUP_EVERY)) {
      return Future.succeededFuture();
    }
    return Checkup.of(site)
        .map(
            found -> {
              checked = true;
              checkedAt = System.nanoTime();
              statuses.domain(found.domain());
              standing.warnings(found.warnings());
              if (!stopped) {
                listening.at(site.token() == null ? null : found.streaming());
              }
              return null;
            });
  }

  private Future<Void> remember() {
    if (remembered) {
      return Future.succeededFuture();
    }
    return sweep.remember().onSuccess(done -> remembered = true);
  }

  /** Walks one hashtag after the other; what is wrong with one of them alone stops no other. */
  private Future<Boolean> tags(Iterator<String> tags, boolean end) {
    if (!tags.hasNext() || stopped) {
      return Future.succeededFuture(end);
    }
    String tag = tags.next();
    Promise<Boolean> done = Promise.promise();
    walk.forward(tag, PAGES_PER_TURN)
        .compose(reached -> reached ? lookBack(tag).map(true) : Future.succeededFuture(false))
        .onComplete(
            read -> {
              @Nullable Trouble own = own(read.cause());
              if (read.failed() && own == null) {
                done.fail(read.cause());
                return;
              }
              standing.hashtag(tag, own);
              tags(tags, end && (own != null || read.result())).onComplete(done);
            });
    return done.future();
  }

  /** The trouble that is the hashtag's own. */
  private static @Nullable Trouble own(@Nullable Throwable cause) {
    Set<Integer> statuses = Set.of(400, 404, 422);
    return cause instanceof Trouble trouble && statuses.contains(trouble.status()) ? trouble : null;
  }

  private Future<Void> lookBack(String tag) {
    Long at = lookedBack.get(tag);
    if (at != null && !isDue(at, pace.lookBack())) {
      return Future.succeededFuture();
    }
    lookedBack.put(tag, System.nanoTime());
    return walk.lookBack(tag).onFailure(e -> lookedBack.remove(tag));
  }

  private Future<Void> sweep() {
    if (sweepDue || isDue(sweptAt, pace.sweep())) {
      sweep.restart();
      sweepDue = false;
      sweptAt = System.nanoTime();
    } else if (!sweep.isUnfinished()) {
      return Future.succeededFuture();
    }
    return sweep.run(() -> repairDue).onFailure(e -> sweepDue = true);
  }

  private static boolean isDue(long since, Duration every) {
    return System.nanoTime() - since >= every.toNanos();
  }

  private void headroom(long remaining, long limit, Instant resets) {
    if (!stopped) {
      following.headroom(remaining, limit, resets);
    }
  }

  private final class Storing implements Inlet.Watcher {
    @Override
    public void storing(boolean works) {
      standing.storing(works);
    }

    @Override
    public void superseded() {
      stop();
    }
  }
}
