package plenary.network.x;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import plenary.network.News;

/**
 * What X says about posts and accounts that went, where a stream says so (the compliance streams of
 * its enterprise products): {@code {"data": {"delete": {"tweet": {"id", "author_id"}}}}}.
 */
final class Compliance {
  private static final Set<String> POST_GONE = Set.of("delete", "drop");
  private static final Set<String> USER_GONE =
      Set.of("user_delete", "user_protect", "user_suspend");
  private static final Set<String> USER_BACK =
      Set.of("user_undelete", "user_unprotect", "user_unsuspend");
  private static final String WITHHELD = "withheld";

  private Compliance() {}

  /** The news in a message's {@code data}; empty when it is none of these. */
  static Optional<News> read(JsonObject data) {
    for (String kind : data.fieldNames()) {
      JsonObject what = Fields.object(data, kind);
      if (what == null) {
        continue;
      }
      boolean withheld = kind.equals(WITHHELD) && everywhere(what);
      if (POST_GONE.contains(kind) || withheld) {
        return post(what);
      }
      if (USER_GONE.contains(kind) || kind.equals("user_withheld") && everywhere(what)) {
        return user(what, true);
      }
      if (USER_BACK.contains(kind)) {
        return user(what, false);
      }
    }
    return Optional.empty();
  }

  private static Optional<News> post(JsonObject what) {
    return Optional.ofNullable(Fields.text(Fields.object(what, "tweet", "post"), "id"))
        .map(id -> new News.Deleted(id, Long.MAX_VALUE, true));
  }

  private static Optional<News> user(JsonObject what, boolean gone) {
    return Optional.ofNullable(Fields.text(Fields.object(what, "user"), "id"))
        .map(id -> new News.Writer(id, gone));
  }

  private static boolean everywhere(JsonObject what) {
    return Fields.texts(what, "withheld_in_countries").contains("XX");
  }
}
