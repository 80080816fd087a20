package plenary.screening;

import java.util.Optional;

/** One thing to look for in a text. Pure, and well below a millisecond. */
@FunctionalInterface
interface Rule {
  /** The reason for caution, or for refusal, when the text gives one. */
  Optional<Reason> look(ScreenedText text);
}
