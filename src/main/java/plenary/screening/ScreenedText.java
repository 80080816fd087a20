package plenary.screening;

import org.jspecify.annotations.Nullable;

/**
 * A text under examination.
 *
 * @param text normalised, as it will be shown
 * @param graphemes how many characters a person would count in it
 * @param context absent for texts of staff and for names
 */
record ScreenedText(
    String text, int graphemes, TextLimits limits, Reading reading, @Nullable Context context) {
  ScreenedText(String text, TextLimits limits, @Nullable Context context) {
    this(text, Graphemes.count(text), limits, new Reading(text), context);
  }
}
