package plenary.network.mastodon;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.Tags;

/** How far each hashtag has been read: the cursor of an account. */
final class Marks {
  /** The first status there can be: where a hashtag without posts begins. */
  static final String START = "0";

  private final Map<String, Mark> marks = new HashMap<>();

  /**
   * A place in a hashtag's timeline.
   *
   * @param at the number of the last status that is stored, with all below it
   * @param time when that was written, in milliseconds
   */
  record Mark(String at, long time) {}

  Marks(@Nullable JsonObject cursor) {
    if (cursor == null || !(cursor.getValue("tags") instanceof JsonObject tags)) {
      return;
    }
    for (String tag : tags.fieldNames()) {
      if (tags.getValue(tag) instanceof JsonObject mark
          && Lookup.isNumber(mark.getString("at"))
          && mark.getValue("time") instanceof Number time) {
        marks.put(tag, new Mark(mark.getString("at"), time.longValue()));
      }
    }
  }

  @Nullable Mark of(String tag) {
    return marks.get(Tags.key(tag));
  }

  void set(String tag, Mark mark) {
    marks.put(Tags.key(tag), mark);
  }

  /** Hashtags that are followed no more are forgotten; these are the keys of the others. */
  void keep(Set<String> keys) {
    marks.keySet().retainAll(keys);
  }

  /** The cursor as it is once this hashtag has been read up to there. */
  JsonObject with(String tag, Mark mark) {
    JsonObject all = new JsonObject();
    marks.forEach((name, at) -> all.put(name, json(at)));
    all.put(Tags.key(tag), json(mark));
    return new JsonObject().put("tags", all);
  }

  private static JsonObject json(Mark mark) {
    return new JsonObject().put("at", mark.at()).put("time", mark.time());
  }
}
