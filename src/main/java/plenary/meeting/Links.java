package plenary.meeting;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * Where a meeting says what it does with data, and who answers for it. What is not said here, the
 * server's operator says.
 *
 * @param privacy the privacy notice
 * @param imprint the imprint
 */
public record Links(@Nullable String privacy, @Nullable String imprint) {
  /** What a meeting has that says nothing. */
  public static final Links NONE = new Links(null, null);

  /** These links with a merge patch of the contract's form applied. */
  Links with(@Nullable JsonObject patch) {
    return patch == null
        ? this
        : new Links(patched(patch, "privacy", privacy), patched(patch, "imprint", imprint));
  }

  private static @Nullable String patched(JsonObject patch, String name, @Nullable String before) {
    String text = patch.getString(name);
    return patch.containsKey(name) ? (text == null ? null : checked(text, name)) : before;
  }

  private static String checked(String text, String name) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && uri.getRawUserInfo() == null) {
        return text;
      }
    } catch (URISyntaxException e) {
      // Told below, like everything else that leads nowhere.
    }
    throw new Failure.Invalid(
        "/rules/links/" + name,
        "no-address",
        "This is no web address such as https://example.org/privacy.");
  }

  /** The contract's form, which is also how they are stored. */
  JsonObject toJson() {
    JsonObject body = new JsonObject();
    if (privacy != null) {
      body.put("privacy", privacy);
    }
    return imprint == null ? body : body.put("imprint", imprint);
  }
}
