package plenary.screening;

import java.util.Optional;

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
    HOLD,
    /** Moderators are told. */
    NOTE
  }

  /** A reason to wait for a moderator. */
  static Optional<Reason> hold(String rule, String detail) {
    return Optional.of(new Reason(rule, Effect.HOLD, detail));
  }

  /** A reason that a moderator is told, and nothing else. */
  static Optional<Reason> note(String rule, String detail) {
    return Optional.of(new Reason(rule, Effect.NOTE, detail));
  }
}
