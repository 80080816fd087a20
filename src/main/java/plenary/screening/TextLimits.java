package plenary.screening;

/**
 * How long a text may be.
 *
 * @param graphemesMax characters as a person counts them (grapheme clusters, UAX 29)
 * @param bytesMax bytes in UTF-8, against characters of many code points
 * @param multiline whether line breaks stay
 */
public record TextLimits(int graphemesMax, int bytesMax, boolean multiline) {
  /** A name on one line. */
  public static final TextLimits NAME = new TextLimits(60, 240, false);

  /** A question of that many characters. */
  public static TextLimits question(int graphemesMax) {
    return new TextLimits(graphemesMax, 8 * graphemesMax + 64, true);
  }
}
