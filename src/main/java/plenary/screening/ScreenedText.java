package plenary.screening;

/**
 * A text under examination.
 *
 * @param raw as it came
 * @param text normalised, as it will be shown
 * @param graphemes how many characters a person would count in it
 */
record ScreenedText(String raw, String text, int graphemes, TextLimits limits) {}
