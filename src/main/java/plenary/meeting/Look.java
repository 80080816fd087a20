package plenary.meeting;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * How a meeting's pages look.
 *
 * @param accent the colour of links and buttons on light pages; absent = Plenary's own
 * @param accentDark the same on dark pages; absent = one made from {@code accent}
 * @param logo names the content of the logo; absent without one
 */
record Look(@Nullable Colour accent, @Nullable Colour accentDark, @Nullable String logo) {
  static final Look PLAIN = new Look(null, null, null);

  /**
   * This look with a merge patch of the contract's {@code LookPatch}.
   *
   * @throws Failure.Invalid for a colour that people could not read
   */
  Look with(@Nullable JsonObject patch) {
    return patch == null
        ? this
        : new Look(
            colour(patch, "accent", accent, Ground.LIGHT),
            colour(patch, "accentDark", accentDark, Ground.DARK),
            logo);
  }

  Look withLogo(@Nullable String tag) {
    return new Look(accent, accentDark, tag);
  }

  private static @Nullable Colour colour(
      JsonObject patch, String name, @Nullable Colour before, Ground ground) {
    if (!patch.containsKey(name)) {
      return before;
    }
    String text = patch.getString(name);
    if (text == null) {
      return null;
    }
    Colour colour = Colour.read(text);
    if (!ground.carries(colour)) {
      throw new Failure.Invalid(
          "/look/" + name,
          "contrast-" + ground.name().toLowerCase(Locale.ROOT),
          String.format(
              Locale.ROOT,
              "On %s pages %s has a contrast of %.2f:1, and text needs %.1f:1. The nearest colour"
                  + " that has it is %s.",
              ground.name().toLowerCase(Locale.ROOT),
              colour.text(),
              Math.floor(ground.contrast(colour) * 100) / 100,
              Ground.NEEDED,
              ground.nearest(colour).text()),
          Map.of("colour", colour.text(), "nearest", ground.nearest(colour).text()));
    }
    return colour;
  }

  /** The contract's {@code Look}. */
  JsonObject toJson(UUID meeting) {
    JsonObject body = new JsonObject();
    if (accent != null) {
      body.put("accent", accent.text());
    }
    Colour dark = accentDark == null && accent != null ? Ground.DARK.nearest(accent) : accentDark;
    if (dark != null) {
      body.put("accentDark", dark.text());
    }
    if (logo != null) {
      body.put("logo", "/api/meetings/" + meeting + "/logo?v=" + logo);
    }
    return body;
  }
}
