package plenary.meeting;

import java.util.Locale;

/** An opaque sRGB colour, and how well it can be told from others (WCAG 2.2). */
record Colour(int red, int green, int blue) {
  static final Colour BLACK = new Colour(0, 0, 0);
  static final Colour WHITE = new Colour(255, 255, 255);

  /** Reads {@code #rrggbb}, which the contract made sure of. */
  static Colour read(String text) {
    int all = Integer.parseInt(text.substring(1), 16);
    return new Colour(all >> 16 & 0xff, all >> 8 & 0xff, all & 0xff);
  }

  /** As {@code #rrggbb} in small letters. */
  String text() {
    return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
  }

  /** The contrast ratio, 1 to 21. */
  double contrast(Colour other) {
    double mine = luminance();
    double theirs = other.luminance();
    return (Math.max(mine, theirs) + 0.05) / (Math.min(mine, theirs) + 0.05);
  }

  /** This colour with that part of another one in it. */
  Colour mixed(Colour other, double part) {
    return new Colour(
        mixed(red, other.red, part),
        mixed(green, other.green, part),
        mixed(blue, other.blue, part));
  }

  private static int mixed(int from, int to, double part) {
    return (int) Math.floor(from + (to - from) * part + 0.5);
  }

  private double luminance() {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  private static double linear(int channel) {
    double part = channel / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
