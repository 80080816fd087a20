package plenary.access;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import plenary.problem.Failure;
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

  /** Letters of other scripts, and digits, that look like Latin ones (from UTS 39). */
  private static final Map<Integer, String> LOOK_ALIKES =
      Map.ofEntries(
          Map.entry(0x430, "a"),
          Map.entry(0x435, "e"),
          Map.entry(0x43e, "o"),
          Map.entry(0x440, "p"),
          Map.entry(0x441, "c"),
          Map.entry(0x443, "y"),
          Map.entry(0x445, "x"),
          Map.entry(0x456, "i"),
          Map.entry(0x458, "j"),
          Map.entry(0x455, "s"),
          Map.entry(0x501, "d"),
          Map.entry(0x43c, "m"),
          Map.entry(0x442, "t"),
          Map.entry(0x43d, "h"),
          Map.entry(0x433, "r"),
          Map.entry(0x4bb, "h"),
          Map.entry(0x3b1, "a"),
          Map.entry(0x3b5, "e"),
          Map.entry(0x3b9, "i"),
          Map.entry(0x3ba, "k"),
          Map.entry(0x3bd, "v"),
          Map.entry(0x3bf, "o"),
          Map.entry(0x3c1, "p"),
          Map.entry(0x3c4, "t"),
          Map.entry(0x3bc, "m"),
          Map.entry(0x585, "o"),
          Map.entry(0x131, "i"),
          Map.entry((int) '0', "o"),
          Map.entry((int) '1', "i"),
          Map.entry((int) '3', "e"),
          Map.entry((int) '4', "a"),
          Map.entry((int) '5', "s"),
          Map.entry((int) '@', "a"),
          Map.entry((int) '$', "s"),
          Map.entry((int) 'l', "i"),
          Map.entry((int) '|', "i"));

  private static final Set<String> SKELETONS =
      Set.copyOf(RESERVED.stream().map(Names::skeleton).toList());

  private Names() {}

  /**
   * The name of an attendee as it is shown.
   *
   * @throws Failure.Invalid when it cannot be read, is too long, or looks like a role
   */
  static String participant(String raw) {
    Verdict verdict = Screening.verdict(raw, TextLimits.NAME).orRefuse("/name");
    if (verdict.holds()) {
      throw new Failure.Invalid("/name", "Please choose a name that others can read.");
    }
    String letters = verdict.text().replaceAll("\\p{N}", "");
    if (SKELETONS.contains(skeleton(verdict.text())) || SKELETONS.contains(skeleton(letters))) {
      throw new Failure.Invalid("/name", "This name is reserved for those who run the meeting.");
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
              String like = LOOK_ALIKES.get(c);
              if (like != null) {
                letters.append(like);
              } else if (Character.isLetter(c)) {
                letters.appendCodePoint(c);
              }
            });
    return letters.toString();
  }
}
