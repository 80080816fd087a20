package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.Tags;

/**
 * Applies news in memory as the inbox promises to: a post once, whatever it came through; only what
 * is newer counts; tombstones that a late post finds; a writer who is gone is not shown; an edit
 * that takes the hashtag away takes the post away; cursor and news together or not at all.
 *
 * <p>It outlives connectors: a take-over is {@link #takeOver}, after which the {@link Following} of
 * before is superseded. Faults are set by the test. Safe for use by several threads.
 */
public final class MemoryInbox {
  /** What may go wrong with a call of {@code accept}. */
  public enum Fault {
    NONE,
    /** The database is away: nothing is stored. */
    LOST,
    /** Everything is stored, and the answer does not arrive. */
    UNANSWERED,
    /** A broken inbox, as a negative control: the cursor is stored, the news are not. */
    CURSOR_ONLY
  }

  /** A stretch in which something may be missing. */
  public record Gap(Instant from, Instant until, String why) {}

  /** What the connector said of itself. */
  public record Told(Following.State state, @Nullable String sentence) {}

  private final Vertx vertx;
  private final Account account;
  private final Set<String> tags = ConcurrentHashMap.newKeySet();

  private volatile Set<String> spellings = Set.of();
  private volatile Set<Following.Prompt> prompts = Set.of();
  private final Map<String, Post> posts = new HashMap<>();
  private final Map<String, Long> revisions = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final Set<String> gone = new HashSet<>();
  private final Map<String, Post.Writer> names = new HashMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private @Nullable JsonObject cursor;
  private int fence;
  private int busy;
  private int reconnects;
  private int accepted;
  private long spent;
  private long budget = Long.MAX_VALUE;
  private Function<Integer, Fault> faults = call -> Fault.NONE;
  private Duration delay = Duration.ZERO;
  private @Nullable Duration lag;

  public MemoryInbox(Vertx vertx, Account account, String... tags) {
    this.vertx = vertx;
    this.account = account;
    follow(tags);
  }

  /** Follows these hashtags and no others. */
  public void follow(String... wanted) {
    spellings = Tags.spellings(List.of(wanted));
    Set<String> keys = new HashSet<>();
    for (String tag : wanted) {
      keys.add(Tags.key(tag));
    }
    tags.addAll(keys);
    tags.retainAll(keys);
  }

  /** Reads for answers to these posts of ours too. */
  public synchronized void ask(Following.Prompt... posted) {
    prompts = Set.of(posted);
  }

  /** What a connector works with from now on; the one before is superseded. */
  public synchronized Following takeOver() {
    fence++;
    busy = 0;
    return new View(fence);
  }

  /** What happens to the call of that number, counted from 1. */
  public synchronized void faults(Function<Integer, Fault> chosen) {
    faults = chosen;
  }

  /** How long a call takes from now on. */
  public synchronized void delay(Duration chosen) {
    delay = chosen;
  }

  public synchronized void budget(long micros) {
    budget = micros;
  }

  /** The posts that are shown, by id, with their texts. */
  public synchronized TreeMap<String, String> shown() {
    TreeMap<String, String> shown = new TreeMap<>();
    posts.forEach(
        (id, post) -> {
          if (isShown(post)) {
            shown.put(id, post.text());
          }
        });
    return shown;
  }

  public Account account() {
    return account;
  }

  /** Whether a post stands, followed or not. */
  public synchronized boolean knows(String id) {
    return posts.containsKey(id);
  }

  public synchronized int stored() {
    return posts.size();
  }

  public synchronized @Nullable Post post(String id) {
    return posts.get(id);
  }

  /** The writer of a post as they are called now. */
  public synchronized @Nullable String handle(String writer) {
    Post.Writer named = names.get(writer);
    return named == null ? null : named.handle();
  }

  public synchronized @Nullable JsonObject cursor() {
    return cursor == null ? null : cursor.copy();
  }

  public synchronized void cursor(@Nullable JsonObject chosen) {
    cursor = chosen == null ? null : chosen.copy();
  }

  public synchronized List<Gap> gaps() {
    return List.copyOf(gaps);
  }

  public synchronized List<Told> told() {
    return List.copyOf(told);
  }

  public synchronized @Nullable Told last() {
    return told.isEmpty() ? null : told.getLast();
  }

  /** Sizes of the batches that were stored. */
  public synchronized List<Integer> batches() {
    return List.copyOf(batches);
  }

  public synchronized int reconnects() {
    return reconnects;
  }

  /** How many calls of {@code accept} there were. */
  public synchronized int accepted() {
    return accepted;
  }

  public synchronized @Nullable Duration lag() {
    return lag;
  }

  private boolean isShown(Post post) {
    return followed(post) && !deleted.contains(post.id()) && !gone.contains(post.writer().id());
  }

