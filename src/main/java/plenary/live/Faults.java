package plenary.live;

/**
 * Switches that break a promise of the engine on purpose, for the negative controls of its tests: a
 * safety test is believed only if it turns red with the switch on. No configuration sets them.
 *
 * @param answerBeforeCommit answer callers before the transaction has committed
 * @param sequenceAsPosition number changes outside the head's lock, as a sequence would
 */
public record Faults(boolean answerBeforeCommit, boolean sequenceAsPosition) {
  /** None. */
  public static final Faults NONE = new Faults(false, false);
}
