package plenary.question;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which questions of a session are wanted.
 *
 * @param pattern for {@code ilike} with {@code !} as its escape; absent for all
 */
record Listing(UUID session, Set<Status> statuses, Sort sort, @Nullable String pattern, int limit) {
  enum Sort {
    VOTES,
    NEWEST,
    QUEUE;

    static Sort named(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** Every status, or those that everybody may see. */
  static Set<Status> statuses(boolean moderator) {
    Set<Status> statuses = EnumSet.allOf(Status.class);
    statuses.removeIf(status -> !moderator && !status.isPublic());
    return statuses;
  }

  /** A pattern that finds a text literally. */
  static String containing(String text) {
    return '%' + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + '%';
  }
}
