package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plenary.network.Following;

/**
 * Reads the timelines of hashtags: forward from the cursor, page by page, which loses nothing that
 * was numbered after it; and backward from the newest, for what was numbered before it. For a
 * Mastodon server numbers a post of another server by when it was written, not by when it came, and
 * a post that gets the hashtag by an edit keeps its place.
 */
final class Walk {
  private static final String LIMIT = "40";
  private static final int LOOK_BACK_PAGES = 5;
  private static final int FIRST_PAGES = 25;

  /**
   * After so many pages that are older than {@link Pace#CATCH_UP}, the rest of them is left out.
   */
  private static final int OLD_PAGES_MAX = 25;

  /** Posts of one second are numbered in no order. */
  private static final long ORDER_MS = 2_000;

  private final Site site;
  private final Marks marks;
  private final Arrivals arrivals;
  private final Following following;
  private final Consumer<JsonObject> walked;
  private int oldPages;

  Walk(
      Site site, Marks marks, Arrivals arrivals, Following following, Consumer<JsonObject> walked) {
    this.site = site;
    this.marks = marks;
    this.arrivals = arrivals;
    this.following = following;
    this.walked = walked;
  }

  /**
   * Reads on from the cursor.
   *
   * @return whether the end was reached
   */
  Future<Boolean> forward(String tag, int pages) {
    Marks.@Nullable Mark mark = marks.of(tag);
    if (mark == null) {
      return first(tag);
    }
    if (pages == 0) {
      return Future.succeededFuture(false);
    }
    return page(tag, "min_id", mark.at())
        .compose(
            page -> {
              if (page.isEmpty() || number(page.getFirst()).equals(mark.at())) {
                oldPages = 0;
                return Future.succeededFuture(true);
              }
              page.forEach(walked);
              if (tooOld(page.getFirst())) {
                return skip(tag, mark);
              }
              return store(tag, page.reversed(), mark(page.getFirst(), mark))
                  .compose(stored -> forward(tag, pages - 1));
            });
  }

  /** Reads what is newest down to the horizon, and forgets that there was a cursor if it lies. */
  Future<Void> lookBack(String tag) {
    return page(tag, null, "")
        .compose(page -> back(tag, page, LOOK_BACK_PAGES).compose(read -> compare(tag, page)))
        .mapEmpty();
  }

  /** The first time that a hashtag is read: the last hour, and from there on everything. */
  private Future<Boolean> first(String tag) {
    return page(tag, null, "")
        .compose(
            page ->
                back(tag, page, FIRST_PAGES)
                    .compose(
                        whole -> {
                          Marks.Mark none = new Marks.Mark(Marks.START, site.now().toEpochMilli());
                          Marks.Mark newest = page.isEmpty() ? none : mark(page.getFirst(), none);
                          return store(tag, List.of(), newest);
                        }))
        .map(true);
  }

  private Future<Boolean> back(String tag, List<JsonObject> page, int pages) {
    Instant horizon = site.now().minus(Pace.HORIZON);
    List<JsonObject> recent = page.stream().filter(one -> isSince(one, horizon)).toList();
    return arrivals
        .read(recent.reversed(), null)
        .compose(
            stored -> {
              if (page.isEmpty() || pages <= 1 || !isSince(page.getLast(), horizon)) {
                return Future.succeededFuture(page.isEmpty() || pages > 1);
              }
              String last = number(page.getLast());
              return page(tag, "max_id", last)
                  .compose(
                      next ->
                          next.isEmpty() || number(next.getFirst()).equals(number(page.getFirst()))
                              ? Future.succeededFuture(true)
                              : back(tag, next, pages - 1));
            });
  }

  /**
   * When the newest post is newer than the cursor's and still the walk does not come to it, the
   * server numbers anew: it was set up again, or restored from a backup.
   */
  private Future<Boolean> compare(String tag, List<JsonObject> page) {
    Marks.@Nullable Mark mark = marks.of(tag);
    if (mark == null || page.isEmpty()) {
      return Future.succeededFuture(true);
    }
    JsonObject newest = page.getFirst();
    if (number(newest).equals(mark.at()) || time(newest) <= mark.time() + ORDER_MS) {
      return Future.succeededFuture(true);
    }
    return forward(tag, 1)
        .compose(
            end ->
                mark.equals(marks.of(tag))
                    ? page(tag, null, "").compose(now -> still(tag, mark, newest, now))
                    : Future.succeededFuture(end));
  }

  /** An edit may have taken the hashtag from the newest post meanwhile: then nothing is lost. */
  private Future<Boolean> still(
      String tag, Marks.Mark mark, JsonObject newest, List<JsonObject> now) {
    return now.stream().anyMatch(one -> number(one).equals(number(newest)))
        ? renumbered(tag, mark, newest)
        : Future.succeededFuture(true);
  }

  private Future<Boolean> renumbered(String tag, Marks.Mark mark, JsonObject newest) {
    return following
        .gap(
            Instant.ofEpochMilli(mark.time()),
            site.now(),
            site.host() + " has lost its history, so that posts in between may be missing.")
        .compose(told -> store(tag, List.of(), mark(newest, mark)))
        .map(true);
  }

  private boolean tooOld(JsonObject newestOfPage) {
    if (isSince(newestOfPage, site.now().minus(Pace.CATCH_UP))) {
      oldPages = 0;
      return false;
    }
    return ++oldPages > OLD_PAGES_MAX;
  }

  /** Too much was missed too long ago: what is new matters more. */
  private Future<Boolean> skip(String tag, Marks.Mark mark) {
    oldPages = 0;
    return following
        .gap(
            Instant.ofEpochMilli(mark.time()),
            site.now().minus(Pace.HORIZON),
            "So much was written on " + site.host() + " meanwhile that only the last hour is read.")
        .compose(told -> first(tag));
  }

  private Future<Void> store(String tag, List<JsonObject> oldestFirst, Marks.Mark mark) {
    return arrivals
        .read(oldestFirst, marks.with(tag, mark))
        .onSuccess(stored -> marks.set(tag, mark));
  }

  private Future<List<JsonObject>> page(String tag, @Nullable String edge, String number) {
    String path =
        "/api/v1/timelines/tag/"
            + URLEncoder.encode(tag, StandardCharsets.UTF_8).replace("+", "%20");
    String whole =
        edge == null
            ? Site.path(path, "limit", LIMIT)
            : Site.path(path, "limit", LIMIT, edge, number);
    return site.get(whole, edge != null)
        .map(
            answer -> {
              List<JsonObject> page = new ArrayList<>();
              for (Object one : answer.array()) {
                if (one instanceof JsonObject status
                    && Lookup.isNumber(status.getString("id"))
                    && Statuses.changed(status) != null) {
                  page.add(status);
                }
              }
              return page;
            });
  }

  private static Marks.Mark mark(JsonObject status, Marks.Mark before) {
    return new Marks.Mark(number(status), time(status) == 0 ? before.time() : time(status));
  }

  private static String number(JsonObject status) {
    return status.getString("id");
  }

  private static long time(JsonObject status) {
    @Nullable Instant created = Times.instant(status.getString("created_at"));
    return created == null ? 0 : created.toEpochMilli();
  }

  private static boolean isSince(JsonObject status, Instant horizon) {
    @Nullable Instant changed = Statuses.changed(status);
    return changed != null && changed.isAfter(horizon);
  }
}
