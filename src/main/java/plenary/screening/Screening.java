package plenary.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gate every text passes, whatever it came through. A verdict depends on the text and its
 * context alone. Safe for use by several threads.
 */
public final class Screening {
  /** Longer than any question may be, in units of UTF-16. */
  private static final int REVIEWED_MAX = 50_000;

  /** For every text. */
  private static final List<Rule> FORM = List.of(new Length(), new Repetition(), new LongWord());

  private static final Rule ABUSE = new Abuse(WordList.SHIPPED);

  /** For texts from the audience: what the text alone tells. */
  private static final List<Rule> TEXT =
      List.of(
          new Phone(),
          new Email(),
          new RecordNumber(),
          new IdentityNumber(),
          new ExactDate(),
          new HighAge(),
          ABUSE,
          new Spam());

  /** For texts from the audience: what they tell together with their context. */
  private static final List<Rule> CONTEXT =
      List.of(new Unwelcome(), new NearDuplicate(), new Coordinated(), new SharedLink());

  static final List<Rule> CONTENT = Stream.concat(CONTEXT.stream(), TEXT.stream()).toList();

  private Screening() {}

  static String normalised(String raw, TextLimits limits) {
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

  /**
   * What the text alone tells, before limits and context are known: most of the work, done where
   * nobody waits for it. Texts of many lines alone.
   */
  public static Reviewed review(String raw) {
    String text = Normaliser.normalise(raw, true);
    Reading reading = new Reading(text);
    // A longer one is refused by its length; the rules would look at it for nothing.
    if (text.length() > REVIEWED_MAX) {
      return new Reviewed(text, reading, List.of());
    }
    TextLimits any = TextLimits.question(REVIEWED_MAX);
    return new Reviewed(text, reading, look(TEXT, new ScreenedText(text, 0, any, reading, null)));
  }

  /** What is to be said of a reviewed text before it may be stored or shown. */
  public static Verdict verdict(Reviewed reviewed, TextLimits limits, Context context) {
    String text = reviewed.text();
    ScreenedText screened =
        new ScreenedText(text, Graphemes.count(text), limits, reviewed.reading(), context);
    List<Reason> reasons = new ArrayList<>(look(FORM, screened));
    if (reasons.stream().noneMatch(reason -> reason.effect() == Reason.Effect.REFUSE)) {
      reasons.addAll(look(CONTEXT, screened));
      reasons.addAll(reviewed.reasons());
    }
    return new Verdict(text, List.copyOf(reasons));
  }

  private static List<Reason> look(List<Rule> rules, ScreenedText text) {
    return rules.stream().map(rule -> rule.look(text)).flatMap(Optional::stream).toList();
  }

  private static Verdict verdict(
      String raw, TextLimits limits, @Nullable Context context, List<Rule> content) {
    ScreenedText text = new ScreenedText(normalised(raw, limits), limits, context);
    List<Reason> reasons = new ArrayList<>(look(FORM, text));
    // What is refused needs no further look, however long it is.
    if (reasons.stream().noneMatch(reason -> reason.effect() == Reason.Effect.REFUSE)) {
      reasons.addAll(look(content, text));
    }
    return new Verdict(text.text(), List.copyOf(reasons));
  }
}
