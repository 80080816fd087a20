package plenary.hashtag;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.database.Times;
import plenary.hashtag.FiguresStore.Use;
import plenary.hashtag.Rising.Riser;

/**
 * What is said under the hashtags of a meeting or a session. What many ask for at once is counted
 * once: an answer may be {@link Span#FRESH} old.
 */
final class Figures {
  private static final int RISING_MAX = 10;

  private final Database database;
  private final InstantSource time;
  private final Counted counted;

  Figures(Database database, InstantSource time) {
    this.database = database;
    this.time = time;
    this.counted = new Counted(time);
  }

  /**
   * Figures of a meeting's posts under one of the hashtags; of all that it ever had when there are
   * none now.
   */
  Future<JsonObject> of(UUID meeting, List<String> tags, Span span) {
    String[] keys = tags.isEmpty() ? null : keys(tags);
    return counted.get(List.of(meeting, span, tags), () -> count(meeting, tags, keys, span));
  }

  private static String[] keys(List<String> tags) {
    return tags.stream().map(Tags::key).toArray(String[]::new);
  }

  private Future<JsonObject> count(
      UUID meeting, List<String> tags, String @Nullable [] keys, Span span) {
    return from(meeting, span)
        .compose(
            from -> {
              long step = span.step(from);
              return database
                  .transaction(
                      sql ->
                          FiguresStore.figures(
                                  sql, meeting, from, span.until(), keys, step, keys(tags))
                              .compose(figures -> rest(sql, figures, meeting, keys, from, span)))
                  .map(figures -> body(figures, tags, from, step, span));
            })
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  private Future<Instant> from(UUID meeting, Span span) {
    Instant given = span.from();
    return given != null
        ? Future.succeededFuture(given)
        : FiguresStore.first(database.pool(), meeting)
            .map(
                first ->
                    first
                        .filter(at -> at.isBefore(span.until()))
                        .orElse(span.until().minusSeconds(3_600)));
  }

  private static Future<JsonObject> rest(
      SqlConnection sql,
      JsonObject figures,
      UUID meeting,
      String @Nullable [] keys,
      Instant from,
      Span span) {
    return FiguresStore.use(
            sql, meeting, span.until(), keys, Rising.WINDOW, Rising.WINDOWS, Rising.PEOPLE_MIN)
        .compose(
            uses ->
                FiguresStore.gaps(sql, meeting, from, span.until())
                    .map(
                        gaps ->
                            figures
                                .put("rising", rising(uses))
                                .put("gaps", times(gaps.getJsonArray("gaps"), "since", "until"))));
  }

  private static JsonArray rising(Map<String, Use> uses) {
    Map<String, int[]> people = new HashMap<>();
    uses.forEach((key, use) -> people.put(key, use.people()));
    JsonArray rising = new JsonArray();
    for (Riser riser : Rising.of(people, RISING_MAX)) {
      Use use = uses.get(riser.key());
      rising.add(
          new JsonObject()
              .put("key", riser.key())
              .put("tag", use == null ? riser.key() : use.written())
              .put("people", riser.people())
              .put("expected", rounded(riser.expected()))
              .put("score", rounded(riser.score())));
    }
    return rising;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private JsonObject body(
      JsonObject figures, List<String> tags, Instant from, long step, Span span) {
    JsonArray followed = new JsonArray();
    tags.forEach(
        tag ->
            followed.add(
                new JsonObject()
                    .put("key", Tags.key(tag))
                    .put("tag", tag)
                    .put("untypable", new JsonArray(Composing.untypable(tag)))));
    times(figures.getJsonArray("series"), "at");
    for (String one : List.of("peak", "first")) {
      JsonObject there = figures.getJsonObject(one);
      if (there == null) {
        figures.remove(one);
      } else {
        times(JsonArray.of(there), "at");
      }
    }
    return figures
        .put("asOf", Times.text(time.instant()))
        .put("from", Times.text(from))
        .put("until", Times.text(span.until()))
        .put("step", step)
        .put("tags", followed);
  }

  /** Milliseconds as the contract writes times. */
  private static JsonArray times(JsonArray list, String... names) {
    for (int i = 0; i < list.size(); i++) {
      for (String name : names) {
        JsonObject each = list.getJsonObject(i);
        each.put(name, Times.text(Instant.ofEpochMilli(each.getLong(name))));
      }
    }
    return list;
  }
}
