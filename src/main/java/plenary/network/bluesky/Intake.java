package plenary.network.bluesky;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.Tags;
import plenary.network.Following;
import plenary.network.News;
import plenary.network.Post;

/**
 * Makes news of events and brings them into the inbox, in order, together with the position up to
 * which the stream has been read. Runs on one event loop.
 *
 * <p>Posts without a followed hashtag that answer no prompt are left out, except edited ones: an
 * edit may have taken the hashtag away. Every deletion is passed on, there being some 20 a second
 * on the whole network, since nobody here knows which posts are stored; none has to be remembered,
 * since a deletion that comes before its post is met by {@link Recent}, and after a take-over by
 * the rewind.
 */
final class Intake {
  /** So many wait at most; then nothing is read until they are fewer. */
  private static final int FULL = 2 * Following.BATCH_MAX;

  private final Following following;
  private final Context context;
  private final Pace pace;
  private final Names names;
  private final Owner owner;
  private final Recent recent = new Recent();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final ArrayDeque<Gap> gaps = new ArrayDeque<>();

  private Set<String> tags;
  private Set<String> prompts;
  private Position position;
  private Position stored;
  private @Nullable Future<?> underWay;
  private long storedAt = System.nanoTime();
  private long notBefore = System.nanoTime();
  private int failures;
  private boolean stopped;

  private record Waiting(News news, Position at) {}

  private record Gap(Instant from, Instant until, String why) {}

  /** Who reads the stream. */
  interface Owner {
    /** There is room again. */
    void drained();

    /** Another node reads it now. */
    void superseded();

    /** Whether the inbox takes news at the moment. */
    void storing(boolean works);
  }

  Intake(Following following, Context context, Pace pace, Names names, Owner owner) {
    this.following = following;
    this.context = context;
    this.pace = pace;
    this.names = names;
    this.owner = owner;
    tags = following.tags();
    prompts = prompts();
    position = Position.stored(following.cursor());
    stored = position;
    names.tell(named -> add(named));
  }

  void tagsChanged() {
    tags = following.tags();
    prompts = prompts();
  }

  private Set<String> prompts() {
    return following.prompts().stream()
        .map(Following.Prompt::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  Position position() {
    return position;
  }

  /** Begins here, where nothing was stored. */
  void begin(Instant now, String server) {
    position = new Position(Position.micros(now), 0, server);
  }

  OptionalLong resume(String server) {
    return position.resume(server, pace);
  }

  boolean isFull() {
    return waiting.size() >= FULL;
  }

  /** Something is missing; said before anything after it is stored. */
  void gap(Instant from, Instant until, String why) {
    gaps.add(new Gap(from, until, why));
  }

  void take(Event.Placed event, String server) {
    position = position.after(event.micros(), server);
    switch (event) {
      case Event.Commit commit -> commit(commit);
      case Event.Standing standing -> add(new News.Writer(standing.did(), standing.gone()));
      case Event.Identity identity -> names.changed(identity.did(), identity.handle());
      case Event.Other ignored -> {
        // Only its place counts.
      }
    }
    if (waiting.size() >= Following.BATCH_MAX) {
      store();
    }
  }

  private void commit(Event.Commit commit) {
    String id = Syntax.post(commit.did(), commit.key());
    long revision = Tid.decode(commit.rev()).orElse(commit.micros() << 10);
    JsonObject value = commit.value();
    if (commit.operation() == Event.Operation.DELETE || value == null) {
      recent.saw(id, revision);
      add(new News.Deleted(id, revision, false));
      return;
    }
    if (recent.isOutdated(id, revision)) {
      return;
    }
    boolean edited = commit.operation() == Event.Operation.UPDATE;
    if (edited) {
      recent.saw(id, revision);
    }
    Post post = PostRecord.read(commit, revision, value, names.writer(commit.did()));
    boolean followed =
        post.tags().stream().map(Tags::key).anyMatch(tags::contains)
            || prompts.contains(String.valueOf(post.thread()))
            || prompts.contains(String.valueOf(post.replyTo()));
    if (followed) {
      names.want(commit.did());
    }
    if (followed || edited) {
      add(new News.Wrote(post));
    }
  }

  private void add(News news) {
    waiting.add(new Waiting(news, position));
  }

  /** Now and then: stores what is due. */
  void tick() {
    boolean cursorDue =
        !position.equals(stored) && System.nanoTime() - storedAt >= pace.cursor().toNanos();
    if (!gaps.isEmpty() || !waiting.isEmpty() || cursorDue) {
      store();
    }
  }

  /** Stores nothing more. */
  void stop() {
    stopped = true;
  }

  /** What is being stored, if anything is. */
  Future<?> quiet() {
    return underWay == null ? Future.succeededFuture() : underWay.otherwiseEmpty();
  }

  private void store() {
    if (stopped || underWay != null || System.nanoTime() - notBefore < 0) {
      return;
    }
    Gap gap = gaps.peek();
    if (gap != null) {
      send(following.gap(gap.from(), gap.until(), gap.why()), gaps::remove);
      return;
    }
    List<News> news = new ArrayList<>();
    Position upTo = position;
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      if (news.size() == Following.BATCH_MAX) {
        break;
      }
      news.add(next.news());
      upTo = all.hasNext() ? next.at() : position;
    }
    Position reached = upTo;
    send(
        following.accept(news, reached.isNone() ? null : reached.cursor()),
        () -> stored(news.size(), reached));
  }

  private void send(Future<Void> call, Runnable done) {
    underWay = call;
    call.onComplete(result -> context.runOnContext(here -> sent(result, done)));
  }

  private void sent(AsyncResult<Void> result, Runnable done) {
    underWay = null;
    if (stopped) {
      return;
    }
    if (result.cause() instanceof Following.Superseded) {
      owner.superseded();
      return;
    }
    if (result.failed()) {
      long wait = Math.min(30_000, 250L << Math.min(failures, 10));
      failures++;
      notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
      owner.storing(false);
      return;
    }
    failures = 0;
    owner.storing(true);
    done.run();
    if (!gaps.isEmpty() || waiting.size() >= Following.BATCH_MAX) {
      store();
    }
  }

  private void stored(int count, Position reached) {
    for (int i = 0; i < count; i++) {
      waiting.remove();
    }
    stored = reached;
    storedAt = System.nanoTime();
    Duration lag = Duration.between(Event.instant(position.micros()), Instant.now());
    if (!position.isNone()) {
      following.lag(lag.isNegative() ? Duration.ZERO : lag);
    }
    if (!isFull()) {
      owner.drained();
    }
  }
}
