package plenary.network.x;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plenary.network.Following;
import plenary.network.Following.Known;
import plenary.network.News;

/**
 * Asks X whether the posts that are here still stand, as nothing tells us that one was deleted: all
 * of the last seven days, once an hour, a hundred at a time, the newest first. X charges a post
 * that was asked for before on the same UTC day once.
 */
final class Sweep {
  static final Duration EVERY = Duration.ofHours(1);

  private static final Duration BACK = Duration.ofDays(7);
  private static final String PATH = "/2/tweets";
  private static final int AT_ONCE = 100;
  private static final int POSTS_MAX = 5_000;
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final Pace pace;
  private final Api api;
  private final Meter meter;
  private final Meter.Pot pot;
  private final Following following;
  private final Delivery delivery;
  private Spelling spelling = Spelling.POSTS;
  private long timer = -1;
  private boolean over;

  Sweep(Vertx vertx, Pace pace, Api api, Meter meter, Following following, Delivery delivery) {
    this.vertx = vertx;
    this.pace = pace;
    this.api = api;
    this.meter = meter;
    this.pot = meter.pot();
    this.following = following;
    this.delivery = delivery;
  }

  void start() {
    again(EVERY.dividedBy(6));
  }

  void stop() {
    over = true;
    vertx.cancelTimer(timer);
  }

  private void again(Duration wait) {
    if (!over) {
      vertx.cancelTimer(timer);
      timer = vertx.setTimer(pace.roundMillis(wait), due -> run());
    }
  }

  /** One sweep; completes when all that can be paid for was asked. */
  private void run() {
    following
        .known(api.clock().instant().minus(BACK), POSTS_MAX)
        .compose(known -> chunk(known, 0))
        .onComplete(
            done -> again(EVERY),
            failure -> again(failure instanceof Trouble trouble ? wait(trouble) : AGAIN));
  }

  private static Duration wait(Trouble trouble) {
    return trouble.kind() == Trouble.Kind.LIMIT ? Backoff.LIMIT_MAX : EVERY.dividedBy(6);
  }

  private Future<Void> chunk(List<Known> known, int from) {
    if (over || from >= known.size()) {
      return Future.succeededFuture();
    }
    List<Known> part = known.subList(from, Math.min(known.size(), from + AT_ONCE));
    Map<String, Known> asked = new HashMap<>();
    part.forEach(one -> asked.put(newest(one), one));
    return pot.ensure(meter.price(asked.keySet(), api.clock().instant()))
        .compose(
            within ->
                within
                    ? look(asked).compose(stored -> chunk(known, from + AT_ONCE))
                    : Future.succeededFuture());
  }

  /** The last version that is here. */
  private static String newest(Known known) {
    return Snowflakes.number(known.id()) >= 0 && known.revision() < Snowflakes.number(known.id())
        ? known.id()
        : String.valueOf(known.revision());
  }

  private Future<Void> look(Map<String, Known> asked) {
    return brief(asked.keySet())
        .compose(
            answer -> {
              Standing standing = new Standing(asked);
              standing.take(answer);
              return standing.unanswered().isEmpty()
                  ? Future.succeededFuture(standing)
                  : brief(standing.unanswered()).map(standing::last);
            })
        .compose(
            standing -> {
              delivery.add(standing.gone());
              return edits(standing.edited()).compose(told -> delivery.drained());
            });
  }

  private Future<JsonObject> brief(Set<String> ids) {
    Map<String, String> query = Api.query("ids", String.join(",", ids));
    spelling.brief(query);
    return api.get(PATH, query)
        .map(
            answer -> {
              Filler.pay(answer, pot, api.clock().instant());
              return answer;
            })
        .recover(
            failure -> {
              if (failure instanceof Trouble trouble && Spelling.isRefused(trouble)) {
                spelling = spelling.other();
              }
              return Future.failedFuture(failure);
            });
  }

  /** The newest versions of posts that were edited, in full. */
  private Future<Void> edits(Set<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture();
    }
    return pot.ensure(ids.size() * Meter.POST_AND_USER)
        .compose(
            within -> {
              if (!within) {
                return Future.succeededFuture();
              }
              Map<String, String> query = Api.query("ids", String.join(",", ids));
              spelling.full(query);
              return api.get(PATH, query)
                  .map(
                      answer -> {
                        Filler.pay(answer, pot, api.clock().instant());
                        delivery.add(Filler.news(answer));
                        return null;
                      });
            });
  }

  /** What X says of the posts it was asked for. */
  private static final class Standing {
    private static final Set<String> GONE =
        Set.of("resource-not-found", "not-authorized-for-resource", "resource-unavailable");

    private final Map<String, Known> asked;
    private final Set<String> unanswered;
    private final List<News> gone = new ArrayList<>();
    private final Set<String> edited = new HashSet<>();

    Standing(Map<String, Known> asked) {
      this.asked = asked;
      this.unanswered = new HashSet<>(asked.keySet());
    }

    Set<String> unanswered() {
      return unanswered;
    }

    List<News> gone() {
      return gone;
    }

    Set<String> edited() {
      return edited;
    }

    void take(JsonObject answer) {
      for (JsonObject post : Fields.objects(answer, "data")) {
        standing(post);
      }
      for (JsonObject error : Fields.objects(answer, "errors")) {
        String id = Fields.text(error, "resource_id", "value");
        String type = String.valueOf(Fields.text(error, "type"));
        if (id != null && GONE.stream().anyMatch(type::contains)) {
          gone(id);
        }
      }
    }

    /** Asked twice, and twice no word of it: it is gone. */
    Standing last(JsonObject answer) {
      take(answer);
      Set.copyOf(unanswered).forEach(this::gone);
      return this;
    }

    private void standing(JsonObject post) {
      String id = String.valueOf(Fields.text(post, "id"));
      List<String> versions = new ArrayList<>(Posts.history(post));
      versions.add(id);
      String key = versions.stream().filter(asked::containsKey).findFirst().orElse(null);
      if (key == null) {
        return;
      }
      if (Posts.isWithheld(post)) {
        gone(key);
        return;
      }
      unanswered.remove(key);
      long here = Snowflakes.number(key);
      versions.stream()
          .filter(version -> Snowflakes.number(version) > here)
          .max((one, other) -> Long.compare(Snowflakes.number(one), Snowflakes.number(other)))
          .ifPresent(edited::add);
    }

    private void gone(String id) {
      Known known = asked.get(id);
      if (known != null && unanswered.remove(id)) {
        gone.add(new News.Deleted(known.id(), Long.MAX_VALUE, false));
      }
    }
  }
}
