package plenary.meeting;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a meeting's sessions work.
 *
 * @param moderation whether a question waits for a moderator before it is public
 * @param questionLength most characters of a question, in grapheme clusters
 * @param publicDays days that the meeting is kept after its last day and its last change
 * @param privateDays days after the last day that attendees are remembered
 * @param links to the privacy notice and the imprint
 */
public record Rules(
    Anonymity anonymity,
    boolean moderation,
    int questionLength,
    int publicDays,
    int privateDays,
    Links links) {

  /** What a meeting has that says nothing. */
  public static final Rules DEFAULT = new Rules(Anonymity.CHOICE, true, 500, 365, 30, Links.NONE);

  /** These rules with a merge patch of the contract's form applied. */
  public Rules with(@Nullable JsonObject patch) {
    if (patch == null) {
      return this;
    }
    JsonObject limits = patch.getJsonObject("limits", new JsonObject());
    JsonObject retention = patch.getJsonObject("retention", new JsonObject());
    return new Rules(
        Anonymity.named(patch.getString("anonymity", anonymity.id())),
        patch.getBoolean("moderation", moderation),
        limits.getInteger("questionLength", questionLength),
        retention.getInteger("publicDays", publicDays),
        retention.getInteger("privateDays", privateDays),
        links.with(patch.getJsonObject("links")));
  }

  /** The contract's form, which is also how they are stored. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("anonymity", anonymity.id())
        .put("moderation", moderation)
        .put("limits", new JsonObject().put("questionLength", questionLength))
        .put(
            "retention",
            new JsonObject().put("publicDays", publicDays).put("privateDays", privateDays))
        .put("links", links.toJson());
  }
}
