package plenary.screening;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** There has to be something to read, and not more than the meeting allows. */
final class Length implements Rule {
  @Override
  public Optional<Reason> look(ScreenedText text) {
    if (text.text().codePoints().noneMatch(Length::isVisible)) {
      return refuse("empty", "There is nothing to read in this text.");
    }
    if (text.graphemes() > text.limits().graphemesMax()) {
      return refuse(
          "too-long",
          "This text has "
              + text.graphemes()
              + " characters; "
              + text.limits().graphemesMax()
              + " are allowed.");
    }
    if (text.text().getBytes(StandardCharsets.UTF_8).length > text.limits().bytesMax()) {
      return refuse("too-long", "This text is built of too many parts; please shorten it.");
    }
    return Optional.empty();
  }

  private static boolean isVisible(int c) {
    return !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && Character.getType(c) != Character.NON_SPACING_MARK
        && Character.getType(c) != Character.FORMAT;
  }

  private static Optional<Reason> refuse(String rule, String detail) {
    return Optional.of(new Reason(rule, Reason.Effect.REFUSE, detail));
  }
}
