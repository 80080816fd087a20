package plenary.screening;

import io.vertx.core.json.JsonObject;

/**
 * Why a text is held back or refused.
 *
 * @param rule stable id of the rule, for example {@code repetition}
 * @param effect what follows from it
 * @param detail one sentence for a person
 */
public record Reason(String rule, Effect effect, String detail) {
  /** What follows from a reason. */
  public enum Effect {
    /** The text does not come in; its author is told why. */
    REFUSE,
    /** The text waits for a moderator, also where moderation is off. */
    HOLD
  }

  /** For a moderator to read. */
  public JsonObject toJson() {
    return new JsonObject().put("rule", rule).put("detail", detail);
  }
}
