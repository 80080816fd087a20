package plenary.live;

/**
 * Switches that break a promise of a node on purpose, for the negative controls of its tests: a
 * safety test is believed only if it turns red with the switch on. No configuration sets them.
 *
 * @param answerBeforeCommit answer callers before the transaction has committed
 * @param unguarded the operation that everybody may call; empty for none
 */
public record Faults(boolean answerBeforeCommit, String unguarded) {
  /** None. */
  public static final Faults NONE = new Faults(false, "");
}
