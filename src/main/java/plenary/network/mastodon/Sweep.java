package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import plenary.network.Following;
import plenary.network.Following.Known;

/**
 * Asks whether known posts still stand, and as what: an edit that takes the hashtag away is told
 * nowhere, and a deletion is told once.
 */
final class Sweep {
  private static final Duration SINCE = Duration.ofHours(24);
  private static final int MOST = 500;

  /** One sweep in so many goes over what is older too. */
  private static final int DEEP_EVERY = 12;

  private static final Duration DEEP_SINCE = Duration.ofDays(7);
  private static final int DEEP_MOST = 2_000;
  private static final int CALLS_PER_ROUND = 25;

  private final Site site;
  private final Following following;
  private final Statuses statuses;
  private final Lookup lookup;
  private final Arrivals arrivals;
  private final Seen seen;
  private final Inlet inlet;
  private final List<Known> left = new ArrayList<>();
  private int runs;

  Sweep(
      Site site,
      Following following,
      Statuses statuses,
      Lookup lookup,
      Arrivals arrivals,
      Seen seen,
      Inlet inlet) {
    this.site = site;
    this.following = following;
    this.statuses = statuses;
    this.lookup = lookup;
    this.arrivals = arrivals;
    this.seen = seen;
    this.inlet = inlet;
  }

  /** Learns the numbers of what was stored before, for deletions to find it. */
  Future<Void> remember() {
    return known(DEEP_SINCE, DEEP_MOST)
        .map(
            all -> {
              all.forEach(one -> seen.learn(number(one), one.id()));
              return null;
            });
  }

  /** Whether some are still to be asked for. */
  boolean isUnfinished() {
    return !left.isEmpty();
  }

  /** The next run begins anew, with what is known then. */
  void restart() {
    left.clear();
    runs++;
  }

  /**
   * Asks for what is known, or for as much of it as a round has time for: where only one can be
   * asked for at a time, that is not all.
   *
   * @param hurried whether something else is more urgent
   */
  Future<Void> run(BooleanSupplier hurried) {
    Future<Void> begun =
        left.isEmpty()
            ? (runs % DEEP_EVERY == 1 ? known(DEEP_SINCE, DEEP_MOST) : known(SINCE, MOST))
                .map(
                    all -> {
                      left.addAll(all);
                      return null;
                    })
            : Future.succeededFuture();
    return begun.compose(known -> some(CALLS_PER_ROUND, hurried));
  }

  /** Those that this server numbered: what came through another one is that one's to ask for. */
  private Future<List<Known>> known(Duration since, int most) {
    return following
        .known(site.now().minus(since), most)
        .map(all -> all.stream().filter(one -> Lookup.isNumber(numberOf(one))).toList());
  }

  private @Nullable String numberOf(Known one) {
    return statuses.number(one.local());
  }

  private String number(Known one) {
    @Nullable String number = numberOf(one);
    return number == null ? "" : number;
  }

  private Future<Void> some(int calls, BooleanSupplier hurried) {
    if (left.isEmpty() || calls <= 0 || hurried.getAsBoolean()) {
      return Future.succeededFuture();
    }
    List<Known> some = left.stream().limit(Lookup.EACH).toList();
    return lookup
        .statuses(some.stream().map(this::number).toList())
        .compose(found -> compare(some, found))
        .compose(
            done -> {
              left.subList(0, Math.min(some.size(), left.size())).clear();
              return some(calls - lookup.calls(some.size()), hurried);
            });
  }

  private Future<Void> compare(List<Known> some, Map<String, JsonObject> found) {
    List<JsonObject> standing = new ArrayList<>();
    Future<Void> missing = Future.succeededFuture();
    for (Known one : some) {
      @Nullable JsonObject status = found.get(number(one));
      if (status == null) {
        missing = missing.compose(before -> confirm(one));
      } else if (one.id().equals(status.getString("uri")) && isNewer(status, one)) {
        standing.add(status);
      }
    }
    return missing.compose(confirmed -> arrivals.read(standing, null));
  }

  /** Only a plain "not found" is a deletion: a server may also not understand the question. */
  private Future<Void> confirm(Known one) {
    return lookup
        .status(number(one))
        .compose(
            status ->
                status == null
                    ? inlet.put(List.of(Arrivals.gone(one.id())), null)
                    : arrivals.read(
                        one.id().equals(status.getString("uri")) ? List.of(status) : List.of(),
                        null));
  }

  private static boolean isNewer(JsonObject status, Known one) {
    @Nullable Instant changed = Statuses.changed(status);
    return changed != null && changed.toEpochMilli() > one.revision();
  }
}
