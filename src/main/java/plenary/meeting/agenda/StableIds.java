package plenary.meeting.agenda;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * External ids that are the same at the next import. The file's own id is kept; a session without
 * one gets a digest of title, speakers and how many such came before, so its time and room may
 * change. An id that comes twice gets {@code #2} appended.
 */
final class StableIds {
  private static final int ID_CHARS_MAX = 200;
  private static final int DIGEST_BYTES = 12;

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> occurrences = new HashMap<>();

  String next(Draft draft, String title, List<String> speakers, Programme programme) {
    String given = given(draft.id);
    String id = given != null ? given : digest(title, speakers);
    int seen = occurrences.merge(id, 1, Integer::sum);
    String unique = seen == 1 ? id : id + "#" + seen;
    for (int next = seen + 1; !taken.add(unique); next++) {
      unique = id + "#" + next;
    }
    if (seen > 1 && given != null) {
      programme.warn(
          draft.place,
          "The id “%s” is there more than once: this session is imported as “%s”."
              .formatted(PlainText.quote(id), PlainText.quote(unique)));
    }
    return unique;
  }

  private static @Nullable String given(@Nullable String raw) {
    String id = PlainText.line(raw);
    return id == null || id.length() <= ID_CHARS_MAX ? id : "h-" + sha256(id);
  }

  private static String digest(String title, List<String> speakers) {
    String folded = (title + "\n" + String.join("\n", speakers)).toLowerCase(Locale.ROOT);
    return "h-" + sha256(folded);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
