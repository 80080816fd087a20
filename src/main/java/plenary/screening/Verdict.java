package plenary.screening;

import java.util.List;
import plenary.problem.Failure;

/**
 * What screening says of a text.
 *
 * @param text normalised, as it may be stored and shown
 * @param reasons for caution or refusal; empty when there is nothing to say
 */
public record Verdict(String text, List<Reason> reasons) {
  /** Whether the text waits for a moderator also where moderation is off. */
  public boolean holds() {
    return reasons.stream().anyMatch(reason -> reason.effect() == Reason.Effect.HOLD);
  }

  /**
   * The verdict, when the text may come in.
   *
   * @param pointer of the field in the body
   * @throws Failure.Invalid with the first reason to refuse
   */
  public Verdict orRefuse(String pointer) {
    for (Reason reason : reasons) {
      if (reason.effect() == Reason.Effect.REFUSE) {
        throw new Failure.Invalid(
            "text-" + reason.rule(),
            reason.detail(),
            List.of(new Failure.Field(pointer, "text-" + reason.rule(), reason.detail())));
      }
    }
    return this;
  }
}
