package plenary.screening;

import java.util.Optional;

/**
 * A text of some length that several people send nearly word for word. Short ones people think of
 * by themselves ("Will the slides be online?").
 */
final class Coordinated implements Rule {
  private static final double COPIED = 0.9;
  private static final int WORDS_MIN = 8;

  /** With the author of this text, three. */
  private static final int OTHERS_MAX = 1;

  @Override
  public Optional<Reason> look(ScreenedText text) {
    Context context = text.context();
    Sketch sketch = text.reading().sketch();
    if (context == null || context.author().isKnown() || sketch.words() < WORDS_MIN) {
      return Optional.empty();
    }
    RecentTexts.Before before =
        context.recent().like(sketch, COPIED, context.author().id(), context.now());
    return before.others() > OTHERS_MAX
        ? Reason.hold("coordinated", "Several people have sent nearly the same words.")
        : Optional.empty();
  }
}