  private boolean followed(Post post) {
    return post.tags().stream().map(Tags::key).anyMatch(tags::contains)
        || prompts.stream()
            .map(Following.Prompt::id)
            .anyMatch(id -> id.equals(post.replyTo()) || id.equals(post.thread()));
  }

  private void apply(News news) {
    switch (news) {
      case News.Wrote wrote -> wrote(wrote.post());
      case News.Deleted delete -> deleted(delete);
      case News.Writer writer -> {
        if (writer.gone()) {
          gone.add(writer.id());
        } else {
          gone.remove(writer.id());
        }
      }
      case News.Named named -> names.put(named.writer().id(), named.writer());
    }
  }

  private void wrote(Post post) {
    Long had = revisions.get(post.id());
    if (had == null && !followed(post) || had != null && post.revision() <= had) {
      return;
    }
    revisions.put(post.id(), post.revision());
    deleted.remove(post.id());
    posts.put(post.id(), post);
    if (!post.writer().handle().equals(post.writer().id())) {
      names.put(post.writer().id(), post.writer());
    }
  }

  private void deleted(News.Deleted news) {
    Long had = revisions.get(news.id());
    if (had == null && !news.remember() || had != null && news.revision() < had) {
      return;
    }
    revisions.put(news.id(), news.revision());
    deleted.add(news.id());
    posts.remove(news.id());
  }

  private synchronized @Nullable Throwable store(
      int as, List<News> news, @Nullable JsonObject next) {
    if (as != fence) {
      return new Following.Superseded();
    }
    Fault fault = faults.apply(++accepted);
    if (fault == Fault.LOST) {
      return new IllegalStateException("the database is away");
    }
    if (fault != Fault.CURSOR_ONLY) {
      news.forEach(this::apply);
    }
    if (next != null) {
      cursor = next.copy();
    }
    batches.add(news.size());
    return fault == Fault.NONE ? null : new IllegalStateException("no answer");
  }

  private final class View implements Following {
    private final int as;

    View(int as) {
      this.as = as;
    }

    @Override
    public Account account() {
      return account;
    }

    @Override
    public Set<String> tags() {
      return Set.copyOf(tags);
    }

    @Override
    public Set<String> spellings() {
      return Set.copyOf(spellings);
    }

    @Override
    public Set<Prompt> prompts() {
      return prompts;
    }

    @Override
    public @Nullable JsonObject cursor() {
      return MemoryInbox.this.cursor();
    }

    @Override
    public Future<Void> accept(List<News> news, @Nullable JsonObject next) {
      if (news.size() > BATCH_MAX) {
        return Future.failedFuture(new AssertionError(news.size() + " news in one call"));
      }
      List<News> copy = List.copyOf(news);
      long wait;
      synchronized (MemoryInbox.this) {
        if (as == fence && busy++ > 0) {
          return Future.failedFuture(new AssertionError("two calls of accept at a time"));
        }
        wait = delay.toMillis();
      }
      Future<?> waited = wait == 0 ? Future.succeededFuture() : vertx.timer(wait).mapEmpty();
      return waited.compose(
          done -> {
            Throwable wrong = store(as, copy, next);
            synchronized (MemoryInbox.this) {
              if (as == fence) {
                busy--;
              }
            }
            return wrong == null ? Future.succeededFuture() : Future.failedFuture(wrong);
          });
    }

    @Override
    public Future<Void> gap(Instant from, Instant until, String why) {
      synchronized (MemoryInbox.this) {
        gaps.add(new Gap(from, until, why));
      }
      return Future.succeededFuture();
    }

    @Override
    public Future<List<Known>> known(Instant since, int limit) {
      synchronized (MemoryInbox.this) {
        return Future.succeededFuture(
            posts.values().stream()
                .filter(post -> !post.postedAt().isBefore(since))
                .sorted(Comparator.comparing(Post::postedAt).reversed())
                .limit(limit)
                .map(post -> new Known(post.id(), post.local(), post.revision(), post.postedAt()))
                .toList());
      }
    }

    @Override
    public void state(State state, @Nullable String sentence) {
      synchronized (MemoryInbox.this) {
        if (as == fence) {
          told.add(new Told(state, sentence));
        }
      }
    }

    @Override
    public void reconnected() {
      synchronized (MemoryInbox.this) {
        reconnects++;
      }
    }

    @Override
    public void lag(Duration now) {
      synchronized (MemoryInbox.this) {
        lag = now;
      }
    }

    @Override
    public void headroom(long remaining, long limit, Instant resetsAt) {
      // Nothing to hold it against.
    }

    @Override
    public Future<Boolean> spend(long micros) {
      synchronized (MemoryInbox.this) {
        boolean within = spent + micros <= budget;
        spent += within ? micros : 0;
        return Future.succeededFuture(within);
      }
    }
  }
}
