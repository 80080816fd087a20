package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plenary.network.News;
import plenary.network.Post;

/** Makes news of what the server says, whichever way it came. */
final class Arrivals {
  private final Statuses statuses;
  private final Seen seen;
  private final Lookup lookup;
  private final Inlet inlet;

  Arrivals(Statuses statuses, Seen seen, Lookup lookup, Inlet inlet) {
    this.statuses = statuses;
    this.seen = seen;
    this.lookup = lookup;
    this.inlet = inlet;
  }

  /** Stores what was read, and the cursor with it. */
  Future<Void> read(List<JsonObject> some, @Nullable JsonObject cursor) {
    List<JsonObject> usable = some.stream().filter(Arrivals::isUsable).toList();
    usable.forEach(seen::learn);
    return lookup
        .threads(usable)
        .compose(
            known -> {
              List<News> news = new ArrayList<>();
              for (JsonObject status : usable) {
                @Nullable News one = news(status);
                if (one != null) {
                  news.add(one);
                }
              }
              return inlet.put(news, cursor);
            });
  }

  /**
   * Takes over one that came by the stream.
   *
   * @return whether there was room
   */
  Future<Boolean> streamed(JsonObject status) {
    if (!isUsable(status)) {
      return Future.succeededFuture(true);
    }
    seen.learn(status);
    seen.streamed(status.getString("id"));
    if (!lookup.needsThread(status)) {
      return Future.succeededFuture(offer(status));
    }
    return lookup.threads(List.of(status)).map(known -> offer(status));
  }

  /**
   * Takes over a deletion, of which the number is all that is told. What comes later under that
   * number is deleted already.
   */
  boolean deleted(String number) {
    seen.deleted(number);
    @Nullable String uri = seen.uri(number);
    return uri == null || inlet.offer(gone(uri));
  }

  /** A post that the server says is not there any more. */
  static News gone(String uri) {
    return new News.Deleted(uri, Long.MAX_VALUE, true);
  }

  private boolean offer(JsonObject status) {
    @Nullable News one = news(status);
    return one == null || inlet.offer(one);
  }

  private @Nullable News news(JsonObject status) {
    if (seen.isGone(status.getString("id"))) {
      return gone(status.getString("uri"));
    }
    @Nullable Post post = statuses.post(status);
    return post == null ? null : new News.Wrote(post);
  }

  private static boolean isUsable(JsonObject status) {
    return status.getValue("uri") instanceof String
        && status.getValue("id") instanceof String number
        && Lookup.isNumber(number);
  }
}
