package plenary.access;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import plenary.problem.Failure;
import plenary.screening.LookAlikes;
import plenary.screening.Screening;
import plenary.screening.TextLimits;
import plenary.screening.Verdict;

/**
 * Names of people. What an attendee calls themself is screened like every text and must not look
 * like a role: the badge of staff is drawn from the role, but a hall reads names first.
 */
final class Names {
  private static final Set<String> RESERVED =
      Set.of(
          "admin",
          "administrator",
          "chair",
          "chairman",
          "chairperson",
          "chairwoman",
          "host",
          "moderator",
          "moderatorin",
          "moderateur",
          "moderatrice",
          "moderatore",
          "moderador",
          "moderadora",
          "moderation",
          "organiser",
          "organizer",
          "organisator",
          "organisateur",
          "organizador",
          "organizzatore",
          "plenary",
          "referent",
          "speaker",
          "staff",
          "support",
          "system",
          "vorsitz",
          "vorsitzender");

  private static final Set<String> SKELETONS =
      Set.copyOf(RESERVED.stream().map(Names::skeleton).toList());

  private Names() {}

  /**
   * The name of an attendee as it is shown.
   *
   * @throws Failure.Invalid when it cannot be read, is too long, or looks like a role
   */
  static String participant(String raw) {
    Verdict verdict = Screening.name(raw).orRefuse("/name");
    if (verdict.holds()) {
      throw new Failure.Invalid(
          "/name", "name-unreadable", "Please choose a name that everybody in the hall can read.");
    }
    String letters = verdict.text().replaceAll("\\p{N}", "");
    if (SKELETONS.contains(skeleton(verdict.text())) || SKELETONS.contains(skeleton(letters))) {
      throw new Failure.Invalid(
          "/name", "name-reserved", "This name is reserved for those who run the meeting.");
    }
    return verdict.text();
  }

  /** The name of a member of staff, or of a screen, as somebody of staff gave it. */
  static String staff(String raw) {
    return Screening.verdict(raw, TextLimits.NAME).orRefuse("/name").text();
  }

  /** What is left of a name when look-alikes, accents, cases and all but letters do not count. */
  static String skeleton(String name) {
    String folded = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder letters = new StringBuilder(folded.length());
    folded
        .codePoints()
        .forEach(
            c -> {
              String like = LookAlikes.latin(c);
              if (like != null) {
                letters.append(like);
              } else if (Character.isLetter(c)) {
                letters.appendCodePoint(c);
              }
            });
    return letters.toString();
  }
}
