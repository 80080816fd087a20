package plenary.screening;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Letters of other scripts, and digits, that look like Latin ones (from UTS 39). */
public final class LookAlikes {
  private static final Map<Integer, String> LATIN =
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

  private LookAlikes() {}

  /** The Latin letter that a character may stand for, where it may. */
  public static @Nullable String latin(int c) {
    return LATIN.get(c);
  }
}
