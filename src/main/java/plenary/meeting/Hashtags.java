package plenary.meeting;

import io.vertx.core.json.JsonArray;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.Tags;
import plenary.problem.Failure;

/** Hashtags as they are kept: without the sign, in composed form, each once. */
final class Hashtags {
  private Hashtags() {}

  /**
   * Reads a list of the contract.
   *
   * @param pointer where it is in the body
   */
  static List<String> read(@Nullable JsonArray list, String pointer) {
    if (list == null) {
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String tag = normalise(list.getString(i), pointer + "/" + i);
      if (seen.add(Tags.key(tag))) {
        tags.add(tag);
      }
    }
    return tags;
  }

  private static String normalise(String raw, String pointer) {
    String tag = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC);
    if (tag.startsWith("#") || tag.startsWith("\uff03")) {
      tag = tag.substring(1);
    }
    boolean fits =
        !tag.isEmpty()
            && tag.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || isPartOfWord(c));
    if (!fits) {
      throw new Failure.Invalid(
          pointer,
          "no-hashtag",
          "A hashtag has letters, digits and _ of any script, and no spaces.");
    }
    return tag;
  }

  /** Marks of Indic and other scripts, the joiners between them, and the middle dots of words. */
  private static boolean isPartOfWord(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> c == 0x200c || c == 0x200d || c == 0xb7 || c == 0x30fb;
    };
  }
}
