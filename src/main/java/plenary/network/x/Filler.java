package plenary.network.x;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plenary.network.News;

/**
 * Fills holes by searching: page after page of what was written since, the newest first, each paid
 * for before it is asked for. What is older than X's search is marked as a gap.
 */
final class Filler {
  /** X's search goes back seven days; a little less, as time goes by while it is asked. */
  private static final Duration WINDOW = Duration.ofDays(7).minusMinutes(5);

  static final String PATH = "/2/tweets/search/recent";
  private static final int PAGE_MIN = 10;
  private static final int PAGE_MAX = 100;
  private static final int ATTEMPTS_MAX = 4;

  private final Vertx vertx;
  private final Pace pace;
  private final Api api;
  private final Meter.Pot pot;
  private final Coverage coverage;
  private final Delivery delivery;
  private final Listener listener;
  private final Backoff backoff = new Backoff();
  private Spelling spelling = Spelling.POSTS;
  private long timer = -1;
  private boolean busy;
  private boolean over;
  private int refused;

  /** Hears how it goes. */
  interface Listener {
    void capped();

    void trouble(@Nullable Trouble trouble);

    /** What is searched for. */
    Supplier<List<String>> queries();
  }

  /** A page to ask for. */
  private record Page(Coverage.Hole hole, List<String> queries, @Nullable String token, int size) {

    Map<String, String> query(Instant now, Duration settled) {
      Map<String, String> query =
          Api.query(
              "query", queries.getFirst(),
              "since_id", String.valueOf(Math.max(0, Snowflakes.at(hole.from()) - 1)),
              "max_results", String.valueOf(size));
      if (hole.until().isBefore(now.minus(settled))) {
        query.put("until_id", String.valueOf(Snowflakes.at(hole.until())));
      }
      if (token != null) {
        query.put("next_token", token);
      }
      return query;
    }

    Page smallest() {
      return new Page(hole, queries, token, PAGE_MIN);
    }

    /** What follows: the next page, or the next query's first; null after the last. */
    @Nullable Page after(@Nullable String next) {
      if (next != null) {
        return new Page(hole, queries, next, Math.min(PAGE_MAX, size * 2));
      }
      List<String> rest = queries.subList(1, queries.size());
      return rest.isEmpty() ? null : new Page(hole, rest, null, PAGE_MIN);
    }
  }

  Filler(
      Vertx vertx,
      Pace pace,
      Api api,
      Meter.Pot pot,
      Coverage coverage,
      Delivery delivery,
      Listener listener) {
    this.vertx = vertx;
    this.pace = pace;
    this.api = api;
    this.pot = pot;
    this.coverage = coverage;
    this.delivery = delivery;
    this.listener = listener;
  }

  boolean isBusy() {
    return busy;
  }

  void stop() {
    over = true;
    vertx.cancelTimer(timer);
  }

  /** There may be a hole to fill. */
  void wake() {
    if (busy || over) {
      return;
    }
    vertx.cancelTimer(timer);
    Optional<Coverage.Hole> next = coverage.next();
    if (next.isEmpty()) {
      return;
    }
    Duration wait = Duration.between(api.clock().instant(), next.get().due());
    if (wait.isPositive()) {
      timer = vertx.setTimer(Math.max(1, wait.toMillis()), due -> wake());
    } else {
      busy = true;
      coverage.take(next.get());
      begin(next.get());
    }
  }

  private void begin(Coverage.Hole hole) {
    Instant oldest = api.clock().instant().minus(WINDOW);
    if (hole.until().isBefore(oldest)) {
      giveUp(hole, "X's search goes back seven days");
      return;
    }
    Coverage.Hole rest = hole;
    if (hole.from().isBefore(oldest)) {
      gap(hole.from(), oldest, "X's search goes back seven days");
      rest = coverage.shortened(hole, oldest);
    }
    List<String> queries = listener.queries().get();
    if (queries.isEmpty()) {
      closed(rest);
    } else {
      reserve(new Page(rest, queries, null, PAGE_MIN));
    }
  }

  private void reserve(Page page) {
    pot.ensure(page.size() * Meter.POST_AND_USER)
        .onComplete(
            within -> {
              if (over) {
                return;
              }
              if (within) {
                ask(page);
              } else if (page.size() > PAGE_MIN) {
                reserve(page.smallest());
              } else {
                putBack();
                listener.capped();
              }
            },
            failure -> later(pace.millis(Duration.ofSeconds(1))));
  }

  private void ask(Page page) {
    Instant now = api.clock().instant();
    Map<String, String> query = page.query(now, pace.of(Coverage.LATE));
    spelling.full(query);
    api.get(PATH, query)
        .onSuccess(answer -> read(page, answer))
        .onFailure(failure -> failed(page, failure));
  }

  private void read(Page page, JsonObject answer) {
    if (over) {
      return;
    }
    backoff.succeeded();
    refused = 0;
    listener.trouble(null);
    pay(answer, pot, api.clock().instant());
    if (Spelling.isWrong(answer)) {
      // The page is paid for, and free once more today.
      spelling = spelling.other();
      ask(page);
      return;
    }
    delivery.add(news(answer));
    Page next = page.after(Fields.text(Fields.object(answer, "meta"), "next_token"));
    delivery
        .drained()
        .onSuccess(
            stored -> {
              if (over) {
                return;
              }
              if (next == null) {
                closed(page.hole());
              } else {
                reserve(next);
              }
            });
  }

  static void pay(JsonObject answer, Meter.Pot pot, Instant now) {
    JsonObject includes = Fields.object(answer, "includes");
    for (JsonObject post : Fields.objects(answer, "data")) {
      pot.post(String.valueOf(Fields.text(post, "id")), now);
    }
    for (JsonObject post : Fields.objects(includes, "tweets", "posts")) {
      pot.post(String.valueOf(Fields.text(post, "id")), now);
    }
    for (JsonObject user : Fields.objects(includes, "users")) {
      pot.user(String.valueOf(Fields.text(user, "id")), now);
    }
  }

  static List<News> news(JsonObject answer) {
    List<News> news = new ArrayList<>();
    JsonObject includes = Fields.object(answer, "includes");
    for (JsonObject post : Fields.objects(answer, "data")) {
      Posts.news(post, includes).ifPresent(news::add);
    }
    return news;
  }

  private void failed(Page page, Throwable failure) {
    if (over) {
      return;
    }
    Trouble trouble =
        failure instanceof Trouble known
            ? known
            : new Trouble(Trouble.Kind.SERVER, "X's search failed; it is tried again.");
    if (trouble.kind() == Trouble.Kind.REQUEST && ++refused >= ATTEMPTS_MAX) {
      refused = 0;
      giveUp(page.hole(), "X refused to search (" + trouble.status() + ")");
      return;
    }
    if (Spelling.isRefused(trouble)) {
      spelling = spelling.other();
      ask(page);
      return;
    }
    listener.trouble(trouble);
    Duration wait = backoff.after(trouble, api.clock().instant());
    timer = vertx.setTimer(pace.millis(wait), again -> ask(page));
  }

  private void giveUp(Coverage.Hole hole, String why) {
    gap(hole.from(), hole.until(), why);
    closed(hole);
  }

  private void gap(Instant from, Instant until, String why) {
    delivery.gap(from, until, why);
  }

  private void closed(Coverage.Hole hole) {
    coverage.closed(hole);
    listener.trouble(null);
    delivery.drained();
    busy = false;
    wake();
  }

  private void putBack() {
    coverage.putBack();
    busy = false;
  }

  private void later(long millis) {
    putBack();
    timer = vertx.setTimer(millis, again -> wake());
  }
}
