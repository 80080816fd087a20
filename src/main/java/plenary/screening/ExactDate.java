package plenary.screening;

import java.util.List;
import java.util.Optional;

/** A date to the day near words of one person's care. The years of studies are none. */
final class ExactDate implements Rule {
  @Override
  public Optional<Reason> look(ScreenedText text) {
    List<Token> tokens = text.reading().tokens();
    for (Dates.Span date : Dates.of(text.reading().plain(), tokens)) {
      if (Cues.areNear(tokens, date.start(), date.end())) {
        return Reason.hold("exact-date", "It seems to hold a date from somebody's care.");
      }
    }
    return Optional.empty();
  }
}
