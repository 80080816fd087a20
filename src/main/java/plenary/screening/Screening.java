package plenary.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gate every text passes, whatever it came through. A verdict depends on the text and its
 * context alone. Safe for use by several threads.
 */
public final class Screening {
  /** For every text. */
  private static final List<Rule> FORM = List.of(new Length(), new Repetition(), new LongWord());

  private static final Rule ABUSE = new Abuse(WordList.SHIPPED);

  /** For texts from the audience. */
  static final List<Rule> CONTENT =
      List.of(
          new Unwelcome(),
          new NearDuplicate(),
          new Coordinated(),
          new SharedLink(),
          new Phone(),
          new Email(),
          new RecordNumber(),
          new IdentityNumber(),
          new ExactDate(),
          new HighAge(),
          ABUSE,
          new Spam());

  private Screening() {}

  /** A text as it would be shown. Whether it may be, a verdict says. */
  public static String normalised(String raw, TextLimits limits) {
    return Normaliser.normalise(raw, limits.multiline());
  }

  /** What is to be said of a text of staff before it may be stored or shown: of its form alone. */
  public static Verdict verdict(String raw, TextLimits limits) {
    return verdict(raw, limits, null, List.of());
  }

  /** What is to be said of a name somebody gives themself. */
  public static Verdict name(String raw) {
    return verdict(raw, TextLimits.NAME, null, List.of(ABUSE));
  }

  /** What is to be said of a text from the audience before it may be stored or shown. */
  public static Verdict verdict(String raw, TextLimits limits, Context context) {
    return verdict(raw, limits, context, CONTENT);
  }

  private static Verdict verdict(
      String raw, TextLimits limits, @Nullable Context context, List<Rule> content) {
    ScreenedText text = new ScreenedText(normalised(raw, limits), limits, context);
    List<Reason> reasons = new ArrayList<>();
    FORM.forEach(rule -> rule.look(text).ifPresent(reasons::add));
    // What is refused needs no further look, however long it is.
    if (reasons.stream().noneMatch(reason -> reason.effect() == Reason.Effect.REFUSE)) {
      content.stream().map(rule -> rule.look(text)).flatMap(Optional::stream).forEach(reasons::add);
    }
    return new Verdict(text.text(), List.copyOf(reasons));
  }
}
