package plenary.screening;

import java.util.List;
import java.util.Optional;

/**
 * The gate every text passes, whatever it came through. Pure and safe for use by several threads.
 */
public final class Screening {
  private static final List<Rule> RULES = List.of(new Length(), new Repetition(), new LongWord());

  private Screening() {}

  /** What is to be said of a text before it may be stored or shown. */
  public static Verdict verdict(String raw, TextLimits limits) {
    String text = Normaliser.normalise(raw, limits.multiline());
    ScreenedText screened = new ScreenedText(raw, text, Graphemes.count(text), limits);
    return new Verdict(
        text, RULES.stream().map(rule -> rule.look(screened)).flatMap(Optional::stream).toList());
  }
}
