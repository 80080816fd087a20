package plenary.question;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/** The order of what comes next. */
final class Queue {
  private final List<Map.Entry<UUID, String>> places = new ArrayList<>();

  Queue(LinkedHashMap<UUID, String> ranks) {
    places.addAll(ranks.entrySet());
  }

  void remove(UUID question) {
    places.removeIf(place -> place.getKey().equals(question));
  }

  void add(UUID question, String rank) {
    int at = 0;
    while (at < places.size() && places.get(at).getValue().compareTo(rank) < 0) {
      at++;
    }
    places.add(at, Map.entry(question, rank));
  }

  /** A rank before or after a question of the queue; at the end when neither is named. */
  String place(@Nullable UUID before, @Nullable UUID after) {
    if (before != null) {
      int at = indexOf(before);
      return Ranks.between(rank(at - 1), rank(at));
    }
    int at = after == null ? places.size() - 1 : indexOf(after);
    return Ranks.between(rank(at), rank(at + 1));
  }

  /** That rank, or the next free one behind it when another question has it by now. */
  String placeAt(String rank) {
    int at = 0;
    while (at < places.size() && places.get(at).getValue().compareTo(rank) < 0) {
      at++;
    }
    boolean taken = at < places.size() && places.get(at).getValue().equals(rank);
    return taken ? Ranks.between(rank, rank(at + 1)) : rank;
  }

  private int indexOf(UUID question) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).getKey().equals(question)) {
        return i;
      }
    }
    throw new Failure.Conflict(
        "neighbour-moved",
        "The question next to which this one should go is not in the queue any more.",
        new JsonObject().put("id", question.toString()));
  }

  private @Nullable String rank(int index) {
    return index < 0 || index >= places.size() ? null : places.get(index).getValue();
  }
}
