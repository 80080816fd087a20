package plenary.meeting;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an accent colour has to be legible on, in light and in dark: the grounds of {@code
 * tokens.css}, a tint of itself, and the text on it. {@code ui/look.js} measures by the same rule.
 */
enum Ground {
  LIGHT(List.of("#f6f4ef", "#ffffff", "#edeae2"), "#ffffff", "#ffffff", 0.12, Colour.BLACK),
  DARK(List.of("#111416", "#1a1f22", "#0b0e0f"), "#1a1f22", "#05282a", 0.18, Colour.WHITE);

  /** WCAG 2.2, 1.4.3: what text needs. */
  static final double NEEDED = 4.5;

  private static final int STEPS = 100;

  private final List<Colour> grounds;
  private final Colour surface;
  private final Colour text;
  private final double tint;
  private final Colour away;

  Ground(List<String> grounds, String surface, String text, double tint, Colour away) {
    this.grounds = grounds.stream().map(Colour::read).toList();
    this.surface = Colour.read(surface);
    this.text = Colour.read(text);
    this.tint = tint;
    this.away = away;
  }

  /** The lowest contrast that an accent has anywhere on the pages. */
  double contrast(Colour accent) {
    return Stream.concat(grounds.stream(), Stream.of(text, surface.mixed(accent, tint)))
        .mapToDouble(accent::contrast)
        .min()
        .orElseThrow();
  }

  boolean carries(Colour accent) {
    return contrast(accent) >= NEEDED;
  }

  /** The first colour that can be read, on the way from this one away from the grounds. */
  Colour nearest(Colour accent) {
    for (int step = 0; step < STEPS; step++) {
      Colour tried = accent.mixed(away, (double) step / STEPS);
      if (carries(tried)) {
        return tried;
      }
    }
    return away;
  }
}
