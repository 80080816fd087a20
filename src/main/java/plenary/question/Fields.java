package plenary.question;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What moderators change of a question. The log keeps the fields an act changed, as they were and
 * as it left them, and undo puts them back.
 *
 * @param rank place in the queue, only while queued; compare bytewise
 * @param reason why it was dismissed
 * @param note for the speaker and moderators alone
 */
record Fields(
    String text,
    Status status,
    @Nullable String rank,
    @Nullable UUID mergedInto,
    List<String> labels,
    boolean pinned,
    @Nullable String reason,
    @Nullable String note,
    @Nullable String assignee,
    Place place) {

  Fields {
    labels = List.copyOf(labels);
  }

  /** The fields of a question that was just asked. */
  static Fields asked(String text, Status status, Place place) {
    return new Fields(text, status, null, null, List.of(), false, null, null, null, place);
  }

  /** Moved elsewhere: it leaves its place in the queue and its group. */
  Fields movedTo(Status to, @Nullable String newRank, @Nullable String why) {
    return new Fields(
        text,
        to,
        newRank,
        null,
        labels,
        pinned,
        to == Status.DISMISSED ? why : null,
        note,
        assignee,
        place);
  }

  /** In other words. */
  Fields worded(String words) {
    return new Fields(
        words, status, rank, mergedInto, labels, pinned, reason, note, assignee, place);
  }

  /** Shown elsewhere. */
  Fields placed(Place where) {
    return new Fields(
        text, status, rank, mergedInto, labels, pinned, reason, note, assignee, where);
  }

  /** At another place of the queue. */
  Fields at(String newRank) {
    return new Fields(
        text, status, newRank, mergedInto, labels, pinned, reason, note, assignee, place);
  }

  Fields mergedInto(UUID root) {
    return new Fields(text, Status.MERGED, null, root, labels, pinned, null, note, assignee, place);
  }

  /** With a merge patch of the contract applied, whose texts were screened. */
  Fields patched(JsonObject patch) {
    return new Fields(
        patch.getString("text", text),
        status,
        rank,
        mergedInto,
        patch.containsKey("labels") ? strings(patch.getJsonArray("labels")) : labels,
        patch.getBoolean("pinned", pinned),
        reason,
        patch.containsKey("note") ? patch.getString("note") : note,
        patch.containsKey("assignee") ? patch.getString("assignee") : assignee,
        place);
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("text", text)
        .put("status", status.id())
        .put("rank", rank)
        .put("mergedInto", mergedInto == null ? null : mergedInto.toString())
        .put("labels", new JsonArray(labels))
        .put("pinned", pinned)
        .put("reason", reason)
        .put("note", note)
        .put("assignee", assignee)
        .put("place", place.kind().id())
        .put("prompt", place.prompt() == null ? null : place.prompt().toString())
        .put("matched", place.matched() == null ? null : place.matched().id());
  }

  static Fields of(JsonObject json) {
    String mergedInto = json.getString("mergedInto");
    return new Fields(
        Objects.requireNonNull(json.getString("text")),
        Status.named(Objects.requireNonNull(json.getString("status"))),
        json.getString("rank"),
        mergedInto == null ? null : UUID.fromString(mergedInto),
        strings(json.getJsonArray("labels")),
        json.getBoolean("pinned", false),
        json.getString("reason"),
        json.getString("note"),
        json.getString("assignee"),
        place(json));
  }

  private static Place place(JsonObject json) {
    String prompt = json.getString("prompt");
    String matched = json.getString("matched");
    return new Place(
        Place.Kind.named(Objects.requireNonNull(json.getString("place"))),
        prompt == null ? null : UUID.fromString(prompt),
        matched == null ? null : Place.Matched.named(matched));
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(String::valueOf).distinct().toList();
  }
}
