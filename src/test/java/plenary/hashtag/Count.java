package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import plenary.hashtag.Posts.Said;

/** A count of posts by hand, for what the server says of them. */
final class Count {
  private Count() {}

  private static List<JsonObject> list(JsonObject figures, String name) {
    return figures.getJsonArray(name).stream().map(JsonObject.class::cast).toList();
  }

  /** Holds figures against a count of our own, which reads hashtags in its own way. */
  static void check(JsonObject figures, List<Said> posts) {
    Map<String, Integer> written = new TreeMap<>();
    Map<String, Set<String>> people = new HashMap<>();
    Map<Long, int[]> minutes = new TreeMap<>();
    long step = figures.getLong("step");
    Map<Long, Set<String>> crowd = new TreeMap<>();
    Map<Long, int[]> points = new TreeMap<>();
    for (Said post : posts) {
      int kind = post.repost() ? 1 : 0;
      for (String key : Handmade.tags(post.text())) {
        written.merge(key, 1 - kind, Integer::sum);
        people.computeIfAbsent(key, k -> new HashSet<>()).add(post.writer());
      }
      long at = post.at().getEpochSecond();
      minutes.computeIfAbsent(at - at % 60, k -> new int[2])[kind]++;
      // Points are counted from 2000, which weeks tell from 1970.
      long point = 946_684_800L + Math.floorDiv(at - 946_684_800L, step) * step;
      points.computeIfAbsent(point, k -> new int[2])[kind]++;
      crowd.computeIfAbsent(point, k -> new HashSet<>()).add(post.writer());
    }
    JsonObject totals = figures.getJsonObject("totals");
    long reposts = posts.stream().filter(Said::repost).count();
    assertThat(totals.getLong("reposts")).isEqualTo(reposts);
    assertThat(totals.getLong("posts")).isEqualTo(posts.size() - reposts);
    assertThat(totals.getLong("people"))
        .isEqualTo(posts.stream().map(Said::writer).distinct().count());
    assertThat(
            list(figures, "top").stream()
                .map(tag -> tag.getString("key") + " " + tag.getInteger("posts"))
                .toList())
        .containsExactlyElementsOf(
            written.entrySet().stream()
                .sorted(
                    Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(
                            entry -> -Objects.requireNonNull(people.get(entry.getKey())).size())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(20)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList());
    for (JsonObject tag : list(figures, "top")) {
      assertThat(tag.getInteger("people")).isEqualTo(people.get(tag.getString("key")).size());
      assertThat(Tags.key(tag.getString("tag"))).isEqualTo(tag.getString("key"));
    }
    assertThat(
            list(figures, "series").stream()
                .map(
                    point ->
                        "%d %d %d %d"
                            .formatted(
                                Instant.parse(point.getString("at")).getEpochSecond(),
                                point.getInteger("posts"),
                                point.getInteger("reposts"),
                                point.getInteger("people")))
                .toList())
        .containsExactlyElementsOf(
            points.entrySet().stream()
                .map(
                    entry ->
                        "%d %d %d %d"
                            .formatted(
                                entry.getKey(),
                                entry.getValue()[0],
                                entry.getValue()[1],
                                Objects.requireNonNull(crowd.get(entry.getKey())).size()))
                .toList());
    int most = minutes.values().stream().mapToInt(both -> both[0] + both[1]).max().orElse(0);
    long peak =
        minutes.entrySet().stream()
            .filter(entry -> entry.getValue()[0] + entry.getValue()[1] == most)
            .findFirst()
            .orElseThrow()
            .getKey();
    assertThat(Instant.parse(figures.getJsonObject("peak").getString("at")).getEpochSecond())
        .isEqualTo(peak);
  }
}
