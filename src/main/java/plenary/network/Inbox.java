package plenary.network;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Times;
import plenary.hashtag.Tags;

/**
 * Where the news of one account's connector are stored, as long as this node is the one that reads
 * with it. Everything completes on the connector's event loop.
 */
final class Inbox implements Following {
  private static final String OFF = "off";

  private final Database database;
  private final Context context;
  private final Account account;
  private final long fence;
  private final InstantSource time;
  private final NetworkMeters meters;
  private final Consumer<UUID> stored;
  private final JsonObject figures = new JsonObject();
  private volatile Scope scope = Scope.NOTHING;
  private @Nullable JsonObject cursor;
  private State state = State.CONNECTING;
  private @Nullable String sentence;
  private boolean changed = true;

  /**
   * @param fence the number this node was given with the lease
   * @param figures as they were told last
   * @param stored is told the meeting whose posts changed
   */
  Inbox(
      Database database,
      Context context,
      AccountStore.Kept kept,
      AccountStore.Taken taken,
      InstantSource time,
      NetworkMeters meters,
      Consumer<UUID> stored) {
    this.database = database;
    this.context = context;
    this.account = kept.account();
    this.fence = taken.fence();
    this.cursor = taken.cursor();
    this.time = time;
    this.meters = meters;
    this.stored = stored;
    figures.mergeIn(kept.figures());
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public Set<String> tags() {
    return scope.keys();
  }

  @Override
  public Set<String> spellings() {
    return scope.spellings();
  }

  @Override
  public Set<Prompt> prompts() {
    return scope.prompts();
  }

  Scope scope() {
    return scope;
  }

  /** Reads for something else from now on. */
  void scope(Scope now) {
    changed |= now.isNothing() != scope.isNothing();
    scope = now;
  }

  @Override
  public @Nullable JsonObject cursor() {
    return cursor == null ? null : cursor.copy();
  }

  @Override
  public Future<Void> accept(List<News> news, @Nullable JsonObject next) {
    if (news.size() > BATCH_MAX) {
      throw new IllegalArgumentException(news.size() + " news in one batch");
    }
    JsonObject kept = next == null ? null : next.copy();
    Digest digest = Digest.of(news);
    Set<String> now = tags();
    return here(
        database
            .transaction(sql -> store(sql, digest, now, kept))
            .map(
                counts -> {
                  if (kept != null) {
                    cursor = kept;
                  }
                  meters.posts(account.network(), counts.fresh(), counts.changed());
                  if (counts.fresh() + counts.changed() > 0 || counts.touched()) {
                    stored.accept(account.meeting());
                  }
                  return null;
                }));
  }

  private record Counts(int fresh, int changed, boolean touched) {}

  private Future<Counts> store(
      SqlConnection sql, Digest digest, Set<String> now, @Nullable JsonObject next) {
    Network network = account.network();
    Instant at = time.instant();
    Set<String> followed = new HashSet<>();
    for (Post post : digest.posts()) {
      if (post.tags().stream().map(Tags::key).anyMatch(now::contains) || answers(post)) {
        followed.add(post.id());
      }
    }
    List<UUID> touched = new ArrayList<>();
    return AccountStore.advance(sql, account.id(), fence, next)
        .compose(
            mine -> {
              if (!mine) {
                throw new Superseded();
              }
              return PostStore.write(sql, network, digest.posts(), followed, at);
            })
        .compose(
            written -> {
              touched.addAll(written.posts());
              return PostStore.delete(sql, network, digest.deletions(true), true, at)
                  .compose(gone -> also(touched, gone))
                  .compose(
                      done -> PostStore.delete(sql, network, digest.deletions(false), false, at))
                  .compose(gone -> also(touched, gone))
                  .compose(done -> PostStore.writers(sql, network, digest.gone(), true, at))
                  .compose(gone -> also(touched, gone))
                  .compose(done -> PostStore.writers(sql, network, digest.back(), false, at))
                  .compose(gone -> also(touched, gone))
                  .compose(done -> PostStore.renamed(sql, written.posts()))
                  .compose(others -> also(touched, others))
                  .compose(done -> named(sql, digest, touched))
                  .compose(
                      done -> PostStore.due(sql, account.meeting(), network, followed, touched))
                  .map(
                      done ->
                          new Counts(
                              written.fresh(),
                              touched.size() - written.fresh(),
                              !followed.isEmpty()));
            });
  }

  private Future<Void> named(SqlConnection sql, Digest digest, List<UUID> touched) {
    Future<Void> done = Future.succeededFuture();
    for (Post.Writer writer : digest.named()) {
      done =
          done.compose(before -> PostStore.named(sql, account.network(), writer))
              .compose(posts -> also(touched, posts));
    }
    return done;
  }

  private static Future<Void> also(List<UUID> touched, Collection<UUID> more) {
    touched.addAll(more);
    return Future.succeededFuture();
  }

  /**
   * News of one batch with the last word on each post and writer, so that one statement can take
   * all of them.
   */
  private record Digest(
      Map<String, News> last, Map<String, Boolean> writers, Map<String, Post.Writer> names) {
    static Digest of(List<News> news) {
      Digest digest =
          new Digest(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
      for (News each : news) {
        switch (each) {
          case News.Wrote wrote -> digest.last.merge(wrote.post().id(), wrote, Digest::later);
          case News.Deleted deleted -> digest.last.merge(deleted.id(), deleted, Digest::later);
          case News.Writer writer -> digest.writers.put(writer.id(), writer.gone());
          case News.Named named -> digest.names.put(named.writer().id(), named.writer());
        }
      }
      return digest;
    }

    /** The newer one; of a deletion and a text of the same revision, the deletion. */
    private static News later(News one, News other) {
      int order = Long.compare(revision(one), revision(other));
      return order > 0 || (order == 0 && one instanceof News.Deleted) ? one : other;
    }

    private static long revision(News news) {
      return switch (news) {
        case News.Wrote wrote -> wrote.post().revision();
        case News.Deleted deleted -> deleted.revision();
        case News.Writer _, News.Named _ -> throw new IllegalArgumentException("not of a post");
      };
    }

    List<Post> posts() {
      return last.values().stream()
          .filter(News.Wrote.class::isInstance)
          .map(each -> ((News.Wrote) each).post())
          .toList();
    }

    List<News.Deleted> deletions(boolean remember) {
      return last.values().stream()
          .filter(News.Deleted.class::isInstance)
          .map(News.Deleted.class::cast)
          .filter(each -> each.remember() == remember)
          .toList();
    }

    List<String> gone() {
      return writers.entrySet().stream()
          .filter(Map.Entry::getValue)
          .map(Map.Entry::getKey)
          .toList();
    }

    List<String> back() {
      return writers.entrySet().stream()
          .filter(each -> !each.getValue())
          .map(Map.Entry::getKey)
          .toList();
    }

    Collection<Post.Writer> named() {
      return names.values();
    }
  }

  @Override
  public Future<Void> gap(Instant from, Instant until, String why) {
    meters.gap(account.network());
    figure("gaps", figures.getLong("gaps", 0L) + 1);
    return here(PostStore.gap(database.pool(), account, from, until, why));
  }

  @Override
  public Future<List<Known>> known(Instant since, int limit) {
    return here(
        PostStore.known(database.pool(), account.meeting(), account.network(), since, limit));
  }

  @Override
  public void state(State now, @Nullable String why) {
    if (state != now || !Objects.equals(sentence, why)) {
      state = now;
      sentence = why;
      changed = true;
    }
  }

  @Override
  public void reconnected() {
    meters.reconnected(account.network());
    figure("reconnects", figures.getLong("reconnects", 0L) + 1);
  }

  @Override
  public void lag(Duration lag) {
    meters.lag(account, lag);
    figure("lagMs", lag.toMillis());
  }

  @Override
  public void headroom(long remaining, long limit, Instant resetsAt) {
    meters.headroom(account, remaining);
    figure(
        "headroom",
        new JsonObject()
            .put("remaining", remaining)
            .put("limit", limit)
            .put("resetsAt", Times.text(resetsAt)));
  }

  @Override
  public Future<Boolean> spend(long micros) {
    LocalDate month = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC).withDayOfMonth(1);
    long cap = account.settings().getLong("capMicros", 0L);
    return here(
        AccountStore.spend(database.pool(), account.id(), month, micros, cap)
            .map(
                spent -> {
                  spent.ifPresent(total -> meters.spent(account, total));
                  return spent.isPresent();
                }));
  }

  private void figure(String name, Object value) {
    figures.put(name, value);
    changed = true;
  }

  /** What is only watched is off for everybody, unless it cannot be watched. */
  private String shown() {
    return scope.isNothing() && state != State.FAILED ? OFF : state.name().toLowerCase(Locale.ROOT);
  }

  /** Writes down how it goes, when that changed. */
  Future<Void> tell() {
    if (!changed) {
      return Future.succeededFuture();
    }
    changed = false;
    return AccountStore.tell(
            database.pool(),
            account.id(),
            fence,
            shown(),
            shown().equals(OFF) ? null : sentence,
            figures.copy(),
            time.instant())
        .onFailure(error -> changed = true);
  }

  private <T> Future<T> here(Future<T> result) {
    Promise<T> promise = Promise.promise();
    result.onComplete(
        done ->
            context.runOnContext(
                go -> {
                  if (done.succeeded()) {
                    promise.complete(done.result());
                  } else {
                    promise.fail(done.cause());
                  }
                }));
    return promise.future();
  }

  /** Of the account's figures, for the organiser. */
  static Optional<Long> spentIn(AccountStore.Kept kept, Instant now) {
    LocalDate month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
    return month.equals(kept.spentMonth()) ? Optional.of(kept.spentMicros()) : Optional.empty();
  }
}
